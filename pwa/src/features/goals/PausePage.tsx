import { tellGoal } from '../../offline/goal-store.ts'
import { goalsText } from '../../text/goals.ts'
import { Button } from '../../ui/Button.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { navigate } from '../../ui/navigation.ts'
import { say } from '../said.ts'
import { OfGoal } from './OfGoal.tsx'
import { saidShare, Share } from './Share.tsx'
import { useTelling } from './telling.ts'
import { Warning } from './Warning.tsx'

const FIELD = 'pause-words'

function PauseForm({ goalId }: { goalId: string }) {
  const words = goalsText.value
  const telling = useTelling(`pause:${goalId}`, FIELD, true)
  const save = async () => {
    const told = telling.take()
    if (!told) return
    if (!(await tellGoal(goalId, { kind: 'back-after-pause', ...told }))) return say(words.notSaved)
    telling.drop()
    navigate(`/maal/${goalId}`, true)
    say(saidShare(told.shared))
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <FreeText
        id={FIELD}
        label={words.pause.label}
        hint={words.hard.labelHint}
        error={telling.wrong.text}
        value={telling.text}
        onInput={telling.setText}
      />
      <Share chosen={telling.audience} error={telling.wrong.audience} onChange={telling.setAudience} />
      <Button kind="primary" type="submit" wide>
        {words.pause.save}
      </Button>
    </form>
  )
}

/** Back after a break: what the body can take now is said before anything is asked. */
export function PausePage({ goalId }: { goalId: string }) {
  const words = goalsText.value
  return (
    <OfGoal goalId={goalId} heading={words.pause.heading}>
      {() => (
        <>
          <p>{words.pause.welcome}</p>
          <Warning name="after-a-pause" />
          <PauseForm goalId={goalId} />
        </>
      )}
    </OfGoal>
  )
}
