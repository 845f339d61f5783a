import hoursByCentre from '../../../generated/messages.json'
import { records } from '../../offline/phone.ts'
import { messagesText } from '../../text/messages.ts'
import { text } from '../../text/text.ts'
import { describeDate } from '../../text/when.ts'
import { lastDay } from '../../ui/copenhagen.ts'
import { wallNow } from '../clock.ts'

interface Hours {
  day: number
  opens: string
  closes: string
}

const HOURS = hoursByCentre as Record<string, Hours[] | null>

/** When somebody answers: only what the centre has said. */
function Times({ slug }: { slug: string }) {
  const words = messagesText.value
  const hours = HOURS[slug]
  if (!hours) return <p>{words.noHours}</p>
  return (
    <>
      <p>{words.hours}</p>
      <ul>
        {hours.map(({ day, opens, closes }) => (
          <li key={`${day} ${opens}`}>{words.day(text.value.services.days[day - 1] ?? '', opens, closes)}</li>
        ))}
      </ul>
    </>
  )
}

/** Who answers and when, as the phone knows it: it stands there without a network, too. */
export function WhoAnswers() {
  const words = messagesText.value
  const { profile } = records.value
  if (!profile) return null
  const { contact_person: contact, stand_ins: standIns, unit } = profile
  const until = (end: string | null) => end && describeDate(lastDay(end), wallNow.value.date, text.value.when)
  return (
    <section class="who-answers">
      {contact && <p>{words.who(contact.name)}</p>}
      {standIns.map((standIn) => (
        <p key={standIn.name}>{words.standIn(standIn.name, until(standIn.until))}</p>
      ))}
      <p>{contact || standIns.length > 0 ? words.readers : words.nobody}</p>
      <Times slug={unit.slug} />
      {unit.phone && (
        <p>
          <a class="phone-link" href={`tel:${unit.phone.replace(/[^+\d]/g, '')}`}>
            {text.value.contact.call(unit.phone)}
          </a>
        </p>
      )}
    </section>
  )
}
