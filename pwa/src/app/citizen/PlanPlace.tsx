import type { ComponentChild } from 'preact'
import { lazily } from '../../features/lazy.tsx'
import { text } from '../../text/text.ts'

const pages = lazily(() => import('../../features/plan/PlanRoutes.tsx'))

/** Fetches the pages of the plan: from the phone's own files, long before anybody asks for them. */
export const preparePlan = pages.prepare

/** The plan. */
export function PlanPlace({ here, missing }: { here: string; missing: () => ComponentChild }) {
  return (
    <pages.Place heading={text.value.places.plan}>
      {({ PlanRoutes }) => <PlanRoutes key={here} here={here} missing={missing} />}
    </pages.Place>
  )
}
