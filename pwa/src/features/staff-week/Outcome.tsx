import { useState } from 'preact/hooks'
import { takeStep } from '../../api/staffDiary'
import { explain } from '../../api/staffProblems'
import type { Appointment, AttendanceStep } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { weekText } from '../../text/week'
import { Button } from '../../ui/Button'
import { sayWhen } from '../../ui/days'
import { sayDone } from '../../ui/flash'
import { stepsFor } from './taps'

/** One tap for how an appointment went, and one to take it back. */
export function Outcome({ appointment }: { appointment: Appointment }) {
  const words = weekText()
  const [busy, setBusy] = useState<AttendanceStep | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [excused, setExcused] = useState(false)
  const steps = stepsFor(appointment, new Date())
  const when = sayWhen(appointment.starts_at, language.value, new Date())
  const take = async (step: AttendanceStep) => {
    setBusy(step)
    setTrouble(null)
    try {
      await takeStep(appointment, step, excused)
      sayDone(weekText().done[step](appointment.citizen_alias))
    } catch (error) {
      const { message } = explain(error, staffText())
      setTrouble(message ?? staffText().problem.other)
    } finally {
      setBusy(null)
    }
  }
  if (steps.length === 0) return null
  return (
    <div class="outcome no-print">
      {steps.map((step) => (
        <Button
          key={step}
          kind={step === 'undo' ? 'quiet' : 'secondary'}
          busy={busy !== null}
          label={words.about(words.steps[step], appointment.citizen_alias, when)}
          onClick={() => void take(step)}
        >
          {words.steps[step]}
        </Button>
      ))}
      {steps.includes('no-show') && (
        <div class="check">
          <input type="checkbox" id={`excused-${appointment.id}`} checked={excused} onChange={(event) => setExcused(event.currentTarget.checked)} />
          <label for={`excused-${appointment.id}`}>{words.excused}</label>
        </div>
      )}
      <p role="status">{trouble}</p>
    </div>
  )
}
