import type { ComponentChildren } from 'preact'
import { getCitizen, written } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Citizen } from '../../api/staffTypes'
import { channelsText } from '../../text/channels'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { sayDay, sayWhen } from '../../ui/days'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { FirstContactCard } from '../staff-first-contact/FirstContactCard'
import { Channels } from './Channels'
import { Details } from './Details'
import { Phone } from './Phone'
import { givesAccess, Team } from './Team'

interface PersonProps {
  citizenId: string
  ownId: string
  isManager: boolean
  /** Appointments and goals, which live in their own rooms. */
  children: ComponentChildren
}

/** Whether this member of staff works with the person now; others see the team alone. */
function worksWith(citizen: Citizen, ownId: string): boolean {
  const now = new Date()
  return citizen.relations.some((relation) => relation.staff_id === ownId && givesAccess(relation, now))
}

/** Everything about one person on one page. */
export function Person({ citizenId, ownId, isManager, children }: PersonProps) {
  const text = staffText()
  const found = useResource(`citizen:${citizenId}`, written.value, () => getCitizen(citizenId))
  const citizen = found.data
  if (!citizen) {
    return (
      <LoadState
        loading={text.loading}
        trouble={found.error ? explain(found.error, text).message : undefined}
        retry={{ label: text.problem.retry, act: found.reload }}
      />
    )
  }
  return (
    <article class="person">
      <header class="person-top">
        <PageHeading key={citizen.id}>{citizen.alias}</PageHeading>
        {citizen.deceased_at && (
          <p>
            <strong>{channelsText().death.top(sayDay(citizen.deceased_at, language.value, new Date()))}</strong>
          </p>
        )}
        <FirstContact citizen={citizen} />
      </header>
      {worksWith(citizen, ownId) ? (
        <div class="person-columns">
          <div class="person-main">{children}</div>
          <div class="person-side">
            <FirstContactCard citizen={citizen} />
            <Phone citizen={citizen} />
            <Channels citizenId={citizen.id} />
            <Details citizen={citizen} />
            <Team citizen={citizen} isManager={isManager} />
          </div>
        </div>
      ) : (
        <div class="page">
          <p>{text.person.teamOnly}</p>
          <Team citizen={citizen} isManager={isManager} />
        </div>
      )}
    </article>
  )
}

function FirstContact({ citizen }: { citizen: Citizen }) {
  const text = staffText()
  const when = sayWhen(citizen.first_contact_at, language.value, new Date())
  const how = text.intake.channels[citizen.first_contact_channel]
  return (
    <p class="quiet">
      {text.person.firstContact}: {when}, {how.toLocaleLowerCase('da')}
    </p>
  )
}
