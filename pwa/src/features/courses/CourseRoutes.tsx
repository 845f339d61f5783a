import type { ComponentChild } from 'preact'
import { FeedbackPage } from './FeedbackPage.tsx'
import { OverviewPage } from './OverviewPage.tsx'
import { SessionPage } from './SessionPage.tsx'
import './courses.scss'

const BELOW = /^\/forloeb\/(gang|svar)\/([0-9a-fA-F-]{36})$/

/** The pages about courses, by address. */
export function CourseRoutes({ here, missing }: { here: string; missing: () => ComponentChild }) {
  if (here === '/forloeb') return <OverviewPage />
  const [, place, id] = BELOW.exec(here) ?? []
  if (!id) return <>{missing()}</>
  return place === 'gang' ? <SessionPage key={id} id={id} /> : <FeedbackPage key={id} runId={id} />
}
