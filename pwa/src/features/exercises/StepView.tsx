import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { exercisesText } from '../../text/exercises.ts'
import { language } from '../../text/language.ts'
import { Button } from '../../ui/Button.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import type { Clock } from './countdown.ts'
import type { Exercise } from './exercise.ts'
import type { Step } from './library.ts'
import { LONGEST } from './progress.ts'
import { Breathe, Timer } from './Running.tsx'
import { useReading } from './speech.ts'

interface StepViewProps {
  exercise: Exercise
  place: number
  /** Not where the exercise begins: the page's own heading has the focus there. */
  takesFocus: boolean
  text: string
  onText: (words: string) => void
  clock: Clock | null
  onClock: (clock: Clock) => void
  /** The time of the step before ran out by itself. */
  isFlowing: boolean
  /** `byItself`: its time ran out. */
  onNext: (byItself: boolean) => void
  onBack: () => void
  onQuit: () => void
  reading: { voice: SpeechSynthesisVoice | null; isOn: boolean; toggle: () => void }
}

function ReadAloud({ reading }: Pick<StepViewProps, 'reading'>) {
  const words = exercisesText.value.player
  if (!reading.voice) return null
  return (
    <div>
      <Button kind="quiet" describedBy="read-aloud-hint" onClick={reading.toggle}>
        {reading.isOn ? words.silent : words.read}
      </Button>
      <p class="quiet" id="read-aloud-hint">
        {words.readHint}
      </p>
    </div>
  )
}

const isTimed = (step: Step | undefined) => step?.kind === 'timer' || step?.kind === 'breathe'

/** One step, and nothing else on the page: its words, what it does, and the ways on, back and out. */
export function StepView(props: StepViewProps) {
  const { exercise, place, reading, isFlowing: startNow, clock, onClock } = props
  const words = exercisesText.value
  const step = exercise.steps[place] as Step
  const said = step.words[language.value]
  const isTooLong = useSignal(false)
  const box = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    if (props.takesFocus) box.current?.focus({ preventScroll: true })
  }, [])
  useReading(reading.isOn ? reading.voice : null, said)
  const where = words.player.place(place + 1, exercise.steps.length)
  const isLast = place + 1 === exercise.steps.length
  const isOver = useSignal(!isTimed(step))
  // One time after the other goes by itself: eyes may be shut.
  const onOver = () => (isTimed(exercise.steps[place + 1]) ? props.onNext(true) : void (isOver.value = true))
  const next = () => {
    isTooLong.value = props.text.trim().length > LONGEST
    if (isTooLong.value) return document.getElementById('exercise-text')?.focus()
    props.onNext(false)
  }
  return (
    <section class="exercise-step" tabIndex={-1} ref={box} aria-label={step.kind === 'field' ? where : `${where}. ${said}`}>
      {exercise.steps.length > 1 && <p class="quiet">{where}</p>}
      {step.kind !== 'field' && <p class="exercise-words">{said}</p>}
      {step.kind === 'timer' && <Timer {...{ step, startNow, onOver, clock, onClock }} />}
      {step.kind === 'breathe' && <Breathe {...{ step, startNow, onOver, clock, onClock }} voice={reading.isOn ? reading.voice : null} />}
      {step.kind === 'field' && (
        <FreeText
          id="exercise-text"
          label={said}
          hint={step.hint?.[language.value]}
          rows={step.lines ?? 3}
          error={isTooLong.value ? words.end.tooLong : undefined}
          value={props.text}
          onInput={props.onText}
        />
      )}
      {exercise.stop && <p class="exercise-stop">{exercise.stop}</p>}
      <Button kind={isOver.value ? 'primary' : 'secondary'} wide onClick={next}>
        {isLast ? words.player.finish : words.player.next}
      </Button>
      <div class="button-row">
        {place > 0 && <Button onClick={props.onBack}>{words.player.back}</Button>}
        <Button onClick={props.onQuit}>{words.player.quit}</Button>
      </div>
      <ReadAloud reading={reading} />
    </section>
  )
}
