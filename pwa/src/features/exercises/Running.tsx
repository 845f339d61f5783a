import { useLayoutEffect, useRef } from 'preact/hooks'
import { exercisesText } from '../../text/exercises.ts'
import { Button } from '../../ui/Button.tsx'
import { breathAt, timeLeft, useCountdown, type Clock, type Countdown } from './countdown.ts'
import type { Step } from './library.ts'
import { useReading } from './speech.ts'
import { useWakeLock } from './wakeLock.ts'

interface RunningProps {
  step: Step
  /** Another one has just run out before it: it goes on by itself. */
  startNow: boolean
  onOver: () => void
  clock: Clock | null
  onClock: (clock: Clock) => void
}

/** The button goes when the time is over; had it the focus, the words that stand there now take it. */
function useFocusAtTheEnd(isOver: boolean) {
  const words = useRef<HTMLParagraphElement>(null)
  useLayoutEffect(() => {
    if (isOver && document.activeElement === document.body) words.current?.focus({ preventScroll: true })
  }, [isOver])
  return words
}

function StartOrPause({ clock }: { clock: Countdown }) {
  const words = exercisesText.value.player
  if (clock.isOver) return null
  return (
    <Button kind={clock.isRunning ? 'secondary' : 'primary'} wide onClick={clock.toggle}>
      {clock.isRunning ? words.pause : clock.hasBegun ? words.goOn : words.run}
    </Button>
  )
}

/** A time that runs out: it can be paused, and left. */
export function Timer({ step, startNow, onOver, clock: kept, onClock: keep }: RunningProps) {
  const words = exercisesText.value.player
  const seconds = step.seconds ?? 0
  const clock = useCountdown(seconds, startNow, onOver, { clock: kept, keep })
  const atTheEnd = useFocusAtTheEnd(clock.isOver)
  useWakeLock(clock.isRunning, seconds)
  return (
    <div class="exercise-timer">
      <progress class="exercise-bar" max={seconds} value={clock.passed} aria-hidden="true" />
      {!clock.isOver && (
        <p class="exercise-left" role="timer">
          {words.left(timeLeft(seconds, clock.passed))}
        </p>
      )}
      <p role="status" tabIndex={-1} ref={atTheEnd} class={clock.isOver ? '' : 'said-nothing'}>
        {clock.isOver && words.over}
      </p>
      <StartOrPause clock={clock} />
    </div>
  )
}

interface BreatheProps extends RunningProps {
  voice: SpeechSynthesisVoice | null
}

/** A circle that grows and shrinks with the breath, and the words for whoever does not look or wants no motion. */
export function Breathe({ step, startNow, onOver, clock: kept, onClock: keep, voice }: BreatheProps) {
  const words = exercisesText.value.player
  const { seconds = 0, seconds_out: secondsOut = 0, rounds = 1 } = step
  const whole = (seconds + secondsOut) * rounds
  const clock = useCountdown(whole, startNow, onOver, { clock: kept, keep })
  const { phase, round, count } = breathAt(clock.passed, seconds, secondsOut, rounds)
  const atTheEnd = useFocusAtTheEnd(clock.isOver)
  useWakeLock(clock.isRunning, whole)
  useReading(clock.isRunning ? voice : null, words[phase])
  const isMoving = clock.isRunning
  return (
    <div class="exercise-timer">
      <div class="breath-room">
        <div
          class={isMoving && phase === 'in' ? 'breath breath-in' : 'breath'}
          style={{ transitionDuration: `${phase === 'in' ? seconds : secondsOut}s` }}
          aria-hidden="true"
        />
        <p class="breath-word" role="status" tabIndex={-1} ref={atTheEnd}>
          {isMoving ? words[phase] : clock.isOver ? words.breathsOver : ''}
        </p>
        {isMoving && (
          <p class="breath-count" aria-hidden="true">
            {count}
          </p>
        )}
      </div>
      <p class="exercise-left">{words.round(round, rounds)}</p>
      <StartOrPause clock={clock} />
    </div>
  )
}
