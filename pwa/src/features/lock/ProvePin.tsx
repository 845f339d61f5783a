import { provePin } from '../../offline/locking.ts'
import { lockText } from '../../text/lock.ts'
import { AskPin } from './AskPin.tsx'

/** Asks for the code once more, before something leaves the app. */
export function ProvePin({ onRight }: { onRight: () => void }) {
  const words = lockText.value
  return (
    <>
      <p>{words.prove.why}</p>
      <AskPin label={words.locked.code} button={words.prove.button} busy={words.manage.checking} attempt={provePin} onRight={onRight} />
    </>
  )
}
