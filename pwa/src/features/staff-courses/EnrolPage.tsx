import { useState } from 'preact/hooks'
import { enrol, findPeople, type FoundPerson, type RunDetail } from '../../api/staffCourses'
import { staffText } from '../../text/staff'
import { staffCoursesText } from '../../text/staffCourses'
import { Button } from '../../ui/Button'
import { ChoiceGroup } from '../../ui/Choices'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { type FormState, useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { newIdentifier } from '../../ui/identifier'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { explainCourse } from './explain'
import { checkWhich, chosenOf, startWhich, toWish, type Which } from './enrolling'
import { WithRun } from './Loaded'
import { courseName } from './names'
import { WhichTimes } from './WhichTimes'

interface Enrolling extends Which {
  id: string
  who: string
}

/** Gives somebody of the unit a place, found by the whole alias. */
export function EnrolPage({ runId }: { runId: string }) {
  return <WithRun runId={runId}>{(run) => <EnrolForm run={run} />}</WithRun>
}

function EnrolForm({ run }: { run: RunDetail }) {
  const text = staffText()
  const words = staffCoursesText().enrolForm
  const page = `/staff/courses/runs/${run.id}`
  const [found, setFound] = useState<FoundPerson[] | null>(null)
  const form = useForm<Enrolling>({
    key: `enrol:${run.id}`,
    initial: () => ({ id: newIdentifier(), who: '', ...startWhich(run.sessions) }),
    check: (values) => ({ ...(chosenOf(found, values.who) === '' && { who: words.whoMissing }), ...checkWhich(values, staffCoursesText()) }),
    send: async (values) => {
      const { status } = await enrol(run.id, { id: values.id, citizen_id: chosenOf(found, values.who), ...toWish(values) })
      sayDone(status === 'waiting' ? words.waiting : words.enrolled)
      navigate(page, { replace: true })
    },
    explain: (error) => explainCourse(error),
  })
  return (
    <section class="page">
      <p>
        <a href={page}>{courseName(run.code)}</a>
      </p>
      <PageHeading>{words.title}</PageHeading>
      <FormFrame
        form={form}
        labels={{ who: words.who, numbers: words.sessions }}
        controls={{ who: 'search' }}
        summary={text.problem.summary}
        submit={words.submit}
        cancel={{ href: page, label: text.cancel }}
      >
        <Search runId={run.id} form={form} found={found} onFound={setFound} />
        <WhichTimes run={run} form={form} />
      </FormFrame>
    </section>
  )
}

function labelOf({ alias, enrolled }: FoundPerson): string {
  return enrolled ? `${alias} (${staffCoursesText().enrolForm.isIn})` : alias
}

interface SearchProps {
  runId: string
  form: FormState<Enrolling>
  /** Null until somebody has searched. */
  found: readonly FoundPerson[] | null
  onFound: (found: FoundPerson[]) => void
}

/** Nobody's alias stands here before somebody has typed it whole. */
function Search({ runId, form, found, onFound }: SearchProps) {
  const words = staffCoursesText().enrolForm
  const [typed, setTyped] = useState('')
  const [trouble, setTrouble] = useState('')
  const look = async () => {
    if (typed.trim().length < 2) return setTrouble(words.searchHint)
    form.set('who', '')
    try {
      const { items } = await findPeople(runId, typed.trim())
      onFound(items)
      setTrouble('')
    } catch (error) {
      setTrouble(explainCourse(error).message ?? '')
    }
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    void look()
  }
  return (
    <>
      <div class="course-search" onKeyDown={onKey}>
        <TextField id="search" label={words.search} hint={words.searchHint} error={trouble || form.trouble.fields?.['who']} value={typed} onInput={setTyped} />
        <Button onClick={() => void look()}>{words.find}</Button>
      </div>
      <div role="status">{found?.length === 0 && <p class="empty">{words.noMatch}</p>}</div>
      {found !== null && found.length > 0 && (
        <ChoiceGroup
          id="who"
          label={words.who}
          options={found.map((person) => [person.citizen_id, labelOf(person)] as const)}
          chosen={[chosenOf(found, form.values.who)]}
          onChange={([who]) => form.set('who', who ?? '')}
        />
      )}
    </>
  )
}
