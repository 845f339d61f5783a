import { useState } from 'preact/hooks'
import { ApiProblem } from '../../api/client'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { sayNearDate, sayTime } from '../../ui/days'
import { TextField } from '../../ui/Field'
import type { FormState } from '../../ui/form'
import { Notice } from '../../ui/Notice'
import { type Slot, skipAlso, skipped, timeOf } from './booking'

/** What stands in the way: a colleague who is taken, or single dates of a series. */
export interface Clash {
  /** The colleague's other appointments at that time, as far as one may know of them. */
  taken: string[]
  /** The dates of a series that cannot be booked. */
  dates: string[]
}

/** Reads what the server said stands in the way; null if the refusal was about something else. */
export function readClash(problem: Pick<ApiProblem, 'code' | 'fields'>): Clash | null {
  if (problem.code === 'double-booked') return { taken: problem.fields['starts_at'] ?? [], dates: [] }
  if (problem.code === 'series-clash') return { taken: [], dates: Object.keys(problem.fields).sort() }
  return null
}

interface Clashes {
  /** What stands in the way of the time that is in the form now. */
  find: (values: Slot) => Clash | null
  /** Takes note of why a try was refused; true if something stood in its way. */
  note: (error: unknown, tried: Slot) => boolean
}

/** What stood in the way of the last try, for as long as its time is the one in the form. */
export function useClash(): Clashes {
  const [last, setLast] = useState<{ clash: Clash; time: string } | null>(null)
  return {
    find: (values) => (last?.time === timeOf(values) ? last.clash : null),
    note: (error, tried) => {
      const clash = error instanceof ApiProblem ? readClash(error) : null
      setLast(clash && { clash, time: timeOf(tried) })
      return clash !== null
    },
  }
}

const MOMENT = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}).(\d{2}:\d{2}) ?(.*)$/

/** "2026-11-24 10:00–10:45 Blåmejse" as people say it; words of another shape stand as they are. */
export function sayTaken(words: string, now: Date): string {
  const [, date, from, to, alias] = MOMENT.exec(words) ?? []
  if (!date || !from || !to) return staffText().appointments.clash.taken
  const clock = (time: string) => sayTime(time, language.value)
  return [`${sayNearDate(date, language.value, now)} ${clock(from)}-${clock(to)}`, alias].filter(Boolean).join(', ')
}

/** Says what stands in the way, and how to go on: leave dates out, or book with a reason. */
export function ClashNotice({ clash, form }: { clash: Clash | null; form: FormState<Slot> }) {
  return (
    <>
      {clash && <Taken clash={clash} form={form} />}
      {(clash || form.values.override_reason) && <Override form={form} />}
    </>
  )
}

function Taken({ clash, form }: { clash: Clash; form: FormState<Slot> }) {
  const words = staffText().appointments.clash
  const now = new Date()
  return (
    <Notice role="alert">
      <p>{clash.dates.length > 0 ? words.dates : words.heading}</p>
      <ul>
        {clash.taken.map((each) => (
          <li key={each}>{sayTaken(each, now)}</li>
        ))}
        {clash.dates.map((each) => (
          <li key={each}>{sayNearDate(each, language.value, now)}</li>
        ))}
      </ul>
      {clash.dates.length > 0 && (
        <Button
          onClick={() => form.set('skip', skipAlso(form.values, clash.dates))}
          pressed={clash.dates.every((date) => skipped(form.values).includes(date))}
        >
          {words.leaveOut}
        </Button>
      )}
    </Notice>
  )
}

/** Why both are meant. It is sent along, so it is in sight for as long as it stands there. */
function Override({ form }: { form: FormState<Slot> }) {
  const words = staffText().appointments.clash
  return (
    <TextField
      id="override_reason"
      label={words.reason}
      hint={words.hint}
      error={form.trouble.fields?.['override_reason']}
      value={form.values.override_reason}
      inputAttributes={{ maxLength: 300 }}
      onInput={(value) => form.set('override_reason', value)}
    />
  )
}
