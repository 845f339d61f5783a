import { useState } from 'preact/hooks'
import { makeClaimCode } from '../../api/staffDesk'
import { explain } from '../../api/staffProblems'
import { deskText } from '../../text/desk'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'

/** A code that is read aloud: with it the person can read, erase or claim this one contact. */
export function ClaimCode({ contactId, isKnown }: { contactId: string; isKnown: boolean }) {
  const words = deskText().claim
  const [code, setCode] = useState<string | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const make = async () => {
    setBusy(true)
    setTrouble(null)
    await makeClaimCode(contactId).then(
      (answer) => setCode(answer.code),
      (error: unknown) => setTrouble(explain(error, staffText()).message ?? null),
    )
    setBusy(false)
  }
  return (
    <section aria-labelledby="desk-claim">
      <h2 id="desk-claim">{words.title}</h2>
      <p class="quiet">{words.lead}</p>
      <div role="status">
        {code && (
          <div class="pairing">
            <p class="pairing-code" aria-label={[...code].join(' ')}>
              {code}
            </p>
            <p>{words.shown}</p>
          </div>
        )}
        {trouble && <Notice role="note">{<p>{trouble}</p>}</Notice>}
      </div>
      {isKnown ? (
        <Button busy={busy} onClick={() => void make()}>
          {code ? words.again : words.make}
        </Button>
      ) : (
        <p>{words.later}</p>
      )}
    </section>
  )
}
