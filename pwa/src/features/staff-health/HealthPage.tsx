import { explain } from '../../api/staffProblems'
import { getSendHealth, type SendHealth, type SendingAlarm, type SendingWay } from '../../api/staffSending'
import { language } from '../../text/language'
import { sendingText } from '../../text/sending'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { sayWhen } from '../../ui/days'
import { LoadState } from '../../ui/LoadState'
import { Notice } from '../../ui/Notice'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { Services } from './Services'

/** "Afsendelse": whether reminders go out as they should; counts only, never who. */
export function HealthPage() {
  const text = staffText()
  const { health } = sendingText()
  const found = useResource('send-health', 0, getSendHealth)
  return (
    <section class="page send-health">
      <div class="section-top">
        <PageHeading>{health.title}</PageHeading>
        <span class="no-print">
          <Button onClick={found.reload}>{health.reload}</Button>
        </span>
      </div>
      <p class="quiet">{health.lead}</p>
      {found.data ? (
        <Report report={found.data} />
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

const when = (at: string): string => sayWhen(at, language.value, new Date())

function Report({ report }: { report: SendHealth }) {
  const { health } = sendingText()
  const open = report.alarms.filter((alarm) => alarm.cleared_at === null)
  const past = report.alarms.filter((alarm) => alarm.cleared_at !== null)
  const isFine = report.working && report.overdue === 0 && open.length === 0
  return (
    <>
      <div role="status">
        {isFine && <p>{health.fine}</p>}
        {!report.working && <Notice>{health.notWorking}</Notice>}
        {report.overdue > 0 && <p>{health.overdue(report.overdue)}</p>}
      </div>
      <Alarms title={health.alarmsTitle} alarms={open} />
      {open.length > 0 && <p>{health.action}</p>}
      <Books books={report.books} />
      <Services services={report.services} />
      <Ways ways={report.ways} />
      <Alarms title={health.pastTitle} alarms={past} />
      <p class="quiet">{health.at(when(report.at))}</p>
    </>
  )
}

function Alarms({ title, alarms }: { title: string; alarms: SendingAlarm[] }) {
  const { health } = sendingText()
  if (alarms.length === 0) return null
  const span = (alarm: SendingAlarm) => {
    if (!alarm.since) return null
    return alarm.cleared_at ? health.until(when(alarm.since), when(alarm.cleared_at)) : health.since(when(alarm.since))
  }
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {alarms.map((alarm) => (
          <li key={`${alarm.code} ${alarm.service} ${alarm.since}`}>
            {health.codes[alarm.code]?.(alarm.count, alarm.service ?? '') ?? health.otherCode(alarm.code)}{' '}
            <span class="quiet">{span(alarm)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Ways({ ways }: { ways: SendingWay[] }) {
  const { health } = sendingText()
  if (ways.length === 0) return null
  return (
    <section>
      <h2>{health.waysTitle}</h2>
      <ul>
        {ways.map(({ channel, state, count }) => (
          <li key={`${channel} ${state}`}>
            {health.channels[channel] ?? channel}: {count} {health.wayStates[state] ?? state}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Books({ books }: { books: SendHealth['books'] }) {
  const { health } = sendingText()
  return (
    <section>
      <h2>{health.booksTitle}</h2>
      {books ? (
        <>
          <p>
            {health.books(books.planned, books.open, books.ended)}{' '}
            {books.difference === 0 ? health.booksRight : health.booksWrong(Math.abs(books.difference))}
          </p>
          <p class="quiet">{health.booksAt(when(books.at))}</p>
        </>
      ) : (
        <p>{health.booksNone}</p>
      )}
    </section>
  )
}
