import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ComponentChild } from 'preact'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'

type Pages = typeof import('../../features/plan/PlanRoutes.tsx')

const load = (): Promise<Pages> => import('../../features/plan/PlanRoutes.tsx')
let pages: Pages | null = null

/** Fetches the pages of the plan: from the phone's own files, long before anybody asks for them. */
export async function preparePlan(): Promise<boolean> {
  pages ??= await load().catch(() => null)
  return pages !== null
}

/** The plan. It comes as a file of its own, so that the first page stays small; the phone keeps that file. */
export function PlanPlace({ here, missing }: { here: string; missing: () => ComponentChild }) {
  const words = text.value.lazy
  const state = useSignal<'coming' | 'here' | 'failed'>(pages ? 'here' : 'coming')
  const get = async () => (state.value = (await preparePlan()) ? 'here' : 'failed')
  useEffect(() => {
    if (!pages) void get()
  }, [])
  if (pages && state.value !== 'failed') return <pages.PlanRoutes key={here} here={here} missing={missing} />
  return (
    <Page heading={text.value.places.plan}>
      {state.value === 'failed' && (
        <Notice>
          <p>{words.failed}</p>
          <Button onClick={() => void get()}>{words.again}</Button>
        </Notice>
      )}
    </Page>
  )
}
