import { useSignal } from '@preact/signals'
import { Button } from '../ui/Button.tsx'
import { NobodyReads } from './NobodyReads.tsx'
import { canTell, hasNobody } from './readers.ts'
import { say } from './said.ts'

interface OfferOneProps {
  /** Whether the contact person can see it; `sent`: from when it has been sent. */
  seen: boolean | 'sent'
  words: {
    seen: { no: string; yes: string; sent: string }
    share: string
    stop: string
    needsNet: string
    changedOn: string
    changedOff: string
  }
  /** False: nothing was changed. */
  change: (given: boolean) => Promise<boolean>
}

/** Who sees one thing that a person wrote, and how to change it: at once or not at all. */
export function OfferOne({ seen, words, change }: OfferOneProps) {
  const isBusy = useSignal(false)
  const turn = async () => {
    isBusy.value = true
    const isDone = await change(!seen)
    isBusy.value = false
    say(isDone ? (seen ? words.changedOff : words.changedOn) : words.needsNet)
  }
  return (
    <>
      {!(seen && hasNobody()) && <p class="state">{words.seen[seen === 'sent' ? 'sent' : seen ? 'yes' : 'no']}</p>}
      {hasNobody() && <NobodyReads />}
      {(canTell() || (seen && hasNobody())) && (
        <p>
          <Button busy={isBusy.value} onClick={() => void turn()}>
            {seen ? words.stop : words.share}
          </Button>
        </p>
      )}
    </>
  )
}
