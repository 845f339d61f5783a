import { useState } from 'preact/hooks'
import { listDeskGoals, type SharedTitle } from '../../api/staffDesk'
import { explain } from '../../api/staffProblems'
import { deskText } from '../../text/desk'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { SelectField } from '../../ui/Choices'
import type { DeskValues, LocalContact } from './contact'

interface GoalFieldProps {
  contact: LocalContact
  set: (values: Partial<DeskValues>) => void
}

/** A goal whose title the person shares with the crisis line; looked up only when somebody asks for it. */
export function GoalField({ contact, set }: GoalFieldProps) {
  const words = deskText().more
  const [goals, setGoals] = useState<readonly SharedTitle[] | null>(null)
  const [trouble, setTrouble] = useState('')
  const [busy, setBusy] = useState(false)
  const look = async () => {
    setBusy(true)
    setTrouble('')
    await listDeskGoals(contact.id).then(setGoals, (error: unknown) => setTrouble(explain(error, staffText()).message ?? ''))
    setBusy(false)
  }
  if (goals && goals.length > 0) {
    return (
      <SelectField
        id="contact-goal"
        label={words.goal}
        options={[['', words.goalNone], ...goals.map((goal) => [goal.id, goal.title] as const)]}
        value={contact.values.goal_id}
        onChange={(goal_id) => set({ goal_id })}
      />
    )
  }
  return (
    <div class="form-group">
      {!goals && (
        <Button busy={busy} onClick={() => void look()}>
          {words.goalLook}
        </Button>
      )}
      <p role="status">{goals ? words.goalsNone : trouble}</p>
    </div>
  )
}
