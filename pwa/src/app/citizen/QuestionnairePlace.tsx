import type { ComponentChild } from 'preact'
import { lazily } from '../../features/lazy.tsx'
import { questionnairesText } from '../../text/questionnaires.ts'

const pages = lazily(() => import('../../features/questionnaires/QuestionnaireRoutes.tsx'))

/** Fetches the pages before anybody asks for them: they need no network afterwards. */
export const prepareQuestionnaires = pages.prepare

/** What somebody is asked about how it goes, and what was answered. */
export function QuestionnairePlace({ here, missing }: { here: string; missing: () => ComponentChild }) {
  return (
    <pages.Place heading={questionnairesText.value.heading}>
      {({ QuestionnaireRoutes }) => <QuestionnaireRoutes key={here} here={here} missing={missing} />}
    </pages.Place>
  )
}
