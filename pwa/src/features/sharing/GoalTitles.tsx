import { useSignal } from '@preact/signals'
import type { Goal } from '../../api/citizen.ts'
import { shareGoalTitle } from '../../api/crisisLine.ts'
import { records, refresh } from '../../offline/phone.ts'
import { crisisLineText } from '../../text/crisisLine.ts'
import { planText } from '../../text/plan.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'

/** One goal, and whether the crisis line may see what it is called. It holds at once or not at all. */
function GoalTitle({ goal }: { goal: Goal }) {
  const words = crisisLineText.value.goals
  const sharing = planText.value.sharing
  const isShared = goal.shared_with_desk === true
  const isBusy = useSignal(false)
  const said = useSignal('')
  const change = async () => {
    isBusy.value = true
    try {
      await shareGoalTitle(goal.id, !isShared)
      await refresh()
      said.value = ''
    } catch {
      said.value = words.needsNet
    }
    isBusy.value = false
  }
  return (
    <Card level={3} heading={goal.title}>
      <p class="state">{isShared ? sharing.on : sharing.off}</p>
      <p role="status" class={said.value ? '' : 'said-nothing'}>
        {said.value}
      </p>
      <Button busy={isBusy.value} label={(isShared ? words.noNamed : words.yesNamed)(goal.title)} onClick={() => void change()}>
        {isShared ? sharing.no : words.yes}
      </Button>
    </Card>
  )
}

/** The goals by name alone; nothing is said where there are none. */
export function GoalTitles() {
  const words = crisisLineText.value.goals
  const goals = records.value.goals.filter((each) => each.status !== 'cancelled')
  if (goals.length === 0) return null
  return (
    <section>
      <h2>{words.heading}</h2>
      <p>{words.what}</p>
      {goals.map((goal) => (
        <GoalTitle key={goal.id} goal={goal} />
      ))}
    </section>
  )
}
