import { useSignal } from '@preact/signals'
import type { ComponentChild } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { lockEverywhere, lockState, planOpen } from '../../offline/held.ts'
import { change, lockWith, provePin } from '../../offline/locking.ts'
import { choose, standing, storage } from '../../offline/phone.ts'
import { isShared } from '../../offline/shared.ts'
import { lockText } from '../../text/lock.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { navigate } from '../../ui/navigation.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { say } from '../said.ts'
import { SaidHere } from '../SaidHere.tsx'
import { AskPin } from './AskPin.tsx'
import { NewPin } from './NewPin.tsx'
import { PlanChoice } from './PlanChoice.tsx'

const HERE = '/indstillinger/kode'

/** Says what was done on the page that it led to. */
function goAndSay(words: string): void {
  navigate(HERE, true)
  say(words)
}

function Full() {
  return (
    <Notice role="alert">
      <p>{lockText.value.tries.full}</p>
    </Notice>
  )
}

function Introduction() {
  const words = lockText.value.setUp
  return (
    <>
      <p>{words.what}</p>
      <p>{words.limits}</p>
      <p>{words.tenWrong}</p>
      <p>{standing.value === 'paired' ? words.forgotten : words.forgottenAlone}</p>
    </>
  )
}

/** A new code, and then the one question that only the person can answer. */
function SetUp() {
  const words = lockText.value
  const pin = useSignal<string | null>(null)
  const state = useSignal<'asking' | 'busy' | 'full'>('asking')
  const turnOn = async (mayOpen: boolean) => {
    state.value = 'busy'
    const { outcome } = await lockWith(pin.value as string, mayOpen)
    state.value = outcome === 'full' || outcome === 'stuck' ? 'full' : 'asking'
    if (outcome !== 'right') return
    void choose('lock_answered', true)
    goAndSay(words.manage.turnedOn)
  }
  if (pin.value === null)
    return (
      <Page heading={words.setUp.heading}>
        <Introduction />
        <NewPin button={words.setUp.next} onChosen={(chosen) => (pin.value = chosen)} />
      </Page>
    )
  return (
    <Page key="plan" heading={words.plan.heading}>
      {state.value === 'full' && <Full />}
      <PlanChoice
        now={null}
        button={words.setUp.on}
        busy={{ words: words.setUp.turningOn, on: state.value === 'busy' }}
        onChosen={(mayOpen) => void turnOn(mayOpen)}
      />
    </Page>
  )
}

/** The code as it is now comes first; what follows uses it. */
function AfterPin({ heading, children }: { heading: string; children: (pin: string) => ComponentChild }) {
  const words = lockText.value.manage
  const pin = useSignal<string | null>(null)
  const next = useRef<HTMLDivElement>(null)
  const isRight = pin.value !== null
  useLayoutEffect(() => {
    if (isRight) next.current?.querySelector('input')?.focus()
  }, [isRight])
  return (
    <Page heading={heading}>
      {pin.value === null ? (
        <AskPin
          label={words.current}
          button={words.next}
          busy={words.checking}
          attempt={provePin}
          onRight={(right) => (pin.value = right)}
        />
      ) : (
        <div ref={next}>{children(pin.value)}</div>
      )}
      <p>
        <a class="way-on" href={HERE}>{text.value.cancel}</a>
      </p>
    </Page>
  )
}

type Step = (to: Parameters<typeof change>[1], done: string) => Promise<void>

/** One change of the lock at a time; what could not be stored is said. */
function useChange(pin: string): { isBusy: boolean; isFull: boolean; carryOut: Step } {
  const state = useSignal<'asking' | 'busy' | 'full'>('asking')
  const carryOut: Step = async (to, done) => {
    state.value = 'busy'
    const { outcome } = await change(pin, to)
    state.value = outcome === 'full' || outcome === 'stuck' ? 'full' : 'asking'
    if (outcome === 'right') goAndSay(done)
  }
  return { isBusy: state.value === 'busy', isFull: state.value === 'full', carryOut }
}

function ChangePin({ pin }: { pin: string }) {
  const words = lockText.value.manage
  const { isBusy, isFull, carryOut } = useChange(pin)
  return (
    <>
      {isFull && <Full />}
      <NewPin button={words.save} busy={{ words: words.checking, on: isBusy }} onChosen={(chosen) => void carryOut({ pin: chosen }, words.saved)} />
    </>
  )
}

function ChangePlan({ pin }: { pin: string }) {
  const words = lockText.value
  const { isBusy, isFull, carryOut } = useChange(pin)
  return (
    <>
      {isFull && <Full />}
      <PlanChoice
        now={planOpen.value}
        button={words.plan.save}
        busy={{ words: words.manage.checking, on: isBusy }}
        onChosen={(mayOpen) => void carryOut({ planOpen: mayOpen }, words.manage.planSaved)}
      />
    </>
  )
}

function TurnOff() {
  const words = lockText.value.manage
  return (
    <Page heading={words.off}>
      <p>{words.offText}</p>
      <AskPin
        label={words.current}
        button={words.off}
        busy={words.checking}
        attempt={(pin) => change(pin, 'off')}
        onRight={() => {
          navigate('/indstillinger', true)
          say(words.turnedOff)
        }}
      />
      <p>
        <a class="way-on" href={HERE}>{text.value.cancel}</a>
      </p>
    </Page>
  )
}

function Manage() {
  const words = lockText.value.manage
  return (
    <Page heading={words.heading}>
      <SaidHere />
      <Button kind="primary" wide onClick={() => void lockEverywhere()}>
        {text.value.lock.now}
      </Button>
      <ul class="link-list">
        <li>
          <a href={`${HERE}/ny`}>{words.change}</a>
        </li>
        <li>
          <a href={`${HERE}/plan`}>{words.plan(planOpen.value)}</a>
        </li>
        <li>
          <a href={`${HERE}/fra`}>{words.off}</a>
        </li>
        <li>
          <a href="/indstillinger">{words.back}</a>
        </li>
      </ul>
    </Page>
  )
}

function NotHere() {
  const words = lockText.value
  return (
    <Page heading={words.manage.heading}>
      <p>{words.setUp.notHere}</p>
    </Page>
  )
}

/** Everything about the code in the settings, by address. */
export function CodePages({ here, missing }: { here: string; missing: () => ComponentChild }) {
  const words = lockText.value
  if (isShared.value || storage.value === 'memory') return <NotHere />
  if (lockState.value === 'none') return <SetUp />
  if (here === HERE) return <Manage />
  if (here === `${HERE}/ny`) return <AfterPin key={here} heading={words.manage.change}>{(pin) => <ChangePin pin={pin} />}</AfterPin>
  if (here === `${HERE}/plan`) return <AfterPin key={here} heading={words.plan.heading}>{(pin) => <ChangePlan pin={pin} />}</AfterPin>
  if (here === `${HERE}/fra`) return <TurnOff key={here} />
  return <>{missing()}</>
}
