import { listContactsBetween } from '../../api/staffDesk'
import { deskText } from '../../text/desk'
import { language } from '../../text/language'
import { sayWhen } from '../../ui/days'

const DAY_MS = 24 * 3_600_000

/** The contacts of the last day that a place or night support can be for; a name only while the contact is open. */
export async function listChoices(): Promise<readonly (readonly [id: string, name: string])[]> {
  const now = Date.now()
  const found = await listContactsBetween(new Date(now - DAY_MS).toISOString(), new Date(now + 60_000).toISOString())
  return found.map((contact) => {
    const when = sayWhen(contact.opened_at, language.value, new Date())
    return [contact.id, contact.citizen_alias ?? deskText().places.nameless(when)] as const
  })
}
