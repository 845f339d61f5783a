import { listStandIns, written } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { StandIn } from '../../api/staffTypes'
import { language } from '../../text/language'
import { type StaffText, staffText } from '../../text/staff'
import { copenhagenWall } from '../../ui/copenhagen'
import { sayDate } from '../../ui/days'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'

/** Whether an arrangement still runs or is to come. */
export function isOpen(one: StandIn, now: Date): boolean {
  return !one.ended_at && one.ends_on >= copenhagenWall(now).date
}

/** Who steps in for whom. */
export function StandIns() {
  const text = staffText()
  const found = useResource('stand-ins', written.value, listStandIns)
  return (
    <section class="page page-wide">
      <div class="section-top">
        <PageHeading>{text.standIns.title}</PageHeading>
        <a class="button button-primary" href="/staff/stand-ins/new">
          {text.standIns.add}
        </a>
      </div>
      <p class="quiet">{text.standIns.lead}</p>
      {found.data ? (
        <List all={found.data} />
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

function List({ all }: { all: readonly StandIn[] }) {
  const text = staffText()
  const now = new Date()
  const open = all.filter((one) => isOpen(one, now))
  const ended = all.filter((one) => !isOpen(one, now))
  return (
    <>
      {open.length === 0 && <p class="empty">{text.standIns.empty}</p>}
      <ul class="people" role="list">
        {open.map((one) => (
          <Entry key={one.id} standIn={one} text={text} open />
        ))}
      </ul>
      {ended.length > 0 && (
        <details class="more">
          <summary>{text.standIns.ended}</summary>
          <ul class="people" role="list">
            {ended.map((one) => (
              <Entry key={one.id} standIn={one} text={text} open={false} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function Entry({ standIn, text, open }: { standIn: StandIn; text: StaffText; open: boolean }) {
  const now = new Date()
  const until = sayDate(standIn.ends_on, language.value, now)
  const from = standIn.starts_on ? sayDate(standIn.starts_on, language.value, now) : null
  return (
    <li class="stand-in">
      <strong>{text.standIns.line(standIn.stand_in_name, standIn.staff_name)}</strong>
      <span>{from ? text.standIns.period(from, until) : text.person.until(until)}</span>
      <span class="quiet">{standIn.reason}</span>
      {open && (
        <a href={`/staff/stand-ins/${standIn.id}/end`}>
          {text.standIns.end}
          <span class="visually-hidden">: {standIn.stand_in_name}</span>
        </a>
      )}
    </li>
  )
}
