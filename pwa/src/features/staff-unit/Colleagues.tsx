import { listColleagues, listInvitations, written } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Colleague, PendingInvitation } from '../../api/staffTypes'
import { language } from '../../text/language'
import { type StaffText, staffText } from '../../text/staff'
import { staffConsoleText } from '../../text/staffConsole'
import { staffMeasuresText } from '../../text/staffMeasures'
import { sayWhen } from '../../ui/days'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { roleWords } from './roles'

interface Everybody {
  colleagues: Colleague[]
  pending: PendingInvitation[]
}

async function fetchEverybody(): Promise<Everybody> {
  const [colleagues, pending] = await Promise.all([listColleagues(), listInvitations()])
  const byName = new Intl.Collator('da').compare
  return { colleagues: colleagues.sort((one, other) => byName(one.name, other.name)), pending }
}

/** The staff of the unit: who is here, who is invited, and the way in and out. */
export function Colleagues({ ownId }: { ownId: string }) {
  const text = staffText()
  const found = useResource('colleagues', written.value, fetchEverybody)
  return (
    <section class="page page-wide">
      <div class="section-top">
        <PageHeading>{text.colleagues.title}</PageHeading>
        <a class="button button-primary" href="/staff/colleagues/new">
          {text.colleagues.invite}
        </a>
      </div>
      <p class="page-ways">
        <a href="/staff/caseload-figure">{staffConsoleText().gauge.link}</a>
        <a href="/staff/measure-rules">{staffMeasuresText().rules.link}</a>
      </p>
      {found.data ? (
        <Lists everybody={found.data} ownId={ownId} />
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

function Lists({ everybody, ownId }: { everybody: Everybody; ownId: string }) {
  const text = staffText()
  const active = everybody.colleagues.filter((one) => one.active)
  const inactive = everybody.colleagues.filter((one) => !one.active)
  return (
    <>
      {active.length === 0 && <p class="empty">{text.colleagues.empty}</p>}
      <ul class="people" role="list">
        {active.map((one) => (
          <ColleagueEntry key={one.id} colleague={one} isMe={one.id === ownId} text={text} />
        ))}
      </ul>
      <h2>{text.colleagues.pending}</h2>
      {everybody.pending.length === 0 && <p class="empty">{text.colleagues.pendingEmpty}</p>}
      <ul class="people" role="list">
        {everybody.pending.map((one) => (
          <li key={one.id}>
            <strong>{one.name}</strong>
            <span>{roleWords(one.roles, text)}</span>
            <span class="quiet">{one.email}</span>
            <span class="quiet">{text.colleagues.expires(sayWhen(one.expires_at, language.value, new Date()))}</span>
          </li>
        ))}
      </ul>
      {inactive.length > 0 && (
        <details class="more">
          <summary>{text.colleagues.inactive}</summary>
          <ul class="people" role="list">
            {inactive.map((one) => (
              <li key={one.id}>
                <strong>{one.name}</strong>
                <span>{roleWords(one.roles, text)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

interface EntryProps {
  colleague: Colleague
  isMe: boolean
  text: StaffText
}

function ColleagueEntry({ colleague, isMe, text }: EntryProps) {
  return (
    <li>
      <strong>
        {colleague.name}
        {isMe && ` (${text.colleagues.you})`}
      </strong>
      <span>{roleWords(colleague.roles, text)}</span>
      <span class="quiet">{colleague.email}</span>
      {!isMe && (
        <a href={`/staff/colleagues/${colleague.id}/close`}>
          {text.colleagues.deactivate}
          <span class="visually-hidden">: {colleague.name}</span>
        </a>
      )}
    </li>
  )
}
