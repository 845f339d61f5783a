import { planRun } from '../../api/staffCourses'
import type { Me } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffCoursesText } from '../../text/staffCourses'
import { ChoiceGroup, SelectField } from '../../ui/Choices'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { type FormState, useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { newIdentifier } from '../../ui/identifier'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { explainCourse } from './explain'
import { coursesAt, findCourse } from './names'
import { checkPlanning, type Planning, toRun, weekdayOf } from './planning'

const BACK = '/staff/courses'

function begin(code: string): Planning {
  const count = findCourse(code)?.sessions ?? 5
  return { id: newIdentifier(), code, first: '', days: [], at: '10:00', minutes: '90', count: String(count), seats: '8', place: '' }
}

/** Another course has another number of times; the first day names its own day of the week. */
function follow(values: Planning, name: keyof Planning, value: Planning[keyof Planning]): Planning {
  const next = { ...values, [name]: value }
  if (name === 'code') return { ...next, count: String(findCourse(String(value))?.sessions ?? values.count) }
  const day = name === 'first' ? weekdayOf(String(value)) : null
  return day !== null && values.days.length === 0 ? { ...next, days: [String(day)] } : next
}

/** Plans a group: its course, its days and seats. The sessions follow from them. */
export function PlanRun({ me }: { me: Me }) {
  const words = staffCoursesText().planForm
  const courses = coursesAt(me.unit.slug, 'groups')
  const [first] = courses
  return (
    <section class="page">
      <PageHeading>{words.title}</PageHeading>
      {first ? <PlanForm codes={courses.map((course) => course.code)} /> : <p class="empty">{words.noCourse}</p>}
    </section>
  )
}

function PlanForm({ codes }: { codes: readonly string[] }) {
  const text = staffText()
  const words = staffCoursesText().planForm
  const form = useForm<Planning>({
    key: 'course-run',
    initial: () => begin(codes[0] ?? ''),
    change: follow,
    check: (values) => checkPlanning(values, staffCoursesText().planForm),
    send: async (values) => {
      const run = await planRun(toRun(values))
      sayDone(staffCoursesText().planForm.done)
      navigate(`/staff/courses/runs/${run.id}`, { replace: true })
    },
    explain: (error) => explainCourse(error),
  })
  return (
    <FormFrame
      form={form}
      labels={{ first: words.first, days: words.days, at: words.at, minutes: words.minutes, count: words.count, seats: words.seats, place: words.place }}
      controls={{ first_on: 'first', weekdays: 'days' }}
      summary={text.problem.summary}
      submit={words.submit}
      cancel={{ href: BACK, label: text.cancel }}
    >
      <SelectField
        id="code"
        label={words.code}
        options={codes.map((code) => [code, findCourse(code)?.name[language.value] ?? code] as const)}
        value={form.values.code}
        onChange={(code) => form.set('code', code)}
      />
      <WhenFields form={form} />
      <RoomFields form={form} />
    </FormFrame>
  )
}

function Line({ form, name, type, hint }: { form: FormState<Planning>; name: 'first' | 'at' | 'minutes' | 'count' | 'seats' | 'place'; type?: 'date' | 'time'; hint?: string }) {
  const words = staffCoursesText().planForm
  const isNumber = !type && name !== 'place'
  return (
    <TextField
      id={name}
      label={words[name]}
      hint={hint}
      error={form.trouble.fields?.[name]}
      value={form.values[name]}
      {...(type && { type })}
      inputAttributes={isNumber ? { inputMode: 'numeric', maxLength: 3 } : { maxLength: 200 }}
      onInput={(value) => form.set(name, value)}
    />
  )
}

function WhenFields({ form }: { form: FormState<Planning> }) {
  const { planForm: words, weekdays } = staffCoursesText()
  return (
    <>
      <div class="side-by-side">
        <Line form={form} name="first" type="date" />
        <Line form={form} name="at" type="time" />
        <Line form={form} name="minutes" />
      </div>
      <ChoiceGroup
        id="days"
        label={words.days}
        many
        error={form.trouble.fields?.['days']}
        options={weekdays.map((day, place) => [String(place + 1), day] as const)}
        chosen={form.values.days}
        onChange={(days) => form.set('days', days)}
      />
    </>
  )
}

function RoomFields({ form }: { form: FormState<Planning> }) {
  const words = staffCoursesText().planForm
  return (
    <>
      <div class="side-by-side">
        <Line form={form} name="count" />
        <Line form={form} name="seats" hint={words.seatsHint} />
      </div>
      <Line form={form} name="place" hint={words.placeHint} />
    </>
  )
}
