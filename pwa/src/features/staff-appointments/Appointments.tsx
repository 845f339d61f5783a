import { listAppointments, written } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Appointment } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { weekText } from '../../text/week'
import { LoadState } from '../../ui/LoadState'
import { useResource } from '../../ui/resource'
import { AppointmentEntry } from './AppointmentEntry'
import { inOrder } from './booking'

/** A person's appointments: what nobody has said how it went, what comes, and folded away what was. */
export function Appointments({ citizenId }: { citizenId: string }) {
  const text = staffText()
  const found = useResource(`appointments:${citizenId}`, written.value, () => listAppointments(citizenId))
  return (
    <section aria-labelledby="appointments-heading">
      <div class="section-top">
        <h2 id="appointments-heading">{text.appointments.title}</h2>
        <a class="button button-primary" href={`/staff/people/${citizenId}/appointments/new`}>
          {text.appointments.book}
        </a>
      </div>
      {found.data ? (
        <Lists all={found.data} />
      ) : (
        <LoadState
          loading={text.loading}
          trouble={found.error ? explain(found.error, text).message : undefined}
          retry={{ label: text.problem.retry, act: found.reload }}
        />
      )}
    </section>
  )
}

function Lists({ all }: { all: readonly Appointment[] }) {
  const text = staffText()
  const { unsaid, coming, past } = inOrder(all, new Date())
  return (
    <>
      {unsaid.length > 0 && (
        <>
          <h3>{weekText().unsaid}</h3>
          <ul class="appointments" role="list">
            {unsaid.map((one) => (
              <AppointmentEntry key={one.id} appointment={one} open />
            ))}
          </ul>
          <h3>{text.appointments.coming}</h3>
        </>
      )}
      {coming.length === 0 && <p class="empty">{text.appointments.empty}</p>}
      <ul class="appointments" role="list">
        {coming.map((one) => (
          <AppointmentEntry key={one.id} appointment={one} open />
        ))}
      </ul>
      {past.length > 0 && (
        <details class="more">
          <summary>
            {text.appointments.past} ({past.length})
          </summary>
          <ul class="appointments" role="list">
            {past.map((one) => (
              <AppointmentEntry key={one.id} appointment={one} open={false} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
