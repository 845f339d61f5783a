import { useSignal } from '@preact/signals'
import { endStaffPause, type ReminderSettings } from '../../api/citizen.ts'
import { refresh } from '../../offline/phone.ts'
import { language } from '../../text/language.ts'
import { waysText } from '../../text/ways.ts'
import { Button } from '../../ui/Button.tsx'
import { sayDay } from '../../ui/days.ts'
import { changeSettings, outcome } from './settings.ts'

const WEEK_MS = 7 * 24 * 3600 * 1000
const LENGTHS = [1, 2, 4] as const

/** When a pause that begins now ends. */
export function pauseEnds(weeks: number, now: Date): string {
  return new Date(now.getTime() + weeks * WEEK_MS).toISOString()
}

/** A pause that has ended is none, also before the server says so. */
export function stillAhead(until: string | null | undefined, now: Date): string | null {
  return until && new Date(until) > now ? until : null
}

async function resumeForStaff(): Promise<void> {
  outcome.value = null
  try {
    await endStaffPause()
    await refresh()
    outcome.value = 'saved'
  } catch {
    outcome.value = 'needsNet'
  }
}

function Standing({ words, onResume }: { words: string; onResume: () => void }) {
  return (
    <>
      <p role="status">{words}</p>
      <Button onClick={onResume}>{waysText.value.resume}</Button>
    </>
  )
}

function Ask() {
  const words = waysText.value
  const isAsking = useSignal(false)
  const choose = (weeks: number) => {
    isAsking.value = false
    void changeSettings({ paused_until: pauseEnds(weeks, new Date()) })
  }
  if (!isAsking.value)
    return (
      <Button kind="quiet" onClick={() => (isAsking.value = true)}>
        {words.pause}
      </Button>
    )
  return (
    <>
      <p>{words.pauseHow}</p>
      <div class="button-row">
        {LENGTHS.map((weeks) => (
          <Button key={weeks} onClick={() => choose(weeks)}>
            {words.weeks[weeks]}
          </Button>
        ))}
        <Button kind="quiet" onClick={() => (isAsking.value = false)}>
          {words.neverMind}
        </Button>
      </div>
    </>
  )
}

/** The person's own pause, and one that the contact person has set: both can be ended here. */
export function Pause({ settings }: { settings: ReminderSettings }) {
  const words = waysText.value
  const now = new Date()
  const own = stillAhead(settings.paused_until, now)
  const theirs = stillAhead(settings.staff_paused_until, now)
  const day = (instant: string) => sayDay(instant, language.value, now)
  return (
    <>
      {theirs && <Standing words={words.pausedByStaff(day(theirs))} onResume={() => void resumeForStaff()} />}
      {own ? <Standing words={words.pausedOwn(day(own))} onResume={() => void changeSettings({ paused_until: null })} /> : <Ask />}
    </>
  )
}
