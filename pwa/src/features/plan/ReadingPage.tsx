import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { planLines, type PlanLine } from '../../offline/plan-store.ts'
import { planText } from '../../text/plan.ts'
import { sectionWords } from '../../text/sections.ts'
import { Button } from '../../ui/Button.tsx'
import { Page } from '../../ui/Page.tsx'
import { LineWords } from './Lines.tsx'
import { actionsOf, stepsOf, type Step } from './steps.ts'

function Card({ line }: { line: PlanLine }) {
  const actions = actionsOf(line, planLines.value)
  return (
    <li class="step-line">
      <LineWords line={line} big />
      {actions.length > 0 && (
        <>
          <p class="quiet">{planText.value.helps}:</p>
          {actions.map((action) => (
            <LineWords key={action.id} line={action} big />
          ))}
        </>
      )}
    </li>
  )
}

/** The heading of a step is read aloud when the step comes. */
function StepHeading({ children, isFirst }: { children: string; isFirst: boolean }) {
  const title = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    if (!isFirst) title.current?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [])
  return (
    <h2 class="step-heading" tabIndex={-1} ref={title}>
      {children}
    </h2>
  )
}

function OpenStep({ step, isFirst }: { step: Step; isFirst: boolean }) {
  return (
    <>
      <StepHeading isFirst={isFirst}>{sectionWords(step.section).name}</StepHeading>
      <ul class="plain-list">
        {step.lines.map((line) => (
          <Card key={line.id} line={line} />
        ))}
      </ul>
    </>
  )
}

function End() {
  const words = planText.value.reading
  return (
    <>
      <StepHeading isFirst={false}>{words.endHeading}</StepHeading>
      <p>{words.end}</p>
      <p>
        <a class="help-link help-link-wide" href="/hjaelp">
          {words.help}
        </a>
      </p>
    </>
  )
}

function Steps({ steps }: { steps: readonly Step[] }) {
  const words = planText.value.reading
  const at = useSignal(0)
  const hasMoved = useSignal(false)
  const step = steps[at.value]
  const go = (place: number) => {
    hasMoved.value = true
    at.value = place
  }
  return (
    <>
      {step && <p class="quiet">{words.at(at.value + 1, steps.length)}</p>}
      {step ? <OpenStep key={step.section} step={step} isFirst={!hasMoved.value} /> : <End />}
      <div class="step-buttons">
        <Button kind="primary" wide onClick={() => go(step ? at.value + 1 : 0)}>
          {step ? words.next : words.again}
        </Button>
        {at.value > 0 && (
          <Button wide onClick={() => go(Math.min(at.value, steps.length) - 1)}>
            {words.back}
          </Button>
        )}
      </div>
    </>
  )
}

/** One step of the plan at a time, large, for somebody who cannot take in more. */
export function ReadingPage() {
  const words = planText.value
  const steps = stepsOf(planLines.value)
  return (
    <Page heading={words.steps}>
      {steps.length > 0 ? <Steps steps={steps} /> : <p>{words.reading.nothing}</p>}
      <p>
        <a class="row-link" href="/min-plan">
          {words.reading.whole}
        </a>
      </p>
    </Page>
  )
}
