import { useSignal } from '@preact/signals'
import { hideContact, type CrisisContact } from '../../api/crisisLine.ts'
import { records, refresh } from '../../offline/phone.ts'
import { planLines } from '../../offline/plan-store.ts'
import { crisisLineText } from '../../text/crisisLine.ts'
import { namesOf } from '../../text/deskLists.ts'
import { text } from '../../text/text.ts'
import { describeDate } from '../../text/when.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { wallNow } from '../clock.ts'
import { momentOf } from './Facts.tsx'
import { newestFirst } from './newest.ts'
import { stillToCome } from './promised.ts'

function Goal({ id }: { id: string }) {
  const goal = records.value.goals.find((each) => each.id === id)
  if (!goal) return null
  return (
    <p>
      {crisisLineText.value.contacts.goal} <a href={`/maal/${id}`}>{goal.title}</a>
    </p>
  )
}

/** What was agreed to happen next; nothing, unless the person said yes. */
function Next({ contact }: { contact: CrisisContact }) {
  const { facts, contacts } = crisisLineText.value
  const agreed = stillToCome(contact).map((each) => {
    const words = each.kind === 'call-72h' ? facts.call72h : facts.followUp14d
    return contacts.around(words, describeDate(each.due_on, wallNow.value.date, text.value.when))
  })
  if (agreed.length === 0) return null
  return (
    <>
      <p class="quiet">{facts.wants}:</p>
      <ul>
        {agreed.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <p class="quiet">{contacts.takeBack}</p>
    </>
  )
}

/** On every phone, so it needs a connection; the next pull takes it away here. */
function Hide({ contact }: { contact: CrisisContact }) {
  const words = crisisLineText.value.contacts
  const isAsking = useSignal(false)
  const isBusy = useSignal(false)
  const said = useSignal('')
  const hide = async () => {
    isBusy.value = true
    said.value = ''
    try {
      await hideContact(contact.id)
      await refresh()
    } catch {
      said.value = words.notHidden
    }
    isBusy.value = false
    isAsking.value = false
  }
  return (
    <>
      <p role="status">{said.value}</p>
      <Button kind="quiet" label={words.hideNamed(momentOf(contact.opened_at))} onClick={() => (isAsking.value = true)}>
        {words.hide}
      </Button>
      {isAsking.value && (
        <Dialog open heading={words.hideHeading} onClose={() => (isAsking.value = false)}>
          <p>{words.hideText}</p>
          <div class="button-row">
            <Button kind="primary" busy={isBusy.value} onClick={() => void hide()}>
              {words.hideYes}
            </Button>
            <Button onClick={() => (isAsking.value = false)}>{words.hideNo}</Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

function Entry({ contact }: { contact: CrisisContact }) {
  const { facts } = crisisLineText.value
  const told = [
    [facts.given, namesOf('given', contact.given)],
    [facts.outcome, namesOf('outcomes', contact.outcome === null ? [] : [contact.outcome])],
    [facts.referral, namesOf('referrals', contact.referral)],
  ] as const
  return (
    <Card heading={momentOf(contact.opened_at)}>
      <p>
        {facts.channels[contact.channel] ?? contact.channel}, {contact.unit_name}
      </p>
      {told.map(
        ([label, names]) =>
          names.length > 0 && (
            <p key={label}>
              {label}: {names.join(', ')}
            </p>
          ),
      )}
      {contact.goal_id && <Goal id={contact.goal_id} />}
      <Next contact={contact} />
      <Hide contact={contact} />
    </Card>
  )
}

function List({ contacts }: { contacts: readonly CrisisContact[] }) {
  const words = crisisLineText.value.contacts
  return (
    <>
      <p>{words.intro}</p>
      {contacts.map((contact) => (
        <Entry key={contact.id} contact={contact} />
      ))}
      {planLines.value.length > 0 && (
        <>
          <p>{words.review}</p>
          <p>
            <a class="way-on" href="/min-plan">
              {words.toPlan}
            </a>
          </p>
        </>
      )}
    </>
  )
}

/** What the person wants to have in the app of the talks with the crisis line; on the phone, so also offline. */
export function ContactsPage() {
  const words = crisisLineText.value.contacts
  const contacts = newestFirst(records.value.contacts)
  return (
    <Page heading={words.heading}>
      {contacts.length === 0 ? <p>{words.none}</p> : <List contacts={contacts} />}
      <p>
        <a class="way-on" href="/henvendelse">
          {words.haveCode}
        </a>
      </p>
    </Page>
  )
}
