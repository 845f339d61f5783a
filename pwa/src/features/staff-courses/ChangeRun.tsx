import { changeRun, type RunDetail } from '../../api/staffCourses'
import { staffText } from '../../text/staff'
import { staffCoursesText } from '../../text/staffCourses'
import { ChoiceGroup } from '../../ui/Choices'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { explainCourse } from './explain'
import { WithRun } from './Loaded'
import { wholeBetween } from './planning'

type Change = Record<'place' | 'seats' | 'status', string>

/** Changes where a group meets and its seats, or ends it. */
export function ChangeRun({ runId }: { runId: string }) {
  return <WithRun runId={runId}>{(run) => <ChangeForm run={run} />}</WithRun>
}

function toChange({ place, seats, status }: Change) {
  const kept = { place: place.trim() || null, seats: Number(seats) }
  return status === 'ended' || status === 'cancelled' ? { ...kept, status: status as 'ended' | 'cancelled' } : kept
}

function ChangeForm({ run }: { run: RunDetail }) {
  const text = staffText()
  const { changeForm: words, planForm, run: runWords } = staffCoursesText()
  const page = `/staff/courses/runs/${run.id}`
  const form = useForm<Change>({
    key: `change-run:${run.id}`,
    initial: () => ({ place: run.place ?? '', seats: String(run.seats), status: 'keep' }),
    check: ({ seats }) => (wholeBetween(seats, 1, 40) === null ? { seats: planForm.number } : {}),
    send: async (values) => {
      await changeRun(run, toChange(values))
      sayDone(runWords.changed)
      navigate(page, { replace: true })
    },
    explain: (error) => explainCourse(error),
  })
  return (
    <section class="page">
      <PageHeading>{words.title}</PageHeading>
      <FormFrame
        form={form}
        labels={{ place: planForm.place, seats: planForm.seats, status: words.status }}
        summary={text.problem.summary}
        submit={text.save}
        cancel={{ href: page, label: text.cancel }}
      >
        <TextField id="place" label={planForm.place} hint={planForm.placeHint} value={form.values.place} inputAttributes={{ maxLength: 200 }} onInput={(value) => form.set('place', value)} />
        <TextField
          id="seats"
          label={planForm.seats}
          hint={planForm.seatsHint}
          error={form.trouble.fields?.['seats']}
          value={form.values.seats}
          inputAttributes={{ inputMode: 'numeric', maxLength: 2 }}
          onInput={(value) => form.set('seats', value)}
        />
        <ChoiceGroup
          id="status"
          label={words.status}
          hint={form.values.status === 'cancelled' ? words.cancelledHint : undefined}
          options={[
            ['keep', words.keep],
            ['ended', words.ended],
            ['cancelled', words.cancelled],
          ]}
          chosen={[form.values.status]}
          onChange={([status]) => form.set('status', status ?? 'keep')}
        />
      </FormFrame>
    </section>
  )
}
