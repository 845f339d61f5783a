import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ComponentChild } from 'preact'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'

/** Pages that come as a file of their own, so that the first page stays small; the phone keeps that file. */
export class Lazy<Pages> {
  pages: Pages | null = null
  readonly #load: () => Promise<Pages>

  constructor(load: () => Promise<Pages>) {
    this.#load = load
  }

  /** Fetches them from the phone's own files; says whether they are here. */
  async prepare(): Promise<boolean> {
    this.pages ??= await this.#load().catch(() => null)
    return this.pages !== null
  }
}

interface LazyPlaceProps<Pages> {
  of: Lazy<Pages>
  /** Stands there until the pages have come. */
  heading: string
  children: (pages: Pages) => ComponentChild
}

/** Shows pages as soon as they are here, and says so when they could not be fetched. */
export function LazyPlace<Pages>({ of, heading, children }: LazyPlaceProps<Pages>) {
  const words = text.value.lazy
  const state = useSignal<'coming' | 'here' | 'failed'>(of.pages ? 'here' : 'coming')
  const get = async () => (state.value = (await of.prepare()) ? 'here' : 'failed')
  useEffect(() => {
    if (!of.pages) void get()
  }, [])
  if (of.pages && state.value !== 'failed') return <>{children(of.pages)}</>
  return (
    <Page heading={heading}>
      {state.value === 'failed' && (
        <Notice>
          <p>{words.failed}</p>
          <Button onClick={() => void get()}>{words.again}</Button>
        </Notice>
      )}
    </Page>
  )
}
