import { planLines } from '../../offline/plan-store.ts'
import { text } from '../../text/text.ts'
import { Card } from '../../ui/Card.tsx'

/** The way to the plan from the first page. */
export function PlanCard() {
  const words = text.value.home
  const hasPlan = planLines.value.length > 0
  return (
    <Card heading={words.plan} href="/min-plan">
      <p>{hasPlan ? words.planText : words.planEmpty}</p>
    </Card>
  )
}
