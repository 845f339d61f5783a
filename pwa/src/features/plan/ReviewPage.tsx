import { useSignal } from '@preact/signals'
import { plan, setReview } from '../../offline/plan-store.ts'
import { planText } from '../../text/plan.ts'
import { text } from '../../text/text.ts'
import { describeDate } from '../../text/when.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Page } from '../../ui/Page.tsx'
import { wallNow } from '../clock.ts'
import { SaidHere } from '../SaidHere.tsx'
import { monthsLater } from './review.ts'
import { saySaved } from './saving.ts'

function AnotherDay({ onChoose }: { onChoose: (date: string) => void }) {
  const words = planText.value.review
  const typed = useSignal('')
  const wrong = useSignal<string | undefined>(undefined)
  const save = () => {
    wrong.value = typed.value > wallNow.value.date ? undefined : words.wrong
    if (wrong.value) document.getElementById('review-day')?.focus()
    else onChoose(typed.value)
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <TextField id="review-day" type="date" label={words.date} error={wrong.value} value={typed.value} onInput={(value) => (typed.value = value)} />
      <Button type="submit">{words.save}</Button>
    </form>
  )
}

/** A day to look the plan through; nothing reminds, nothing is late. */
export function ReviewPage() {
  const words = planText.value
  const today = wallNow.value.date
  const chosen = plan.value.review_on
  const choose = (date: string | null) => void setReview(date).then(saySaved)
  return (
    <Page heading={words.review.heading}>
      <p>
        <a href="/min-plan">{words.toPlan}</a>
      </p>
      <p>{words.review.explain}</p>
      <SaidHere />
      {chosen && <p>{words.review.now(describeDate(chosen, today, text.value.when))}</p>}
      <div class="button-row">
        <Button onClick={() => choose(monthsLater(today, 1))}>{words.review.month}</Button>
        <Button onClick={() => choose(monthsLater(today, 3))}>{words.review.quarter}</Button>
        {chosen && <Button onClick={() => choose(null)}>{words.review.none}</Button>}
      </div>
      <AnotherDay onChoose={choose} />
    </Page>
  )
}
