import { useState } from 'preact/hooks'
import { ApiProblem } from '../../api/client'
import { takeStep } from '../../api/staffDiary'
import { explain } from '../../api/staffProblems'
import type { Appointment, AttendanceStep } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { weekText } from '../../text/week'
import { Button } from '../../ui/Button'
import { sayWhen } from '../../ui/days'
import { sayDone } from '../../ui/flash'
import { isToBeCancelled, stepsFor } from './taps'

/** One tap for how an appointment went, and one to take it back. */
export function Outcome({ appointment }: { appointment: Appointment }) {
  const words = weekText()
  const [busy, setBusy] = useState<AttendanceStep | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [excused, setExcused] = useState(false)
  const [wasDeclined, setWasDeclined] = useState(false)
  const steps = stepsFor(appointment, new Date())
  const when = sayWhen(appointment.starts_at, language.value, new Date())
  const take = async (step: AttendanceStep) => {
    setBusy(step)
    setTrouble(null)
    try {
      await takeStep(appointment, step, excused)
      sayDone(weekText().done[step](appointment.citizen_alias))
    } catch (error) {
      setWasDeclined(error instanceof ApiProblem && error.code === 'was-declined')
      const { message } = explain(error, staffText())
      setTrouble(message ?? staffText().problem.other)
    } finally {
      setBusy(null)
    }
  }
  const mustCancel = wasDeclined || isToBeCancelled(appointment, new Date())
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
      {mustCancel && <Declined appointment={appointment} isSaid={trouble !== null} />}
    </div>
  )
}

/** After a no there is nobody who did not come: the way to cancel stands where "did not come" would have been. */
function Declined({ appointment, isSaid }: { appointment: Appointment; isSaid: boolean }) {
  const { problem, appointments } = staffText()
  return (
    <p>
      {!isSaid && problem.codes['was-declined']}{' '}
      <a href={`/staff/people/${appointment.citizen_id}/appointments/${appointment.id}/cancel`}>
        {appointments.cancel}
        <span class="visually-hidden">: {appointment.citizen_alias}</span>
      </a>
    </p>
  )
}
