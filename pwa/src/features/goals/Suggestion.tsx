import type { Goal } from '../../api/citizen.ts'
import { eventsOf, tellGoal } from '../../offline/goal-store.ts'
import { putGoal } from '../../offline/own.ts'
import { goalsText } from '../../text/goals.ts'
import { Button } from '../../ui/Button.tsx'
import { NobodyReads } from '../NobodyReads.tsx'
import { hasNobody } from '../readers.ts'
import { say } from '../said.ts'

/** The contact person has suggested it, and waits for a yes or a no as long as it takes. */
export function isSuggested(goal: Goal): boolean {
  return goal.origin === 'staff' && goal.status === 'proposed'
}

/** Yes, no thanks, or let us talk about it: each with one tap, also without a network. */
export function Suggestion({ goal }: { goal: Goal }) {
  const words = goalsText.value
  const { suggestion } = words
  const talks = eventsOf(goal.id).some((event) => event.by === 'citizen' && event.kind === 'note')
  const answer = async (status: 'accepted' | 'cancelled') => {
    if (!(await putGoal(goal.id, { status }))) return say(words.stepNotSaved)
    say(status === 'accepted' ? suggestion.saidYes : suggestion.saidNo)
  }
  const talk = async () => {
    const isKept = await tellGoal(goal.id, { kind: 'note', text: suggestion.talked, shared: true })
    say(isKept ? suggestion.saidTalk : words.stepNotSaved)
  }
  const named = (answered: string) => `${answered}: ${goal.title}`
  return (
    <>
      <p>{suggestion.from}</p>
      <div class="button-row">
        <Button kind="primary" label={named(suggestion.yes)} onClick={() => void answer('accepted')}>
          {suggestion.yes}
        </Button>
        <Button label={named(suggestion.no)} onClick={() => void answer('cancelled')}>
          {suggestion.no}
        </Button>
        {!talks && !hasNobody() && (
          <Button label={named(suggestion.talk)} onClick={() => void talk()}>
            {suggestion.talk}
          </Button>
        )}
      </div>
      {hasNobody() ? <NobodyReads /> : <p class="quiet">{talks ? suggestion.saidTalk : suggestion.talkHint}</p>}
    </>
  )
}
