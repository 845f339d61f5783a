import { useSignal } from '@preact/signals'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { navigate } from '../ui/navigation.ts'
import { say } from './said.ts'

interface EraseForGoodProps {
  words: { erase: string; eraseHeading: string; eraseText: string; eraseYes: string; eraseNo: string; erased: string }
  /** Said where the phone would not do it. */
  failed: string
  erase: () => Promise<boolean>
  /** The page that is shown when it is gone. */
  backTo: string
}

/** Takes something away for good, after one plain question. */
export function EraseForGood({ words, failed, erase, backTo }: EraseForGoodProps) {
  const isAsking = useSignal(false)
  const close = () => (isAsking.value = false)
  const carryOut = async () => {
    if (!(await erase())) {
      close()
      return say(failed)
    }
    navigate(backTo, true)
    say(words.erased)
  }
  return (
    <>
      <Button onClick={() => (isAsking.value = true)}>{words.erase}</Button>
      <Dialog open={isAsking.value} heading={words.eraseHeading} onClose={close}>
        <p>{words.eraseText}</p>
        <div class="button-row">
          <Button onClick={() => void carryOut()}>{words.eraseYes}</Button>
          <Button kind="primary" onClick={close}>
            {words.eraseNo}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
