import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ComponentChild } from 'preact'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'

interface PlaceProps<T> {
  /** What stands there while the file is coming; none for a part of a page. */
  heading?: string
  children: (loaded: T) => ComponentChild
}

/**
 * Pages that come as a file of their own, so that the first page stays small; the phone keeps that file.
 *
 * `prepare` fetches it long before anybody asks for it; `Place` shows what is in it.
 */
export function lazily<T>(load: () => Promise<T>) {
  let loaded: T | null = null
  async function prepare(): Promise<boolean> {
    loaded ??= await load().catch(() => null)
    return loaded !== null
  }
  function Place({ heading, children }: PlaceProps<T>) {
    const words = text.value.lazy
    const state = useSignal<'coming' | 'here' | 'failed'>(loaded ? 'here' : 'coming')
    const get = async () => (state.value = (await prepare()) ? 'here' : 'failed')
    useEffect(() => {
      // It may have come between the first drawing and now.
      if (state.value === 'coming') void get()
    }, [])
    if (loaded && state.value !== 'failed') return <>{children(loaded)}</>
    const trouble = state.value === 'failed' && (
      <Notice>
        <p>{words.failed}</p>
        <Button onClick={() => void get()}>{words.again}</Button>
      </Notice>
    )
    return heading === undefined ? <>{trouble}</> : <Page heading={heading}>{trouble}</Page>
  }
  return { prepare, Place }
}
