import type { ComponentChild } from 'preact'
import { isLocked, isUnproved } from '../../offline/held.ts'
import { SECTIONS, type Section } from '../../offline/plan-store.ts'
import { HistoryPage } from './HistoryPage.tsx'
import { LinePage } from './LinePage.tsx'
import { PlanAtHand } from './PlanAtHand.tsx'
import { PlanPage } from './PlanPage.tsx'
import { ReadingPage } from './ReadingPage.tsx'
import { ReviewPage } from './ReviewPage.tsx'
import { SectionPage } from './SectionPage.tsx'
import { SharingPage } from '../sharing/SharingPage.tsx'
import '../../ui/paper.scss'
import './plan.scss'

const LINE = /^\/min-plan\/linje\/([0-9a-f-]{36})(\/historik)?$/

/** The pages of the plan, by address; null when there is none. */
export function PlanRoutes({ here, missing }: { here: string; missing: () => ComponentChild }) {
  if (isLocked.value || isUnproved.value) return <PlanAtHand here={here} />
  if (here === '/min-plan') return <PlanPage />
  if (here === '/min-plan/trin') return <ReadingPage />
  if (here === '/min-plan/deling') return <SharingPage />
  if (here === '/min-plan/dag') return <ReviewPage />
  const [, lineId, history] = LINE.exec(here) ?? []
  if (lineId) return history ? <HistoryPage key={here} lineId={lineId} /> : <LinePage key={here} lineId={lineId} />
  const section = SECTIONS.find((each) => here === `/min-plan/${each}`) as Section | undefined
  return section ? <SectionPage key={section} section={section} /> : <>{missing()}</>
}
