import { choose, records } from '../../offline/phone.ts'
import { reminderState, turnOff } from '../../push/reminders.ts'
import { messagesText } from '../../text/messages.ts'
import { noticesText } from '../../text/notices.ts'
import { text } from '../../text/text.ts'
import { waysText } from '../../text/ways.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { StoredCheckbox } from '../../ui/StoredCheckbox.tsx'
import { Trial } from '../trial/Trial.tsx'
import { AnswerOnNotice } from './AnswerOnNotice.tsx'
import { Pause } from './Pause.tsx'
import { Standing } from './Reminders.tsx'
import { changeSettings, outcome } from './settings.ts'
import { TurnedOffElsewhere } from './TurnedOffElsewhere.tsx'

async function decline(): Promise<void> {
  await choose('reminders_wanted', false)
  await turnOff()
}

const KINDS = ['sessions', 'exercises', 'questionnaires'] as const

function Choices() {
  const words = text.value.reminders
  const settings = records.value.profile?.reminders
  if (!settings) return null
  return (
    <>
      <StoredCheckbox
        id="day-before"
        label={words.dayBefore}
        checked={settings.appointments}
        onChange={(on) => changeSettings({ appointments: on })}
      />
      <StoredCheckbox
        id="week-before"
        label={waysText.value.weekBefore}
        checked={settings.week_before ?? true}
        disabled={!settings.appointments}
        onChange={(on) => changeSettings({ week_before: on })}
      />
      <StoredCheckbox
        id="two-hours"
        label={words.twoHours}
        checked={settings.two_hours_before}
        disabled={!settings.appointments}
        onChange={(on) => changeSettings({ two_hours_before: on })}
      />
      <StoredCheckbox
        id="messages"
        label={messagesText.value.setting}
        checked={settings.messages ?? false}
        onChange={(on) => changeSettings({ messages: on })}
      />
      {KINDS.map((kind) => {
        const isOn = settings[kind]
        // An older server does not know it yet.
        if (isOn === undefined) return null
        return <StoredCheckbox key={kind} id={kind} label={noticesText.value[kind]} checked={isOn} onChange={(on) => changeSettings({ [kind]: on })} />
      })}
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
      <TurnedOffElsewhere />
      <Choices />
      {isOn && <AnswerOnNotice />}
      <p role="status" class="quiet">
        {outcome.value && words[outcome.value]}
      </p>
      {isOn && <Trial />}
      {isOn && (
        <p>
          <Button kind="quiet" onClick={() => void decline()}>
            {words.turnOff}
          </Button>
        </p>
      )}
    </Card>
  )
}
