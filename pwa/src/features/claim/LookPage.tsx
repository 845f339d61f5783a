import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { Unreachable } from '../../api/client.ts'
import { eraseContact, lookUpContact, type KeptContact } from '../../api/crisisLine.ts'
import { standing } from '../../offline/phone.ts'
import { crisisLineText } from '../../text/crisisLine.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { ClaimCard, ClaimPreview } from './ClaimCard.tsx'
import { Facts } from './Facts.tsx'
import { whenHiddenLong } from './hidden.ts'
import { reasonOf } from './trouble.ts'
import { TypeCode } from './TypeCode.tsx'

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
            <Button busy={isBusy.value} onClick={() => void erase()}>
              {words.eraseYes}
            </Button>
            <Button kind="primary" onClick={() => (isAsking.value = false)}>
              {words.eraseNo}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

/** A heading that is read aloud when what it stands over has come. */
function FreshHeading({ children }: { children: string }) {
  const title = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
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
  | { at: 'showing' | 'claiming'; code: string; contact: KeptContact }
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

interface ShownProps {
  code: string
  contact: KeptContact
  go: (state: State) => void
}

function Shown({ code, contact, go }: ShownProps) {
  const words = crisisLineText.value.look
  return (
    <>
      <FreshHeading>{words.kept}</FreshHeading>
      <Facts contact={contact} />
      <p class="quiet">{words.nothingElse}</p>
      <Erase code={code} onErased={() => go({ at: 'erased' })} />
      {standing.value === 'paired' && <ClaimCard code={code} onPreview={(seen) => go({ at: 'claiming', code, contact: seen })} />}
      <Button kind="quiet" onClick={() => go({ at: 'asking' })}>
        {words.other}
      </Button>
    </>
  )
}

/** What was written down about a contact: for whoever has its code, with or without a name. Nothing is kept here. */
export function LookPage() {
  const { look: words, claim } = crisisLineText.value
  const state = useSignal<State>({ at: 'asking' })
  const now = state.value
  const go = (next: State) => (state.value = next)
  useEffect(() => whenHiddenLong(() => go({ at: 'asking' })), [])
  const open = async (code: string) => {
    try {
      go({ at: 'showing', code, contact: (await lookUpContact(code)).contact })
      return null
    } catch (error) {
      return reasonOf(error)
    }
  }
  return (
    <Page heading={words.heading}>
      {now.at === 'asking' && (
        <>
          <p>{words.what}</p>
          <TypeCode attempt={open} />
          <p class="quiet">{words.notKept}</p>
        </>
      )}
      {now.at === 'showing' && <Shown code={now.code} contact={now.contact} go={go} />}
      {now.at === 'claiming' && (
        <>
          <FreshHeading key="preview">{claim.preview}</FreshHeading>
          <ClaimPreview
            code={now.code}
            contact={now.contact}
            onClaimed={() => go({ at: 'claimed' })}
            onNo={() => go({ ...now, at: 'showing' })}
          />
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
