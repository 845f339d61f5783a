import { useComputed, useSignal, type Signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { TRIES_AT_MOST, whenToTry, type Answer } from '../../offline/locking.ts'
import { digitsOf } from '../../offline/pin.ts'
import { lockText } from '../../text/lock.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
/** Before that, a slip of the finger is no reason to speak of what could be lost. */
const WORTH_SAYING = TRIES_AT_MOST / 2

/** A code as it is typed: digits, hidden, remembered by nobody. */
export function PinField(props: { id: string; label: string; hint?: string; error?: string | undefined; value: string; onInput: (value: string) => void }) {
  return <TextField {...props} type="password" autocomplete="off" inputAttributes={{ inputMode: 'numeric', maxLength: 40 }} />
}

function inWords(milliseconds: number): string {
  const words = lockText.value.tries
  if (milliseconds > MINUTE_MS) return words.minutes(Math.ceil(milliseconds / MINUTE_MS))
  return words.seconds(Math.ceil(milliseconds / SECOND_MS))
}

/** How long somebody still has to wait; 0 when a code can be tried. */
function useWait() {
  const until = useSignal(0)
  const left = useSignal(TRIES_AT_MOST)
  const now = useSignal(Date.now())
  const rest = useComputed(() => Math.max(0, until.value - now.value))
  useEffect(() => {
    void whenToTry().then((told) => {
      now.value = Date.now()
      until.value = told.until
      left.value = told.left
    })
    const timer = setInterval(() => (now.value = Date.now()), SECOND_MS)
    return () => clearInterval(timer)
  }, [])
  const wait = (time: number) => {
    now.value = Date.now()
    until.value = time
  }
  return { rest, left, wait }
}

function Waiting({ rest, left }: { rest: number; left: number }) {
  const words = lockText.value.tries
  return (
    <div class="notice">
      <p>{words.wait(inWords(rest))}</p>
      <p>{words.left(left)}</p>
      <p>{words.helpWorks}</p>
    </div>
  )
}

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
  const tell = (answer: Answer) => {
    if (answer.outcome === 'full') error.value = words.full
    if (answer.outcome === 'wrong') {
      wait.left.value = answer.left
      error.value = answer.left <= WORTH_SAYING ? `${words.wrong} ${words.left(answer.left)}` : words.wrong
    }
    if (answer.outcome === 'wrong' || answer.outcome === 'wait') wait.wait(answer.until)
  }
  const submit = async () => {
    const pin = digitsOf(typed.value)
    error.value = pin === '' ? words.nothing : null
    if (pin !== '') {
      isBusy.value = true
      const answer = await attempt(pin)
      typed.value = ''
      tell(answer)
      isBusy.value = false
      if (answer.outcome === 'right') return onRight?.(pin)
    }
    if (error.value) document.getElementById(FIELD)?.focus()
  }
  return { error, isBusy, submit, ...wait }
}

const FIELD = 'pin'

/** Asks for the code; says calmly when it is wrong and how long to wait. */
export function AskPin(props: AskPinProps) {
  const typed = useSignal('')
  const { error, isBusy, submit, rest, left } = useAttempt(props, typed)
  const hasWaited = useSignal(false)
  if (rest.value > 0) {
    hasWaited.value = true
    return <Waiting rest={rest.value} left={left.value} />
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy.value) void submit()
      }}
    >
      <p role="status">{hasWaited.value && !error.value && lockText.value.tries.ready}</p>
      <PinField id={FIELD} label={props.label} error={error.value ?? undefined} value={typed.value} onInput={(value) => (typed.value = value)} />
      <Button kind="primary" type="submit" wide busy={isBusy.value}>
        {isBusy.value ? props.busy : props.button}
      </Button>
    </form>
  )
}
