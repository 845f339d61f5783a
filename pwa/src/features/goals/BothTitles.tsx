import type { Goal } from '../../api/citizen.ts'
import { putGoal } from '../../offline/own.ts'
import { goalsText } from '../../text/goals.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { say } from '../said.ts'

export function isTwofold(goal: Goal): goal is Goal & { titles: string[] } {
  return (goal.titles?.length ?? 0) > 1
}

/** Worded twice at once: both stand until the person chooses. */
export function BothTitles({ goal, titles }: { goal: Goal; titles: readonly string[] }) {
  const words = goalsText.value
  const keep = (title: string) => putGoal(goal.id, { title }).then((id) => say(id ? words.saved : words.notSaved))
  return (
    <Card>
      <p>{words.both}</p>
      {titles.map((title) => (
        <div key={title}>
          <p class="own-words">{title}</p>
          <p>
            <Button label={words.keepNamed(title)} onClick={() => void keep(title)}>
              {words.keep}
            </Button>
          </p>
        </div>
      ))}
    </Card>
  )
}
