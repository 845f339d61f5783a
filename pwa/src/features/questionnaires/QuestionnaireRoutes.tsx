import type { ComponentChild } from 'preact'
import { definitionAt } from './definitions.ts'
import { FormPage } from './FormPage.tsx'
import { ListPage } from './ListPage.tsx'
import { NumbersPage } from './NumbersPage.tsx'
import { ResultPage } from './ResultPage.tsx'
import { WhoSees } from './WhoSees.tsx'
import './questionnaires.scss'

const RESULT = /^\/skemaer\/svar\/([0-9a-fA-F-]{36})$/
const ONE = /^\/skemaer\/([0-9a-f]{8})$/

/** The pages of the questionnaires, by address. */
export function QuestionnaireRoutes({ here, missing }: { here: string; missing: () => ComponentChild }) {
  if (here === '/skemaer') return <ListPage />
  if (here === '/skemaer/tal') return <NumbersPage />
  if (here === '/skemaer/deling') return <WhoSees />
  const [, result] = RESULT.exec(here) ?? []
  if (result) return <ResultPage key={result} id={result} />
  const [, at] = ONE.exec(here) ?? []
  const definition = at && definitionAt(at)
  return <>{definition ? <FormPage key={at} definition={definition} /> : missing()}</>
}
