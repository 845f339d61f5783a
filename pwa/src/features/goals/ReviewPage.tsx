import { putGoal } from '../../offline/own.ts'
import { goalsText } from '../../text/goals.ts'
import { Button } from '../../ui/Button.tsx'
import { wallNow } from '../clock.ts'
import { monthsLater } from '../plan/review.ts'
import { say } from '../said.ts'
import { DayForm } from './DayForm.tsx'
import { OfGoal } from './OfGoal.tsx'
import { dateInWords, whoSees } from './wording.ts'

/** A day to look at the goal again; it can always be moved. */
export function ReviewPage({ goalId }: { goalId: string }) {
  const words = goalsText.value
  const today = wallNow.value.date
  const choose = async (date: string | null) => say((await putGoal(goalId, { review_on: date })) ? words.saved : words.stepNotSaved)
  return (
    <OfGoal goalId={goalId} heading={words.review.heading}>
      {(goal) => (
        <>
          <p>
            {words.review.explain} {whoSees(words)}
          </p>
          {goal.review_on && <p>{words.review.now(dateInWords(goal.review_on))}</p>}
          <div class="button-row">
            <Button onClick={() => void choose(monthsLater(today, 1))}>{words.review.month}</Button>
            <Button onClick={() => void choose(monthsLater(today, 3))}>{words.review.quarter}</Button>
            {goal.review_on && <Button onClick={() => void choose(null)}>{words.review.none}</Button>}
          </div>
          <DayForm
            id="review-day"
            label={words.review.date}
            save={words.review.save}
            wrong={words.review.wrong}
            fits={(date) => date > today}
            onChoose={(date) => void choose(date)}
          />
        </>
      )}
    </OfGoal>
  )
}
