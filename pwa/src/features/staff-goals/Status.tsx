import { useState } from 'preact/hooks'
import { changeGoal, type WholeGoal } from '../../api/staffGoals'
import { staffGoalsText } from '../../text/staffGoals'
import { Button } from '../../ui/Button'
import { SelectField } from '../../ui/Choices'
import { Notice } from '../../ui/Notice'
import { useActing } from './acting'

const STATUSES = ['accepted', 'active', 'on-hold', 'completed', 'cancelled'] as const
type Chosen = (typeof STATUSES)[number]

/** A choice among where a goal may stand. Nothing is sent before it is saved: nobody can rewrite the history. */
export function useStatus(goal: WholeGoal) {
  const [picked, setPicked] = useState<{ of: string; status: Chosen } | null>(null)
  const { busy, trouble, act } = useActing()
  // A choice falls away when the goal has come to stand elsewhere.
  const status = picked?.of === goal.status ? picked.status : goal.status
  const choose = (next: string) => setPicked({ of: goal.status, status: next as Chosen })
  const save = async () => {
    if (status !== goal.status) await act(() => changeGoal(goal.id, goal.version, { status }))
  }
  return { status, choose, save, busy, trouble }
}

/** Where a goal of both stands, and a button to save another place. */
export function Status({ goal }: { goal: WholeGoal }) {
  const words = staffGoalsText()
  const { status, choose, save, busy, trouble } = useStatus(goal)
  return (
    <>
      {trouble && <Notice>{trouble}</Notice>}
      <SelectField
        id="goal-status"
        label={words.statusLabel}
        options={STATUSES.map((each) => [each, words.statuses[each]])}
        value={status}
        onChange={choose}
      />
      <Button busy={busy} onClick={() => void save()}>
        {words.statusSave}
      </Button>
    </>
  )
}
