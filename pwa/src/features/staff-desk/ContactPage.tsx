import { useEffect, useLayoutEffect } from 'preact/hooks'
import { getContact } from '../../api/staffDesk'
import { explain } from '../../api/staffProblems'
import { deskText } from '../../text/desk'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { Copy } from '../../ui/Copy'
import { sayWhen } from '../../ui/days'
import { LoadState } from '../../ui/LoadState'
import { Notice } from '../../ui/Notice'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { navigate } from '../../ui/routing'
import { Away } from './Away'
import { ClaimCode } from './ClaimCode'
import { ContactForm } from './ContactForm'
import { type DeskValues, isUnsent, type LocalContact } from './contact'
import { away, contacts, discard, find, takeUp } from './held'
import { focusOn } from './keys'
import { PlanPanel } from './PlanPanel'
import { type ListName, optionsOf } from './words'

/** One contact: the plan beside the form. It is held here first, so nothing on it waits for the server. */
export function ContactPage({ contactId }: { contactId: string }) {
  // Read so that the page follows every change of what is held.
  const here = contacts.value.length >= 0 ? find(contactId) : undefined
  return here ? <Here contact={here} /> : <There contactId={contactId} />
}

/** Opened in another browser, or by a colleague: it is fetched, and goes on here. */
function There({ contactId }: { contactId: string }) {
  const text = staffText()
  const found = useResource(`contact:${contactId}`, 0, () => getContact(contactId))
  const isOpen = found.data !== undefined && found.data.closed_at === null
  useEffect(() => {
    if (found.data && isOpen) takeUp(found.data)
  }, [found.data])
  return (
    <section class="page">
      <ToDesk />
      <PageHeading>{deskText().contact.titleNameless}</PageHeading>
      {found.data && !isOpen && <p>{deskText().contact.gone}</p>}
      {!found.data && (
        <LoadState
          loading={text.loading}
          trouble={found.error ? explain(found.error, text).message : undefined}
          retry={{ label: text.problem.retry, act: found.reload }}
        />
      )}
    </section>
  )
}

function ToDesk() {
  return (
    <a class="way-out" href="/staff/desk">
      ‹ {deskText().contact.toDesk}
    </a>
  )
}

function Here({ contact }: { contact: LocalContact }) {
  const words = deskText().contact
  // The form is ready for the keyboard; on a phone the plan stays in sight above it.
  useLayoutEffect(() => focusOn('contact-channel', { preventScroll: true }), [contact.id])
  return (
    <section class="page page-wide">
      <ToDesk />
      <PageHeading quiet>{contact.alias ? words.title(contact.alias) : words.titleNameless}</PageHeading>
      <p class="quiet">
        {words.began(sayWhen(contact.opened_at, language.value, new Date()))} <Standing contact={contact} />
      </p>
      <Away />
      {contact.refused && <Refused contact={contact} />}
      <div class="desk-columns">
        <div class="desk-beside">
          <PlanPanel contact={contact} />
          {!contact.citizen_id && <ClaimCode contactId={contact.id} isKnown={contact.version !== null} />}
        </div>
        <ContactForm contact={contact} />
      </div>
    </section>
  )
}

/** Where what was written is, said quietly. */
function Standing({ contact }: { contact: LocalContact }) {
  const words = deskText().contact
  const said = !isUnsent(contact) ? words.saved : away.value ? words.here : words.saving
  return <span role="status">{said}</span>
}

function callbackOf({ phone, when, voicemail, code_word }: DeskValues): [string, string][] {
  const { callback: words } = deskText()
  return [
    [words.phone, phone],
    [words.when, when],
    [words.voicemail, words.voicemails[voicemail]],
    [words.codeWord, code_word],
  ]
}

/** What was chosen and typed, line by line, to be put somewhere else. */
function wordsOf({ values }: LocalContact): string {
  const words = deskText()
  const named = (list: ListName, codes: readonly string[]) =>
    optionsOf(list)
      .filter(([code]) => codes.includes(code))
      .map(([, name]) => name)
      .join(', ')
  const lines: [string, string][] = [
    [words.contact.channel, words.channels[values.channel]],
    [words.contact.reason, named('reasons', values.reason)],
    [words.contact.given, named('given', values.given)],
    [words.contact.outcome, named('outcomes', [values.outcome])],
    [words.contact.referral, named('referrals', values.referral)],
    [words.contact.duration, values.duration],
    [words.contact.gender, words.genders[values.gender]],
    [words.more.note, values.note],
    [words.more.safetyBefore, values.safety_before],
    [words.more.safetyAfter, values.safety_after],
    ['', values.wants_follow_up_14d ? words.callback.followUp : ''],
    ['', values.wants_call_72h ? words.callback.call72 : ''],
    [words.callback.mayRing, values.may_ring && words.callback[values.may_ring]],
    ...(values.may_ring === 'yes' ? callbackOf(values) : []),
    ['', values.wants_shown_in_app ? words.more.showInApp : ''],
  ]
  return lines
    .filter(([, said]) => said.trim())
    .map((line) => line.join(' ').trim())
    .join('\n')
}

/** The server did not take it: nothing is lost, and whoever wrote it decides. */
function Refused({ contact }: { contact: LocalContact }) {
  const text = staffText()
  const words = deskText().contact
  const letGo = async () => {
    await discard(contact.id)
    navigate('/staff/desk')
  }
  return (
    <Notice role="alert">
      <p>{words.refused}</p>
      <Copy text={wordsOf(contact)} label={words.refusedCopy} done={text.copied} />
      <Button kind="quiet" onClick={() => void letGo()}>
        {words.discard}
      </Button>
    </Notice>
  )
}
