import { goalsText } from '../../text/goals.ts'
import { OfGoal } from './OfGoal.tsx'
import { TellForm } from './TellForm.tsx'
import { Warning } from './Warning.tsx'

/** Back after a break: what the body can take now is said before anything is asked. */
export function PausePage({ goalId }: { goalId: string }) {
  const { pause, hard } = goalsText.value
  return (
    <OfGoal goalId={goalId} heading={pause.heading}>
      {() => (
        <>
          <p>{pause.welcome}</p>
          <Warning name="after-a-pause" />
          <TellForm
            goalId={goalId}
            kind="back-after-pause"
            draft="pause"
            wordless
            label={pause.label}
            hint={hard.labelHint}
            save={pause.save}
          />
        </>
      )}
    </OfGoal>
  )
}
