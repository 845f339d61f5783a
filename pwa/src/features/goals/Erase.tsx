import { useSignal } from '@preact/signals'
import { standing } from '../../offline/phone.ts'
import { goalsText } from '../../text/goals.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { say } from '../said.ts'
import { eraseWords } from './erasing.ts'

interface EraseProps {
  /** The words that go, for who cannot see which button it is. */
  of: string
  /** False: the phone would not store it. */
  act: () => Promise<boolean>
  after?: () => void
  /** Somebody was told, and may get in touch all the same. */
  mayCall?: boolean
}

/** Takes own words away for good, after one plain question. */
export function Erase({ of, act, after, mayCall = false }: EraseProps) {
  const words = goalsText.value
  const isAsking = useSignal(false)
  const erase = async () => {
    const isGone = await act()
    isAsking.value = false
    if (isGone) after?.()
    say(isGone ? words.erase.done : words.notSaved)
  }
  return (
    <>
      <Button kind="quiet" label={words.erase.buttonNamed(of)} onClick={() => (isAsking.value = true)}>
        {words.erase.button}
      </Button>
      <Dialog open={isAsking.value} heading={words.erase.heading} onClose={() => (isAsking.value = false)}>
        {eraseWords(words.erase, standing.value === 'paired', mayCall).map((each) => (
          <p key={each}>{each}</p>
        ))}
        <div class="button-row">
          <Button onClick={() => void erase()}>{words.erase.yes}</Button>
          <Button kind="primary" onClick={() => (isAsking.value = false)}>
            {words.erase.no}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
