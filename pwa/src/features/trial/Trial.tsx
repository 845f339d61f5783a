import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { ApiProblem } from '../../api/client.ts'
import { getTrial, sendTrial, type Trial as Found } from '../../api/trial.ts'
import { trialText } from '../../text/trial.ts'
import { Button } from '../../ui/Button.tsx'
import { stepsOf } from './steps.ts'
import './trial.scss'

const LOOK_AGAIN_MS = 2_000
const LONGEST_LOOK_MS = 60_000

const trial = signal<Found | null>(null)
const trouble = signal<'many' | 'needsNet' | null>(null)
const busy = signal(false)

async function send(): Promise<void> {
  busy.value = true
  trouble.value = null
  try {
    await sendTrial()
    trial.value = (await getTrial()).trial
  } catch (error) {
    trouble.value = error instanceof ApiProblem && error.status === 429 ? 'many' : 'needsNet'
  } finally {
    busy.value = false
  }
}

/** Follows the trial until it is over, a minute at most; without a network what is known stays. */
function useFollowing(): void {
  const since = trial.value?.planned_at
  useEffect(() => {
    if (!since) return
    const started = Date.now()
    const timer = setInterval(() => {
      if (!trial.value || trial.value.over || Date.now() - started > LONGEST_LOOK_MS) return clearInterval(timer)
      getTrial().then(
        (answer) => {
          trial.value = answer.trial
        },
        () => undefined,
      )
    }, LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [since])
}

/** "Send en prøve", and what happened to it at each step. */
export function Trial() {
  const words = trialText.value
  useFollowing()
  return (
    <>
      <Button busy={busy.value} onClick={() => void send()}>
        {busy.value ? words.sending : words.send}
      </Button>
      <div class="trial" role="status">
        {trouble.value && <p class="quiet">{words[trouble.value]}</p>}
        {trial.value && (
          <>
            <p class="quiet">{words.heading}</p>
            <ol class="trial-steps">
              {stepsOf(trial.value, words).map((step) => (
                <li key={step.text} class={step.done ? undefined : 'quiet'}>
                  {step.text}
                </li>
              ))}
            </ol>
          </>
        )}
      </div>
    </>
  )
}
