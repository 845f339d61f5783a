import type { ComponentChild } from 'preact'
import { CurvesPage } from './CurvesPage.tsx'
import { DaysPage } from './DaysPage.tsx'
import { EntryPage } from './EntryPage.tsx'
import { WhoSees } from './WhoSees.tsx'
import { WritePage } from './WritePage.tsx'
import './checkins.scss'

const ENTRY = /^\/lige-nu\/([0-9a-fA-F-]{36})$/

/** The pages about how it goes, by address. */
export function CheckInRoutes({ here, missing }: { here: string; missing: () => ComponentChild }) {
  if (here === '/lige-nu') return <WritePage />
  if (here === '/lige-nu/kurver') return <CurvesPage />
  if (here === '/lige-nu/dage') return <DaysPage />
  if (here === '/lige-nu/deling') return <WhoSees />
  const [, id] = ENTRY.exec(here) ?? []
  return <>{id ? <EntryPage key={id} id={id} /> : missing()}</>
}
