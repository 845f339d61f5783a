import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { exercisesText } from '../../text/exercises.ts'
import { text } from '../../text/text.ts'
import { Page } from '../../ui/Page.tsx'
import { EndView } from './EndView.tsx'
import type { Exercise } from './exercise.ts'
import { hasWords, useProgress } from './progress.ts'
import { useVoice } from './speech.ts'
import { StepView } from './StepView.tsx'

/** Stopping is as good as going on. */
function Stopped({ isKept }: { isKept: boolean }) {
  const words = exercisesText.value.stopped
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <>
      <h2 tabIndex={-1} ref={heading}>
        {words.heading}
      </h2>
      <p>{words.text}</p>
      {isKept && <p>{words.kept}</p>}
      <div class="button-row">
        <a class="button button-primary" href="/hjaelp">
          {text.value.help}
        </a>
        <a class="button button-secondary" href="/min-plan">
          {words.plan}
        </a>
        <a class="button button-secondary" href="/oevelser">
          {words.other}
        </a>
      </div>
    </>
  )
}

/** An exercise, one step at a time. */
export function PlayerPage({ exercise }: { exercise: Exercise }) {
  const doing = useProgress(exercise)
  const isStopped = useSignal(false)
  const isFlowing = useSignal(false)
  const hasMoved = useSignal(false)
  const isReading = useSignal(false)
  const voice = useVoice()
  const { step: place, written } = doing.value
  const step = exercise.steps[place]
  const goTo = (to: number, byItself = false) => {
    isFlowing.value = byItself
    hasMoved.value = true
    doing.change({ step: to, clock: null })
    scrollTo(0, 0)
  }
  const quit = () => {
    if (hasWords(doing.value)) doing.change({ clock: null })
    else doing.drop()
    isStopped.value = true
    scrollTo(0, 0)
  }
  return (
    <Page heading={exercise.name}>
      {isStopped.value && <Stopped isKept={hasWords(doing.value)} />}
      {!isStopped.value && step && (
        <StepView
          key={step.id}
          exercise={exercise}
          place={place}
          takesFocus={place > 0 || hasMoved.value}
          text={written[step.id] ?? ''}
          onText={(said) => doing.change({ written: { ...written, [step.id]: said } })}
          clock={doing.value.clock}
          onClock={(clock) => doing.change({ clock })}
          isFlowing={isFlowing.value}
          onNext={(byItself) => goTo(place + 1, byItself)}
          onBack={() => goTo(place - 1)}
          onQuit={quit}
          reading={{ voice, isOn: isReading.value, toggle: () => (isReading.value = !isReading.value) }}
        />
      )}
      {!isStopped.value && !step && <EndView exercise={exercise} doing={doing} onBack={() => goTo(exercise.steps.length - 1)} />}
    </Page>
  )
}
