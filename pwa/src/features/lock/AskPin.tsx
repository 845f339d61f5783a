import { useSignal, type Signal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { TRIES_AT_MOST, type Answer } from '../../offline/locking.ts'
import { digitsOf } from '../../offline/pin.ts'
import { lockText } from '../../text/lock.ts'
import { Button } from '../../ui/Button.tsx'
import { PinField } from './PinField.tsx'
import { sayWait, useWait } from './wait.ts'

const FIELD = 'pin'
/** Before that, a slip of the finger is no reason to speak of what could be lost. */
const WORTH_SAYING = TRIES_AT_MOST / 2

interface AskPinProps {
  label: string
  button: string
  busy: string
  /** What the code is for; a wrong one counts wherever it is typed. */
  attempt: (pin: string) => Promise<Answer>
  onRight?: (pin: string) => void
}

function useAttempt({ attempt, onRight }: AskPinProps, typed: Signal<string>) {
  const words = lockText.value.tries
  const error = useSignal<string | null>(null)
  const isBusy = useSignal(false)
  const wait = useWait()
  const tell = (answer: Answer | null) => {
    if (answer === null || answer.outcome === 'stuck') error.value = lockText.value.locked.stuck
    if (answer?.outcome === 'full') error.value = words.full
    if (answer?.outcome === 'wrong') {
      wait.left.value = answer.left
      error.value = answer.left <= WORTH_SAYING ? `${words.wrong} ${words.left(answer.left)}` : words.wrong
    }
    if (answer?.outcome === 'wrong' || answer?.outcome === 'wait') wait.wait(answer.until)
  }
  const submit = async () => {
    const pin = digitsOf(typed.value)
    error.value = pin === '' ? words.nothing : null
    if (pin !== '') {
      isBusy.value = true
      // A store that does not answer is said; it never leaves a button that does nothing.
      const answer = await attempt(pin).catch(() => null)
      typed.value = ''
      tell(answer)
      isBusy.value = false
      if (answer?.outcome === 'right') return onRight?.(pin)
    }
    if (error.value) document.getElementById(FIELD)?.focus()
  }
  return { error, isBusy, submit, ...wait }
}

/** Takes the focus along when the field gives way to the wait and comes back; leaves it where somebody has put it. */
function useFocusAlong(isWaiting: boolean) {
  const status = useRef<HTMLDivElement>(null)
  const wasWaiting = useRef<boolean | null>(null)
  useLayoutEffect(() => {
    const before = wasWaiting.current
    wasWaiting.current = isWaiting
    if (before === null || before === isWaiting) return
    const isFree = document.activeElement === document.body || status.current?.contains(document.activeElement)
    if (isWaiting) status.current?.focus({ preventScroll: true })
    else if (isFree) document.getElementById(FIELD)?.focus({ preventScroll: true })
  }, [isWaiting])
  return status
}

/** Asks for the code; says calmly when it is wrong and how long to wait. */
export function AskPin(props: AskPinProps) {
  const words = lockText.value.tries
  const typed = useSignal('')
  const { error, isBusy, submit, rest, left } = useAttempt(props, typed)
  const hasWaited = useSignal(false)
  const isWaiting = rest.value > 0
  useEffect(() => {
    if (!isWaiting) return
    hasWaited.value = true
    // What was wrong before the wait is not wrong any more after it.
    error.value = null
  }, [isWaiting])
  const status = useFocusAlong(isWaiting)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy.value && !isWaiting) void submit()
      }}
    >
      <div role="status" tabIndex={-1} ref={status} class={isWaiting ? 'notice' : undefined}>
        {/* The seconds are there to be looked at; they are not read aloud one by one. */}
        {isWaiting && <p role="timer">{sayWait(rest.value)}</p>}
        {isWaiting && <p>{words.left(left.value)}</p>}
        {isWaiting && <p>{words.helpWorks}</p>}
        {!isWaiting && hasWaited.value && !error.value && <p>{words.ready}</p>}
      </div>
      {!isWaiting && (
        <>
          <PinField id={FIELD} label={props.label} error={error.value ?? undefined} value={typed.value} onInput={(value) => (typed.value = value)} />
          <Button kind="primary" type="submit" wide busy={isBusy.value}>
            {isBusy.value ? props.busy : props.button}
          </Button>
        </>
      )}
    </form>
  )
}
