import { choices, records } from '../../offline/phone.ts'
import { text } from '../../text/text.ts'
import { describeDate } from '../../text/when.ts'
import { lastDay } from '../../ui/copenhagen.ts'
import { Card } from '../../ui/Card.tsx'
import { wallNow } from '../clock.ts'

function PhoneLink({ number, label }: { number: string; label?: string }) {
  return (
    <p>
      {label && <span class="quiet">{label}: </span>}
      <a class="phone-link" href={`tel:${number.replace(/[^+\d]/g, '')}`}>
        {text.value.contact.call(number)}
      </a>
    </p>
  )
}

/** Whether there is an answer that nobody has looked at on this phone. */
export function hasAnswer(): boolean {
  const seen = (choices.value['messages_seen'] as number | undefined) ?? 0
  return records.value.messages.some((each) => each.by === 'staff' && !each.withdrawn && each.order > seen)
}

/** Whom to call or write to: the contact person, who stands in, and the place. */
export function ContactCard() {
  const words = text.value
  const { profile } = records.value
  if (!profile) return null
  const { contact_person: contact, unit, stand_ins: standIns } = profile
  const until = (end: string | null) => end && describeDate(lastDay(end), wallNow.value.date, words.when)
  return (
    <Card heading={words.contact.heading}>
      {contact ? <p class="person">{contact.name}</p> : <p>{words.contact.none}</p>}
      {contact?.phone && contact.phone !== unit.phone && <PhoneLink number={contact.phone} />}
      {standIns.map((standIn) => (
        <p key={standIn.name}>{words.contact.standIn(standIn.name, until(standIn.until))}</p>
      ))}
      {unit.phone && <PhoneLink number={unit.phone} label={words.contact.unit} />}
      <p>
        <a class="way-on" href="/beskeder">{words.contact.messages}</a>
      </p>
    </Card>
  )
}
