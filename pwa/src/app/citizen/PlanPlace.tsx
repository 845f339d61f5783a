import type { ComponentChild } from 'preact'
import { text } from '../../text/text.ts'
import { Lazy, LazyPlace } from './Lazy.tsx'

const plan = new Lazy(() => import('../../features/plan/PlanRoutes.tsx'))

/** Fetches the pages of the plan: from the phone's own files, long before anybody asks for them. */
export const preparePlan = (): Promise<boolean> => plan.prepare()

/** The plan. */
export function PlanPlace({ here, missing }: { here: string; missing: () => ComponentChild }) {
  return (
    <LazyPlace of={plan} heading={text.value.places.plan}>
      {({ PlanRoutes }) => <PlanRoutes key={here} here={here} missing={missing} />}
    </LazyPlace>
  )
}
