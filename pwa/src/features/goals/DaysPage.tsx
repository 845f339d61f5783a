import { putGoal } from '../../offline/own.ts'
import { goalsText } from '../../text/goals.ts'
import { Button } from '../../ui/Button.tsx'
import { wallNow } from '../clock.ts'
import { say } from '../said.ts'
import { DayForm } from './DayForm.tsx'
import { daysSince } from './days.ts'
import { OfGoal } from './OfGoal.tsx'

/** Days are counted only for whoever wants it, and for nobody else to see. */
export function DaysPage({ goalId }: { goalId: string }) {
  const words = goalsText.value
  const today = wallNow.value.date
  const keep = async (counts_from: string | null) => {
    const said = counts_from ? words.saved : words.days.saidOff
    say((await putGoal(goalId, { counts_from })) ? said : words.stepNotSaved)
  }
  return (
    <OfGoal goalId={goalId} heading={words.days.heading}>
      {({ counts_from: from }) => (
        <>
          <p>{words.days.explain}</p>
          {from && (
            <p>
              <strong>{words.days.count(daysSince(from, today))}</strong>
            </p>
          )}
          <DayForm
            id="count-from"
            label={words.days.from}
            save={words.days.save}
            wrong={words.days.wrong}
            initial={from ?? today}
            fits={(date) => date <= today}
            onChoose={(date) => void keep(date)}
          />
          {from && <Button onClick={() => void keep(null)}>{words.days.off}</Button>}
        </>
      )}
    </OfGoal>
  )
}
