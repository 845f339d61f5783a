import { useSignal } from '@preact/signals'
import type { Goal } from '../../api/citizen.ts'
import { shareGoalTitle } from '../../api/crisisLine.ts'
import { offerOnline } from '../../offline/offers.ts'
import { crisisLineText } from '../../text/crisisLine.ts'
import { planText } from '../../text/plan.ts'
import { Button } from '../../ui/Button.tsx'

/** Whether the crisis line may see what a goal is called. It holds at once or not at all, so it needs a network. */
export function DeskSharing({ goal }: { goal: Goal }) {
  const words = crisisLineText.value.goals
  const sharing = planText.value.sharing
  const isShared = goal.shared_with_desk === true
  const isBusy = useSignal(false)
  const said = useSignal('')
  const change = async () => {
    isBusy.value = true
    const isDone = await offerOnline(goal.id, async () => void (await shareGoalTitle(goal.id, !isShared)))
    said.value = isDone ? '' : words.needsNet
    isBusy.value = false
  }
  return (
    <>
      <p class="state">{isShared ? sharing.on : sharing.off}</p>
      <p role="status" class={said.value ? '' : 'said-nothing'}>
        {said.value}
      </p>
      <Button busy={isBusy.value} label={(isShared ? words.noNamed : words.yesNamed)(goal.title)} onClick={() => void change()}>
        {isShared ? sharing.no : words.yes}
      </Button>
    </>
  )
}
