import type { AppointmentKind, Goal, Mode } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { ChoiceGroup, SelectField } from '../../ui/Choices'
import { copenhagenInstant, copenhagenWall } from '../../ui/copenhagen'
import { sayWhen } from '../../ui/days'
import { TextField } from '../../ui/Field'
import type { FormState } from '../../ui/form'
import type { Slot } from './booking'

const KINDS: readonly AppointmentKind[] = ['first-talk', 'talk', 'group', 'doctor', 'other']
const MODES: readonly Mode[] = ['in-person', 'phone', 'video']

/** Says back what was chosen, with its weekday, in Danish time. */
function echo({ date, time }: Slot): string {
  const { appointments } = staffText()
  const instant = copenhagenInstant(date, time)
  if (!instant) return appointments.danishTime
  // The time that the clock jumps over in spring: never say another one back as if it had been chosen.
  if (copenhagenWall(instant).time !== time) return appointments.skipped
  return appointments.echo(sayWhen(instant, language.value, new Date()))
}

/** Day, clock time and length; the time is Danish wherever the browser stands. */
export function TimeFields({ form }: { form: FormState<Slot> }) {
  const { appointments } = staffText()
  const { values, set, trouble } = form
  return (
    <>
      <div class="side-by-side">
        <TextField
          id="starts_at"
          type="date"
          label={appointments.date}
          error={trouble.fields?.['starts_at']}
          value={values.date}
          onInput={(value) => set('date', value)}
        />
        <TextField
          id="starts_time"
          type="time"
          label={appointments.time}
          value={values.time}
          onInput={(value) => set('time', value)}
        />
        <TextField
          id="duration_minutes"
          label={appointments.duration}
          error={trouble.fields?.['duration_minutes']}
          value={values.duration_minutes}
          inputAttributes={{ inputMode: 'numeric', maxLength: 3 }}
          onInput={(value) => set('duration_minutes', value)}
        />
      </div>
      <p class="form-note quiet">{echo(values)}</p>
    </>
  )
}

/** How and where. */
export function PlaceFields({ form }: { form: FormState<Slot> }) {
  const { appointments } = staffText()
  const { values, set, trouble } = form
  return (
    <>
      <ChoiceGroup
        id="mode"
        label={appointments.mode}
        error={trouble.fields?.['mode']}
        options={MODES.map((mode) => [mode, appointments.modes[mode]])}
        chosen={[values.mode]}
        onChange={([mode]) => set('mode', mode ?? 'in-person')}
      />
      <TextField
        id="place"
        label={appointments.place}
        hint={appointments.placeHint}
        error={trouble.fields?.['place']}
        value={values.place}
        inputAttributes={{ maxLength: 200 }}
        onInput={(value) => set('place', value)}
      />
    </>
  )
}

/** What kind of appointment, and which goal it serves. */
export function PurposeFields({ form, goals }: { form: FormState<Slot>; goals: readonly Goal[] }) {
  const { appointments } = staffText()
  const { values, set, trouble } = form
  return (
    <>
      <SelectField
        id="kind"
        label={appointments.kind}
        error={trouble.fields?.['kind']}
        options={KINDS.map((kind) => [kind, appointments.kinds[kind]])}
        value={values.kind}
        onChange={(kind) => set('kind', kind)}
      />
      {goals.length > 0 && (
        <SelectField
          id="goal_id"
          label={appointments.goal}
          error={trouble.fields?.['goal_id']}
          options={[['', appointments.noGoal], ...goals.map((goal) => [goal.id, goal.title] as const)]}
          value={values.goal_id}
          onChange={(goalId) => set('goal_id', goalId)}
        />
      )}
    </>
  )
}

/** The label of each field, for the list of what is wrong. */
export function slotLabels(): Record<string, string> {
  const { appointments } = staffText()
  return {
    starts_at: appointments.dateAndTime,
    duration_minutes: appointments.duration,
    kind: appointments.kind,
    mode: appointments.mode,
    place: appointments.place,
    goal_id: appointments.goal,
    count: appointments.series.count,
    skip: appointments.clash.skipLabel,
    override_reason: appointments.clash.reason,
  }
}
