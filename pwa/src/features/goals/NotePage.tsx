import { tellGoal } from '../../offline/goal-store.ts'
import { goalsText } from '../../text/goals.ts'
import { Button } from '../../ui/Button.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { navigate } from '../../ui/navigation.ts'
import { say } from '../said.ts'
import { OfGoal } from './OfGoal.tsx'
import { saidShare, Share } from './Share.tsx'
import { useTelling } from './telling.ts'

const FIELD = 'goal-note'

function NoteForm({ goalId }: { goalId: string }) {
  const words = goalsText.value
  const telling = useTelling(`note:${goalId}`, FIELD, false)
  const save = async () => {
    const told = telling.take()
    if (!told) return
    if (!(await tellGoal(goalId, { kind: 'note', ...told }))) return say(words.notSaved)
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
        label={words.how.noteLabel}
        rows={3}
        error={telling.wrong.text}
        value={telling.text}
        onInput={telling.setText}
      />
      <Share chosen={telling.audience} error={telling.wrong.audience} onChange={telling.setAudience} />
      <Button kind="primary" type="submit" wide>
        {words.how.noteSave}
      </Button>
    </form>
  )
}

/** How it goes, in the person's own words. */
export function NotePage({ goalId }: { goalId: string }) {
  return (
    <OfGoal goalId={goalId} heading={goalsText.value.how.heading}>
      {() => <NoteForm goalId={goalId} />}
    </OfGoal>
  )
}
