import { records, wholeLoad } from '../../offline/phone.ts'
import { text } from '../../text/text.ts'
import { Card } from '../../ui/Card.tsx'
import { Page } from '../../ui/Page.tsx'

/** The person's goals and whose idea each one was. */
export function GoalsPage() {
  const words = text.value.goals
  const goals = records.value.goals.filter((goal) => goal.status !== 'cancelled')
  return (
    <Page heading={words.heading}>
      {goals.length === 0 && <p>{wholeLoad.value ? words.none : words.loading}</p>}
      <ul class="plain-list">
        {goals.map((goal) => (
          <li key={goal.id}>
            <Card heading={goal.title}>
              <p class="quiet">
                {words.origin[goal.origin]} · {words.status[goal.status]}
              </p>
            </Card>
          </li>
        ))}
      </ul>
    </Page>
  )
}
