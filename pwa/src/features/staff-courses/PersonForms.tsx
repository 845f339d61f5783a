import { me } from '../../api/staff'
import { addPath, enrol, getRun, listRuns, type Run } from '../../api/staffCourses'
import { listWholeGoals } from '../../api/staffGoals'
import type { Citizen } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffCoursesText } from '../../text/staffCourses'
import { SelectField } from '../../ui/Choices'
import { copenhagenWall } from '../../ui/copenhagen'
import { sayWhenBriefly } from '../../ui/days'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { newIdentifier } from '../../ui/identifier'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { navigate } from '../../ui/routing'
import { WithCitizen } from '../staff-person/WithCitizen'
import { explainCourse } from './explain'
import { aheadOf, checkWhich, startWhich, toWish, type Which } from './enrolling'
import { Loaded } from './Loaded'
import { courseName, coursesAt, findCourse } from './names'
import { wholeBetween } from './planning'
import { WhichTimes } from './WhichTimes'

/** Gives one's own person a place in one of the unit's groups. */
export function EnrolPerson({ citizenId }: { citizenId: string }) {
  const found = useResource('course-runs', 0, () => listRuns())
  return (
    <WithCitizen citizenId={citizenId}>
      {(citizen) => <Loaded found={found}>{({ items }) => <ChooseRun citizen={citizen} runs={items.filter((run) => run.next !== null)} />}</Loaded>}
    </WithCitizen>
  )
}

interface Choosing extends Which {
  id: string
  run: string
  goal: string
}

function ChooseRun({ citizen, runs }: { citizen: Citizen; runs: readonly Run[] }) {
  const words = staffCoursesText()
  const page = `/staff/people/${citizen.id}/courses`
  return (
    <section class="page">
      <p class="way-back">
        <a href={page}>{words.person.pageTitle(citizen.alias)}</a>
      </p>
      <PageHeading>{words.person.enrol}</PageHeading>
      {runs.length === 0 ? <p class="empty">{words.person.noRuns}</p> : <ChooseForm citizen={citizen} runs={runs} page={page} />}
    </section>
  )
}

function labelOf(run: Run): string {
  return `${courseName(run.code)}, ${sayWhenBriefly(run.first_at, language.value, new Date())}, ${run.leader_name}`
}

function ChooseForm({ citizen, runs, page }: { citizen: Citizen; runs: readonly Run[]; page: string }) {
  const text = staffText()
  const words = staffCoursesText()
  const form = useForm<Choosing>({
    key: `enrol-person:${citizen.id}`,
    initial: () => ({ id: newIdentifier(), run: runs[0]?.id ?? '', goal: '', which: 'all', from: '', numbers: [] }),
    change: (values, name, value) => (name === 'run' ? { ...values, run: String(value), from: '', numbers: [] } : { ...values, [name]: value }),
    check: (values) => checkWhich(values, staffCoursesText()),
    send: async (values) => {
      const { status } = await enrol(values.run, { id: values.id, citizen_id: citizen.id, goal_id: values.goal || null, ...toWish(values) })
      sayDone(status === 'waiting' ? words.enrolForm.waiting : words.enrolForm.enrolled)
      navigate(page, { replace: true })
    },
    explain: (error) => explainCourse(error),
  })
  const found = useResource(`run:${form.values.run}`, 0, () => getRun(form.values.run))
  const goals = useResource(`goals-for-run:${citizen.id}`, 0, () => listWholeGoals(citizen.id)).data ?? []
  return (
    <FormFrame form={form} labels={{ numbers: words.enrolForm.sessions, goal_id: words.person.goal }} summary={text.problem.summary} submit={words.enrolForm.submit} cancel={{ href: page, label: text.cancel }}>
      <SelectField id="run" label={words.person.run} options={runs.map((run) => [run.id, labelOf(run)] as const)} value={form.values.run} onChange={(run) => form.set('run', run)} />
      <Loaded found={found}>
        {(run) => {
          const from = form.values.from || startWhich(run.sessions).from
          return aheadOf(run.sessions, Date.now()).length > 0 ? <WhichTimes run={run} form={{ ...form, values: { ...form.values, from } }} /> : null
        }}
      </Loaded>
      {goals.length > 0 && (
        <SelectField
          id="goal_id"
          label={words.person.goal}
          hint={words.person.goalHint}
          options={[['', words.person.noGoal], ...goals.map((goal) => [goal.id, goal.title] as const)]}
          value={form.values.goal}
          onChange={(goal) => form.set('goal', goal)}
        />
      )}
    </FormFrame>
  )
}

/** Agrees on talks of one kind: how many as a rule, and from when. */
export function NewTalks({ citizenId }: { citizenId: string }) {
  return <WithCitizen citizenId={citizenId}>{(citizen) => <TalksForm citizen={citizen} />}</WithCitizen>
}

type Agreeing = Record<'id' | 'code' | 'planned' | 'from', string>

function hintFor(code: string): string {
  const words = staffCoursesText().person
  const talks = findCourse(code)?.talks
  return talks ? words.plannedHint(talks.min, talks.max) : words.plannedFree
}

function TalksForm({ citizen }: { citizen: Citizen }) {
  const text = staffText()
  const { person: words, planForm } = staffCoursesText()
  const page = `/staff/people/${citizen.id}/courses`
  const kinds = coursesAt(me.value?.unit.slug ?? '', 'talks')
  const form = useForm<Agreeing>({
    key: `talks:${citizen.id}`,
    initial: () => ({ id: newIdentifier(), code: kinds[0]?.code ?? '', planned: '', from: copenhagenWall(new Date()).date }),
    check: ({ planned, from }) => ({
      ...(planned.trim() !== '' && wholeBetween(planned, 1, 99) === null && { planned: planForm.number }),
      ...(!/^\d{4}-\d{2}-\d{2}$/.test(from) && { from: planForm.wrongDate }),
    }),
    send: async ({ id, code, planned, from }) => {
      await addPath(citizen.id, { id, code, planned: wholeBetween(planned, 1, 99), from_on: from })
      sayDone(words.addedTalks)
      navigate(page, { replace: true })
    },
    explain: (error) => explainCourse(error),
  })
  return (
    <section class="page">
      <p class="way-back">
        <a href={page}>{words.pageTitle(citizen.alias)}</a>
      </p>
      <PageHeading>{words.addTalks}</PageHeading>
      <FormFrame form={form} labels={{ planned: words.planned, from: words.from }} summary={text.problem.summary} submit={words.submitTalks} cancel={{ href: page, label: text.cancel }}>
        <SelectField id="code" label={planForm.code} options={kinds.map(({ code }) => [code, courseName(code)] as const)} value={form.values.code} onChange={(code) => form.set('code', code)} />
        <TextField
          id="planned"
          label={words.planned}
          hint={hintFor(form.values.code)}
          error={form.trouble.fields?.['planned']}
          value={form.values.planned}
          inputAttributes={{ inputMode: 'numeric', maxLength: 2 }}
          onInput={(value) => form.set('planned', value)}
        />
        <TextField id="from" type="date" label={words.from} error={form.trouble.fields?.['from']} value={form.values.from} onInput={(value) => form.set('from', value)} />
      </FormFrame>
    </section>
  )
}
