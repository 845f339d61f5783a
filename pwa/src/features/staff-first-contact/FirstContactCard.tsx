import { fetchGuarantee } from '../../api/staffConsole'
import type { Citizen } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffConsoleText } from '../../text/staffConsole'
import { useResource } from '../../ui/resource'
import { daysSentence } from './days'

/** The days from first contact to first talk; nothing where the centre has no guarantee. */
export function FirstContactCard({ citizen }: { citizen: Citizen }) {
  const words = staffConsoleText().days
  const rules = useResource('guarantee', 0, fetchGuarantee).data
  const clock = citizen.first_contact
  if (!rules || rules.days === null) return null
  const sought = rules.sought.find((one) => one.id === clock.seeks)
  return (
    <section class="card" aria-labelledby="first-contact-heading">
      <h2 id="first-contact-heading" class="card-heading">
        {words.title}
      </h2>
      <p>{daysSentence(clock, words, language.value, new Date())}</p>
      {clock.law && !clock.stopped_on && <p class="quiet">{words.law(clock.law)}</p>}
      <dl class="facts">
        <div>
          <dt>{words.seeks}</dt>
          <dd class={sought ? undefined : 'quiet'}>{sought ? sought[language.value] : words.unknown}</dd>
        </div>
      </dl>
      <a href={`/staff/people/${citizen.id}/first-contact`}>
        {words.edit}
        <span class="visually-hidden">: {words.title}</span>
      </a>
    </section>
  )
}
