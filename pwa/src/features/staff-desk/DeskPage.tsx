import { useLayoutEffect } from 'preact/hooks'
import { written } from '../../api/staff'
import { type Contact, type ContactCard, listContactsBetween, reopenContact } from '../../api/staffDesk'
import { explain } from '../../api/staffProblems'
import { deskText } from '../../text/desk'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { sayWhen } from '../../ui/days'
import { sayDone } from '../../ui/flash'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { navigate } from '../../ui/routing'
import { Away } from './Away'
import { contacts, listOpen, open, othersWait, send, takeUp, waiting } from './held'
import { Numbers } from './Numbers'
import { Search } from './Search'

/** So long can a contact be opened again by who closed it. */
const RECENT_MS = 30 * 60_000

/** The desk: find somebody, begin a contact, go on with one, and the numbers to pass on. */
export function DeskPage() {
  const words = deskText()
  useLayoutEffect(() => document.getElementById('desk-search')?.focus({ preventScroll: true }), [])
  return (
    <section class="page page-wide">
      <PageHeading quiet>{words.title}</PageHeading>
      <Away />
      <div class="desk-columns">
        <div>
          <Search />
          <Waiting />
        </div>
        <div>
          <OpenOnes />
          <RecentOnes />
          <Numbers />
        </div>
      </div>
      <p class="quiet">{words.draft}</p>
    </section>
  )
}

const nameOf = (alias: string | null): string => alias ?? deskText().lists.nameless

function since(opened_at: string): string {
  return deskText().lists.since(sayWhen(opened_at, language.value, new Date()))
}

interface RowProps {
  id: string
  name: string
  opened_at: string
  whose: string
}

function OpenRow({ id, name, opened_at, whose }: RowProps) {
  return (
    <li>
      <a href={`/staff/desk/contacts/${id}`}>{name}</a>
      <span class="quiet">
        {since(opened_at)} · {whose}
      </span>
    </li>
  )
}

function OpenOnes() {
  const words = deskText().lists
  const found = useResource('desk:open', written.value, listOpen)
  const here = open.value
  const held = new Set(contacts.value.map((contact) => contact.id))
  const listed = found.data ?? []
  const there = listed.filter((contact) => !held.has(contact.id))
  const whose = (mine: boolean, name: string | undefined) => (mine ? words.mine : words.colleague(name ?? words.aColleague))
  return (
    <section aria-labelledby="desk-open-ones">
      <h2 id="desk-open-ones">{words.open}</h2>
      {here.length + there.length === 0 && <p class="empty">{words.openEmpty}</p>}
      <ul class="desk-rows" role="list">
        {here.map((contact) => (
          <OpenRow
            key={contact.id}
            id={contact.id}
            name={nameOf(contact.alias)}
            opened_at={contact.opened_at}
            whose={whose(contact.mine, listed.find(({ id }) => id === contact.id)?.opened_by_name)}
          />
        ))}
        {there.map((contact) => (
          <OpenRow
            key={contact.id}
            id={contact.id}
            name={nameOf(contact.citizen_alias)}
            opened_at={contact.opened_at}
            whose={whose(contact.mine, contact.opened_by_name)}
          />
        ))}
      </ul>
    </section>
  )
}

async function listRecent(): Promise<ContactCard[]> {
  const now = Date.now()
  const all = await listContactsBetween(new Date(now - 24 * 3_600_000).toISOString(), new Date(now + 60_000).toISOString())
  return all.filter((contact) => contact.mine && contact.closed_at !== null && now - Date.parse(contact.closed_at) < RECENT_MS)
}

/** Closed too early: for half an hour who closed it can go on. */
function RecentOnes() {
  const words = deskText().lists
  const found = useResource('desk:recent', written.value, listRecent)
  if (!found.data || found.data.length === 0) return null
  const again = async (contact: ContactCard) => {
    try {
      const opened: Contact = await reopenContact(contact.id, contact.version)
      takeUp(opened)
      navigate(`/staff/desk/contacts/${opened.id}`)
    } catch (error) {
      sayDone(explain(error, staffText()).message ?? '')
      found.reload()
    }
  }
  return (
    <section aria-labelledby="desk-recent">
      <h2 id="desk-recent">{words.recent}</h2>
      <ul class="desk-rows" role="list">
        {found.data.map((contact) => (
          <li key={contact.id}>
            <span>{since(contact.opened_at)}</span>
            <Button
              kind="quiet"
              label={words.reopenNamed(sayWhen(contact.opened_at, language.value, new Date()))}
              onClick={() => void again(contact)}
            >
              {words.reopen}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Finished here and not yet at the server. */
function Waiting() {
  const words = deskText().lists
  const mine = waiting.value
  if (mine.length === 0 && othersWait.value === 0) return null
  return (
    <section class="desk-waiting" aria-labelledby="desk-waiting">
      <h2 id="desk-waiting">{words.waiting}</h2>
      {mine.length > 0 && (
        <>
          <p>{words.waitingCount(mine.length)}</p>
          <Button onClick={() => void send()}>{words.sendNow}</Button>
        </>
      )}
      {othersWait.value > 0 && <p class="quiet">{words.others(othersWait.value)}</p>}
    </section>
  )
}
