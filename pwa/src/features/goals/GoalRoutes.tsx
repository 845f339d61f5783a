import type { ComponentChild } from 'preact'
import { CarePage } from './CarePage.tsx'
import { DaysPage } from './DaysPage.tsx'
import { EditGoal, NewGoal } from './EditGoal.tsx'
import { FarPage } from './FarPage.tsx'
import { GoalPage } from './GoalPage.tsx'
import { Goals } from './Goals.tsx'
import { HardPage } from './HardPage.tsx'
import { LinePage } from './LinePage.tsx'
import { NotePage } from './NotePage.tsx'
import { PausePage } from './PausePage.tsx'
import { QuestionPage, QuestionsPage } from './QuestionsPage.tsx'
import { ReviewPage } from './ReviewPage.tsx'
import { StepPage } from './StepPage.tsx'
import '../../ui/paper.scss'
import './goals.scss'

const GOAL = /^\/maal\/([0-9a-fA-F-]{8,36})(?:\/([a-z-]+))?(?:\/([0-9a-fA-F-]{8,36}|[1-4]))?$/

function pageOf(goalId: string, part: string | undefined, thing: string | undefined): ComponentChild {
  const pages: Record<string, () => ComponentChild> = {
    '': () => <GoalPage goalId={goalId} />,
    ret: () => <EditGoal goalId={goalId} />,
    noter: () => <NotePage goalId={goalId} />,
    svaert: () => <HardPage goalId={goalId} />,
    tilbage: () => <PausePage goalId={goalId} />,
    'hvor-langt': () => <FarPage goalId={goalId} />,
    dag: () => <ReviewPage goalId={goalId} />,
    dage: () => <DaysPage goalId={goalId} />,
    forloeb: () => <LinePage goalId={goalId} />,
    spoergsmaal: () => (thing ? <QuestionPage goalId={goalId} number={Number(thing)} /> : <QuestionsPage goalId={goalId} />),
  }
  if (part === 'trin') return thing && <StepPage goalId={goalId} stepId={thing} />
  return thing && part !== 'spoergsmaal' ? null : pages[part ?? '']?.()
}

/** The pages of the goals, by address. */
export function GoalRoutes({ here, missing }: { here: string; missing: () => ComponentChild }) {
  if (here === '/maal') return <Goals />
  if (here === '/maal/nyt') return <NewGoal />
  if (here === '/maal/aftalt') return <CarePage />
  const [, goalId, part, thing] = GOAL.exec(here) ?? []
  return <>{(goalId && pageOf(goalId, part, thing)) || missing()}</>
}
