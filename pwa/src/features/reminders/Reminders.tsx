import { signal } from '@preact/signals'
import { choose, records } from '../../offline/phone.ts'
import { isShared } from '../../offline/shared.ts'
import { reminderBusy, reminderSilent, reminderState, renew, turnOff, turnOn } from '../../push/reminders.ts'
import { text } from '../../text/text.ts'
import { waysText } from '../../text/ways.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Checkbox } from '../../ui/Field.tsx'
import { AppleSteps } from '../install/InstallGuide.tsx'
import { AnswerOnNotice } from './AnswerOnNotice.tsx'
import { Trial } from '../trial/Trial.tsx'
import { Pause } from './Pause.tsx'
import { changeSettings, outcome } from './settings.ts'

/** Said on the first page until the app is closed; after that the card is not needed any more. */
const justTurnedOn = signal(false)

async function accept(): Promise<void> {
  if ((await turnOn()) !== 'on') return
  justTurnedOn.value = true
  await choose('reminders_wanted', true)
}

async function decline(): Promise<void> {
  await choose('reminders_wanted', false)
  await turnOff()
}

function Offer() {
  const words = text.value.reminders
  const hasFailed = reminderState.value === 'failed'
  return (
    <>
      <p>{words.explain}</p>
      {hasFailed && <p role="status">{words.failed}</p>}
      <Button kind="primary" wide busy={reminderBusy.value} onClick={() => void accept()}>
        {reminderBusy.value ? words.turningOn : words.turnOn}
      </Button>
    </>
  )
}

/** Reminders are on, and yet the last ones were not shown here: said plainly, with the one thing that may help. */
function Silent() {
  const words = text.value.reminders
  return (
    <>
      <p role="status">{words.silent}</p>
      <p>{words.silentHow}</p>
      <Button kind="primary" wide busy={reminderBusy.value} onClick={() => void renew()}>
        {reminderBusy.value ? words.turningOn : words.renew}
      </Button>
    </>
  )
}

/** What holds on this phone, and the next step from there. */
function Standing() {
  const words = text.value.reminders
  const state = reminderState.value
  if (state === 'on' && reminderSilent.value) return <Silent />
  if (state === 'on') return <p role="status">{words.on}</p>
  if (state === 'old') return <p>{words.old}</p>
  if (state === 'refused')
    return (
      <>
        <p role="status">{words.refused}</p>
        <p>{words.refusedHow}</p>
      </>
    )
  if (state === 'install')
    return (
      <>
        <p>{words.install}</p>
        <AppleSteps />
      </>
    )
  return <Offer />
}

/** On the first page, until reminders are on. */
export function RemindersCard() {
  const isFine = reminderState.value === 'on' && !justTurnedOn.value && !reminderSilent.value
  if (isShared.value || isFine) return null
  return (
    <Card heading={text.value.reminders.heading}>
      <Standing />
    </Card>
  )
}

function Choices() {
  const words = text.value.reminders
  const settings = records.value.profile?.reminders
  if (!settings) return null
  return (
    <>
      <Checkbox
        id="day-before"
        label={words.dayBefore}
        checked={settings.appointments}
        onChange={(on) => void changeSettings({ appointments: on })}
      />
      <Checkbox
        id="week-before"
        label={waysText.value.weekBefore}
        checked={settings.week_before ?? true}
        disabled={!settings.appointments}
        onChange={(on) => void changeSettings({ week_before: on })}
      />
      <Checkbox
        id="two-hours"
        label={words.twoHours}
        checked={settings.two_hours_before}
        disabled={!settings.appointments}
        onChange={(on) => void changeSettings({ two_hours_before: on })}
      />
      <Pause settings={settings} />
    </>
  )
}

/** Everything about reminders, under Indstillinger. */
export function ReminderSection() {
  const words = text.value.reminders
  const isOn = reminderState.value === 'on'
  return (
    <Card heading={words.heading}>
      <Standing />
      <p class="quiet">{words.staffSee}</p>
      <Choices />
      {isOn && <AnswerOnNotice />}
      <p role="status" class="quiet">
        {outcome.value && words[outcome.value]}
      </p>
      {isOn && <Trial />}
      {isOn && (
        <div class="button-row">
          <Button kind="quiet" onClick={() => void decline()}>
            {words.turnOff}
          </Button>
        </div>
      )}
    </Card>
  )
}
