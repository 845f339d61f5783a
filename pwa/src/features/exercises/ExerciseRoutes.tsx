import type { ComponentChild } from 'preact'
import { exerciseAt } from './exercise.ts'
import { ExercisePage } from './ExercisePage.tsx'
import { ListPage } from './ListPage.tsx'
import { PlayerPage } from './PlayerPage.tsx'
import { AnswerPage, EditPage, SavedPage } from './SavedPages.tsx'
import { WhoSees } from './WhoSees.tsx'
import './exercises.scss'

const ID = '[0-9a-fA-F-]{36}'
const ONE = new RegExp(`^/oevelser/(?:([0-9a-f]{8})|givet/(${ID}))(/start)?$`)
const SAVED = new RegExp(`^/oevelser/svar/(${ID})(/ret)?$`)

/** The pages of the exercises, by address. */
export function ExerciseRoutes({ here, missing }: { here: string; missing: () => ComponentChild }) {
  if (here === '/oevelser') return <ListPage />
  if (here === '/oevelser/mine') return <SavedPage />
  if (here === '/oevelser/deling') return <WhoSees />
  const [, saved, isEdit] = SAVED.exec(here) ?? []
  if (saved) return isEdit ? <EditPage id={saved} /> : <AnswerPage id={saved} />
  const [, at, given, isStarted] = ONE.exec(here) ?? []
  if (!at && !given) return <>{missing()}</>
  const exercise = exerciseAt(at ?? given ?? '', given !== undefined)
  // A name that this app does not know, or one of a list that has changed.
  if (!exercise && at) return <>{missing()}</>
  return isStarted && exercise ? <PlayerPage exercise={exercise} /> : <ExercisePage exercise={exercise} />
}
