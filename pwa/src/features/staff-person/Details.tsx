import type { Citizen } from '../../api/staffTypes'
import { type StaffText, staffText } from '../../text/staff'

function lines(citizen: Citizen, text: StaffText): [label: string, value: string | null][] {
  const { intake, person } = text
  return [
    [intake.name, citizen.name],
    [intake.cpr, citizen.cpr],
    [intake.phone, citizen.phone],
    [intake.languageLabel, intake.languages[citizen.language]],
    [intake.protected, citizen.address_protected ? person.yes : person.no],
    [intake.municipality, citizen.home_municipality],
  ]
}

/** What we know about the person; what was not given says so. */
export function Details({ citizen }: { citizen: Citizen }) {
  const text = staffText()
  return (
    <section class="card" aria-labelledby="details-heading">
      <h2 id="details-heading" class="card-heading">
        {text.person.who}
      </h2>
      <dl class="facts">
        {lines(citizen, text).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd class={value ? undefined : 'quiet'}>{value ?? text.person.none}</dd>
          </div>
        ))}
      </dl>
      <a href={`/staff/people/${citizen.id}/edit`}>{text.person.edit}</a>
    </section>
  )
}
