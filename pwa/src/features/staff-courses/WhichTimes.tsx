import type { RunSession } from '../../api/staffCourses'
import { language } from '../../text/language'
import { staffCoursesText } from '../../text/staffCourses'
import { ChoiceGroup, SelectField } from '../../ui/Choices'
import { sayWhenBriefly } from '../../ui/days'
import type { FormState } from '../../ui/form'
import { aheadOf, type Which } from './enrolling'
import { sessionTitle } from './names'

interface WhichTimesProps<V extends Which> {
  run: { code: string; sessions: readonly RunSession[] }
  form: FormState<V>
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** All times from one on, or only some: who missed a theme takes that one alone. */
export function WhichTimes<V extends Which>({ run, form }: WhichTimesProps<V>) {
  const words = staffCoursesText().enrolForm
  const set = form.set as (name: string, value: string | string[]) => void
  const options = aheadOf(run.sessions, Date.now()).map(
    (session) => [String(session.number), `${capital(sayWhenBriefly(session.starts_at, language.value, new Date()))}: ${sessionTitle(run.code, session)}`] as const,
  )
  return (
    <>
      <ChoiceGroup
        id="which"
        label={words.which}
        options={[
          ['all', words.all],
          ['some', words.some],
        ]}
        chosen={[form.values.which]}
        onChange={([which]) => set('which', which ?? 'all')}
      />
      {form.values.which === 'all' ? (
        <SelectField id="from" label={words.from} options={options} value={form.values.from} onChange={(from) => set('from', from)} />
      ) : (
        <ChoiceGroup
          id="numbers"
          label={words.sessions}
          many
          error={form.trouble.fields?.['numbers']}
          options={options}
          chosen={form.values.numbers}
          onChange={(numbers) => set('numbers', numbers)}
        />
      )}
    </>
  )
}
