import { goalsText } from '../../text/goals.ts'
import { OfGoal } from './OfGoal.tsx'
import { TellForm } from './TellForm.tsx'

/** How it goes, in the person's own words. */
export function NotePage({ goalId }: { goalId: string }) {
  const { how } = goalsText.value
  return (
    <OfGoal goalId={goalId} heading={how.heading}>
      {() => <TellForm goalId={goalId} kind="note" draft="note" wordless={false} label={how.noteLabel} save={how.noteSave} />}
    </OfGoal>
  )
}
