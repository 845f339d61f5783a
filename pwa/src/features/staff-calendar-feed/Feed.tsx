import { useState } from 'preact/hooks'
import { written } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import { endFeed, getFeed, makeFeed } from '../../api/staffSheets'
import { language } from '../../text/language'
import { sheetsText } from '../../text/sheets'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { Copy } from '../../ui/Copy'
import { sayWhen } from '../../ui/days'
import { sayDone } from '../../ui/flash'
import { LoadState } from '../../ui/LoadState'
import { Notice } from '../../ui/Notice'
import { useResource } from '../../ui/resource'

/** A secret address that the counsellor's own calendar can follow. */
export function Feed() {
  const text = staffText()
  const words = sheetsText().feed
  const [address, setAddress] = useState<string | null>(null)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const found = useResource('calendar-feed', written.value, getFeed)
  const attempt = async (work: () => Promise<string | null>) => {
    setBusy(true)
    try {
      setAddress(await work())
      setTrouble(undefined)
    } catch (error) {
      setTrouble(explain(error, text).message)
    }
    setBusy(false)
  }
  const stop = async () => {
    await endFeed()
    sayDone(words.stopped)
    return null
  }
  return (
    <section>
      <h2>{words.heading}</h2>
      <p>{words.how}</p>
      <p>{words.what}</p>
      <p>{words.secret}</p>
      {address && <Made address={address} />}
      {trouble && (
        <Notice>
          <p>{trouble}</p>
        </Notice>
      )}
      {found.data ? (
        <>
          {!address && (
            <p class="quiet">
              {found.data.created_at ? words.on(sayWhen(found.data.created_at, language.value, new Date())) : words.off}
            </p>
          )}
          <div class="form-actions">
            <Button busy={busy} onClick={() => void attempt(async () => (await makeFeed()).address)}>
              {found.data.active ? words.renew : words.make}
            </Button>
            {found.data.active && (
              <Button kind="quiet" busy={busy} onClick={() => void attempt(stop)}>
                {words.stop}
              </Button>
            )}
          </div>
        </>
      ) : (
        <LoadState
          loading={text.loading}
          trouble={found.error ? explain(found.error, text).message : undefined}
          retry={{ label: text.problem.retry, act: found.reload }}
        />
      )}
    </section>
  )
}

function Made({ address }: { address: string }) {
  const words = sheetsText().feed
  return (
    <dl class="once">
      <dt>{words.made}</dt>
      <dd>
        <code>{address}</code>
        <Copy text={address} label={words.copy} done={words.copied} />
      </dd>
    </dl>
  )
}
