import { records } from '../../offline/phone.ts'
import { crisisLineText } from '../../text/crisisLine.ts'
import { Card } from '../../ui/Card.tsx'
import { DeskSharing } from './DeskSharing.tsx'

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
        <Card key={goal.id} level={3} heading={goal.title}>
          <DeskSharing goal={goal} />
        </Card>
      ))}
    </section>
  )
}
