import type { CareRelation, Citizen } from '../../api/staffTypes'
import { language } from '../../text/language'
import { type StaffText, staffText } from '../../text/staff'
import { lastDay } from '../../ui/copenhagen'
import { sayDay, sayNearDate } from '../../ui/days'

/** Whether a relation gives access now, and not from some later day. */
export function givesAccess(relation: Pick<CareRelation, 'starts_at' | 'ends_at'>, now: Date): boolean {
  return new Date(relation.starts_at) <= now && isCurrent(relation, now)
}

/** Whether a relation still gives access, or will. */
export function isCurrent(relation: Pick<CareRelation, 'ends_at'>, now: Date): boolean {
  return relation.ends_at === null || new Date(relation.ends_at) > now
}

function standsInFor(relation: CareRelation, all: readonly CareRelation[], text: StaffText): string | null {
  const other = all.find((one) => one.staff_id === relation.stand_in_for_id || one.id === relation.stand_in_for_id)
  return other ? text.person.standsInFor(other.staff_name) : null
}

function describe(relation: CareRelation, all: readonly CareRelation[], text: StaffText, now: Date): string {
  const current = isCurrent(relation, now)
  const { since, from, until, ended } = text.person
  const start = givesAccess(relation, now) ? since : from
  const end = current ? until : ended
  const words = [
    text.relation[relation.role],
    standsInFor(relation, all, text),
    current && start(sayDay(relation.starts_at, language.value, now)),
    relation.ends_at && end(sayNearDate(lastDay(relation.ends_at), language.value, now)),
  ]
  return words.filter(Boolean).join(', ')
}

interface TeamProps {
  citizen: Citizen
  isManager: boolean
}

/** Who works with the person now, and who did. */
export function Team({ citizen, isManager }: TeamProps) {
  const text = staffText()
  const now = new Date()
  const current = citizen.relations.filter((relation) => isCurrent(relation, now))
  const earlier = citizen.relations.filter((relation) => !isCurrent(relation, now))
  const entry = (relation: CareRelation) => (
    <li key={relation.id}>
      <strong>{relation.staff_name}</strong>
      <span class="quiet">{describe(relation, citizen.relations, text, now)}</span>
      {isManager && isCurrent(relation, now) && relation.role !== 'stand-in' && (
        <a href={`/staff/people/${citizen.id}/relations/${relation.id}/end`}>{text.care.end}</a>
      )}
    </li>
  )
  return (
    <section class="card" aria-labelledby="team-heading">
      <h2 id="team-heading" class="card-heading">
        {text.person.team}
      </h2>
      {current.length > 0 ? (
        <ul class="team" role="list">
          {current.map(entry)}
        </ul>
      ) : (
        <p class="empty">{isManager ? text.person.teamEmptyManager : text.person.teamEmpty}</p>
      )}
      {isManager && <a href={`/staff/people/${citizen.id}/relations/new`}>{text.care.give}</a>}
      {earlier.length > 0 && (
        <details class="more">
          <summary>{text.person.earlier}</summary>
          <ul class="team" role="list">
            {earlier.map(entry)}
          </ul>
        </details>
      )}
    </section>
  )
}
