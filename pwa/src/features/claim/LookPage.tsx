import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { ApiProblem, Unreachable } from '../../api/client.ts'
import { eraseContact, lookUpContact, type KeptContact } from '../../api/crisisLine.ts'
import { standing } from '../../offline/phone.ts'
import { crisisLineText } from '../../text/crisisLine.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { explain } from '../trouble.ts'
import { ClaimCard } from './ClaimCard.tsx'
import { Facts } from './Facts.tsx'
import { TypeCode } from './TypeCode.tsx'

/** Whoever typed it wrong, used it or came too late hears the same. */
function reasonOf(error: unknown): string {
  const isUnknown = error instanceof ApiProblem && (error.status === 404 || error.status === 422)
  if (isUnknown) return crisisLineText.value.look.unknown
  return explain(error, text.value.trouble) ?? text.value.trouble.server
}

interface EraseProps {
  code: string
  onErased: () => void
}

function Erase({ code, onErased }: EraseProps) {
  const words = crisisLineText.value.look
  const isAsking = useSignal(false)
  const isBusy = useSignal(false)
  const said = useSignal('')
  const erase = async () => {
    isBusy.value = true
    try {
      await eraseContact(code)
      onErased()
      return
    } catch (error) {
      said.value = error instanceof Unreachable ? words.unsure : reasonOf(error)
    }
    isBusy.value = false
    isAsking.value = false
  }
  return (
    <>
      <p role="status">{said.value}</p>
      <Button wide onClick={() => (isAsking.value = true)}>
        {words.erase}
      </Button>
      {isAsking.value && (
        <Dialog open heading={words.eraseHeading} onClose={() => (isAsking.value = false)}>
          <p>{words.eraseText}</p>
          <div class="button-row">
            <Button kind="primary" busy={isBusy.value} onClick={() => void erase()}>
              {words.eraseYes}
            </Button>
            <Button onClick={() => (isAsking.value = false)}>{words.eraseNo}</Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

/** A heading that is read aloud when what it stands over has come. */
function FreshHeading({ children }: { children: string }) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    title.current?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [])
  return (
    <h2 tabIndex={-1} ref={title}>
      {children}
    </h2>
  )
}

type State =
  | { at: 'asking' }
  | { at: 'showing'; code: string; contact: KeptContact }
  | { at: 'erased' }
  | { at: 'claimed' }

function Done({ heading, children }: { heading: string; children: string }) {
  return (
    <>
      <FreshHeading>{heading}</FreshHeading>
      <p>{children}</p>
    </>
  )
}

/** What was written down about a contact: for whoever has its code, with or without a name. Nothing is kept here. */
export function LookPage() {
  const { look: words, claim } = crisisLineText.value
  const state = useSignal<State>({ at: 'asking' })
  const now = state.value
  const open = async (code: string) => {
    try {
      state.value = { at: 'showing', code, contact: (await lookUpContact(code)).contact }
      return null
    } catch (error) {
      return reasonOf(error)
    }
  }
  const again = (
    <Button kind="quiet" onClick={() => (state.value = { at: 'asking' })}>
      {words.other}
    </Button>
  )
  return (
    <Page heading={words.heading}>
      {now.at === 'asking' && (
        <>
          <p>{words.what}</p>
          <TypeCode attempt={open} />
          <p class="quiet">{words.notKept}</p>
        </>
      )}
      {now.at === 'showing' && (
        <>
          <FreshHeading>{words.kept}</FreshHeading>
          <Facts contact={now.contact} />
          <p class="quiet">{words.nothingElse}</p>
          <Erase code={now.code} onErased={() => (state.value = { at: 'erased' })} />
          {standing.value === 'paired' && <ClaimCard code={now.code} onClaimed={() => (state.value = { at: 'claimed' })} />}
          {again}
        </>
      )}
      {now.at === 'erased' && <Done heading={words.erasedHeading}>{words.erased}</Done>}
      {now.at === 'claimed' && (
        <>
          <Done heading={claim.doneHeading}>{claim.done}</Done>
          <p>
            <a class="way-on" href="/henvendelser">
              {claim.toContacts}
            </a>
          </p>
        </>
      )}
    </Page>
  )
}
