import { useState } from 'preact/hooks'
import { endSeries } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Appointment } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { copenhagenWall } from '../../ui/copenhagen'
import { sayDone } from '../../ui/flash'
import { navigate } from '../../ui/routing'

/** Cancels this one and all that come after it in the series. */
export function EndSeries({ appointment, seriesId }: { appointment: Appointment; seriesId: string }) {
  const { series } = staffText().appointments
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const end = async () => {
    setBusy(true)
    try {
      await endSeries(seriesId, { from: copenhagenWall(appointment.starts_at).date, cancellation: 'by-service' })
      sayDone(series.ended)
      navigate(`/staff/people/${appointment.citizen_id}`, { replace: true })
    } catch (error) {
      setTrouble(explain(error, staffText()).message ?? staffText().problem.other)
      setBusy(false)
    }
  }
  return (
    <section aria-labelledby="end-series">
      <h2 id="end-series">{series.endHeading}</h2>
      <p>{series.endText}</p>
      <Button busy={busy} onClick={() => void end()}>
        {series.end}
      </Button>
      <p role="status">{trouble}</p>
    </section>
  )
}
