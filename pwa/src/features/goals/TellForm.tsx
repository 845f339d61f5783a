import { tellGoal } from '../../offline/goal-store.ts'
import { goalsText } from '../../text/goals.ts'
import { Button } from '../../ui/Button.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { navigate } from '../../ui/navigation.ts'
import { say } from '../said.ts'
import { saidShare, Share } from './Share.tsx'
import { useTelling } from './telling.ts'

interface TellProps {
  goalId: string
  kind: 'note' | 'back-after-pause'
  /** Names the draft; the field is named after it. */
  draft: string
  /** It says something without a word, too. */
  wordless: boolean
  label: string
  hint?: string
  save: string
}

/** The person's own words on the way to a goal, and who may read them. */
export function TellForm({ goalId, kind, draft, wordless, label, hint, save }: TellProps) {
  const field = `goal-${draft}`
  const telling = useTelling(`${draft}:${goalId}`, field, wordless)
  const keep = async () => {
    const told = telling.take()
    if (!told) return
    if (!(await tellGoal(goalId, { kind, ...told }))) return say(goalsText.value.notSaved)
    telling.drop()
    navigate(`/maal/${goalId}`, true)
    say(saidShare(told.shared))
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void keep()
      }}
    >
      <FreeText id={field} label={label} {...(hint && { hint })} rows={3} error={telling.wrong.text} value={telling.text} onInput={telling.setText} />
      <Share chosen={telling.audience} error={telling.wrong.audience} onChange={telling.setAudience} />
      <Button kind="primary" type="submit" wide>
        {save}
      </Button>
    </form>
  )
}
