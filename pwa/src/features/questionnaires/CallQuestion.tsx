import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { isCallSent, wishCall, type Result } from '../../offline/measure-store.ts'
import { records } from '../../offline/phone.ts'
import { questionnairesText } from '../../text/questionnaires.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { readerName } from '../readers.ts'
import { say } from '../said.ts'
import { askNoMore, mayAsk } from './wish.ts'

/** Where it takes the place of what was pressed, it takes the focus as well, and so is read aloud. */
function Notice({ takesFocus, children }: { takesFocus: boolean; children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (takesFocus) place.current?.focus({ preventScroll: true })
  }, [takesFocus])
  return (
    <div class="notice" tabIndex={-1} ref={place}>
      {children}
    </div>
  )
}

function Question({ result, onAnswer }: { result: Result; onAnswer: (said: 'yes' | 'no') => void }) {
  const words = questionnairesText.value
  const isBusy = useSignal(false)
  const name = readerName(records.value.profile)
  const yes = async () => {
    isBusy.value = true
    const isKept = await wishCall(result.id)
    isBusy.value = false
    if (!isKept) return say(words.form.notSaved)
    onAnswer('yes')
  }
  return (
    <Card heading={words.call.heading}>
      <p>{words.call.text}</p>
      <p>{name ? words.call.what(name) : words.call.whatNobody}</p>
      <p>{words.call.noAnswers}</p>
      <div class="button-row">
        <Button kind="primary" busy={isBusy.value} onClick={() => void yes()}>
          {words.call.yes}
        </Button>
        <Button onClick={() => onAnswer('no')}>{words.call.no}</Button>
      </div>
      <p class="quiet">{words.call.nobodyNow}</p>
    </Card>
  )
}

/** That a call was asked for; a message takes it back. */
function Wished({ result, takesFocus }: { result: Result; takesFocus: boolean }) {
  const words = questionnairesText.value.call
  return (
    <Notice takesFocus={takesFocus}>
      <p>{words.wished}</p>
      <p role="status">{isCallSent(result.id) ? words.sent : words.waits}</p>
      <p>
        <a class="way-on" href="/beskeder/ny">
          {words.number}
        </a>
      </p>
      <p>{words.nobodyNow}</p>
    </Notice>
  )
}

/** The question after a low score, and that somebody has asked for a call. A no is told to nobody. */
export function CallQuestion({ result }: { result: Result }) {
  const words = questionnairesText.value.call
  const answered = useSignal<'yes' | 'no' | null>(null)
  if (!answered.value && mayAsk(result)) {
    return (
      <Question
        result={result}
        onAnswer={(said) => {
          answered.value = said
          askNoMore()
        }}
      />
    )
  }
  if (result.call_wished) return <Wished result={result} takesFocus={answered.value === 'yes'} />
  if (answered.value !== 'no') return null
  return (
    <Notice takesFocus>
      <p>{words.noSaid}</p>
    </Notice>
  )
}
