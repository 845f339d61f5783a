import { useSignal } from '@preact/signals'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { askedAgain, putAway } from './heldBack.ts'
import { changeSettings } from './settings.ts'

/** An "on" of the person did not hold: told in plain words, with one tap to say it again. */
export function TurnedOffElsewhere() {
  const words = text.value.reminders
  const isOnAgain = useSignal(false)
  const wanted = askedAgain()
  const turnOnAgain = async () => {
    isOnAgain.value = wanted !== null && (await changeSettings(wanted))
  }
  return (
    <div role="status" class={wanted ? 'notice' : undefined}>
      {!wanted && isOnAgain.value && <p class="quiet">{words.saved}</p>}
      {wanted && (
        <>
          <p>{words.elsewhere}</p>
          <Button kind="primary" wide onClick={() => void turnOnAgain()}>
            {words.onAgain}
          </Button>
          <Button wide onClick={putAway}>
            {words.stayOff}
          </Button>
        </>
      )}
    </div>
  )
}
