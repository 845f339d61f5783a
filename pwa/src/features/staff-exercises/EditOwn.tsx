import { addOwnExercise, type OwnExercise, type OwnText, type Profession, PROFESSIONS, rewriteExercise } from '../../api/staffExercises'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { staffExercisesText } from '../../text/staffExercises'
import { sayStandsNow } from '../../text/standsNow'
import { SelectField } from '../../ui/Choices'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { FormFrame } from '../../ui/FormFrame'
import { newIdentifier } from '../../ui/identifier'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { type SharedForm, type Standing, useSharedForm } from '../../ui/sharedForm'
import { WordsField } from '../staff-goals/WordsField'
import { Fetched } from './Fetched'
import { LivePreview } from './LivePreview'
import { findOwn } from './OwnPage'

const LONGEST = { title: 80, lead: 300, body: 6000 }

interface OwnValues extends Record<string, string> {
  id: string
  title: string
  lead: string
  body: string
  method: string
  profession: string
}

const textOf = ({ title, lead, body, method, profession }: OwnValues): OwnText => ({
  title: title.trim(),
  lead: lead.trim(),
  body,
  method,
  profession: profession as Profession,
})

const nothingYet = (): Standing<OwnValues> => ({
  version: 0,
  values: { id: newIdentifier(), title: '', lead: '', body: '', method: '', profession: '' },
})

function standingOf({ id, version, title, lead, body, method, author_profession: profession }: OwnExercise): Standing<OwnValues> {
  return { version, values: { id, title, lead, body, method, profession } }
}

/** Begins an exercise of one's own. */
export function NewOwn() {
  return <EditForm key="new" formKey="own-exercise:new" standing={nothingYet()} exerciseId={null} />
}

/** Writes the next version of one's own; it is a draft again. */
export function EditOwn({ exerciseId }: { exerciseId: string }) {
  return (
    <Fetched subject={`edit-own-exercise:${exerciseId}`} load={() => findOwn(exerciseId)}>
      {(own) => <EditForm formKey={`own-exercise:${exerciseId}`} standing={standingOf(own)} exerciseId={exerciseId} />}
    </Fetched>
  )
}

interface EditProps {
  formKey: string
  standing: Standing<OwnValues>
  exerciseId: string | null
}

function checkText(values: OwnValues): Record<string, string> {
  const { required } = staffText().problem
  const needed = ['title', 'lead', 'body', 'method', 'profession'] as const
  return Object.fromEntries(needed.filter((name) => !values[name].trim()).map((name) => [name, required]))
}

function useOwnForm({ formKey, standing, exerciseId }: EditProps): SharedForm<OwnValues> {
  return useSharedForm<OwnValues>({
    key: formKey,
    standing,
    check: checkText,
    send: async (values, seen) => {
      const { id } = exerciseId ? await rewriteExercise(exerciseId, seen.current.version, textOf(values)) : await addOwnExercise({ id: values.id, ...textOf(values) })
      sayDone(staffText().saved)
      navigate(`/staff/exercises/${id}`, { replace: true })
    },
    explain: (error) => explain(error, staffText(), { body: staffExercisesText().own.bodyWrong }),
    newest: async () => (exerciseId ? standingOf(await findOwn(exerciseId)) : standing),
    changed: () => staffExercisesText().own.changed,
  })
}

function EditForm(props: EditProps) {
  const text = staffText()
  const words = staffExercisesText().own
  const shared = useOwnForm(props)
  const { form } = shared
  return (
    <section class="page">
      <PageHeading>{props.exerciseId ? words.edit : words.newTitle}</PageHeading>
      {props.exerciseId && <p>{words.editWarns}</p>}
      <FormFrame
        form={form}
        labels={{ title: words.titleLabel, lead: words.leadLabel, method: words.method, body: words.bodyLabel, profession: words.profession }}
        summary={text.problem.summary}
        submit={words.save}
        cancel={{ href: props.exerciseId ? `/staff/exercises/${props.exerciseId}` : '/staff/exercises', label: text.cancel }}
      >
        <Fields shared={shared} />
        <LivePreview lead={form.values.lead} body={form.values.body} />
      </FormFrame>
    </section>
  )
}

function Fields({ shared: { form, theirs } }: { shared: SharedForm<OwnValues> }) {
  const all = staffExercisesText()
  const words = all.own
  const error = (name: string) => form.trouble.fields?.[name]
  const stands = (name: keyof OwnValues) => sayStandsNow<string>(theirs[name], all.unsaid)
  const methods = Object.entries(all.methods)
  const { choose } = staffText().care
  return (
    <>
      <TextField
        id="title"
        label={words.titleLabel}
        hint={stands('title') ?? words.titleHint}
        error={error('title')}
        value={form.values.title}
        inputAttributes={{ maxLength: LONGEST.title }}
        onInput={(value) => form.set('title', value)}
      />
      <TextField
        id="lead"
        label={words.leadLabel}
        hint={stands('lead')}
        error={error('lead')}
        value={form.values.lead}
        inputAttributes={{ maxLength: LONGEST.lead }}
        onInput={(value) => form.set('lead', value)}
      />
      <SelectField
        id="method"
        label={words.method}
        error={error('method')}
        options={[['', choose], ...methods]}
        value={form.values.method}
        onChange={(value) => form.set('method', value)}
      />
      <SelectField
        id="profession"
        label={words.profession}
        error={error('profession')}
        options={[['', choose], ...PROFESSIONS.map((each) => [each, all.professions[each]] as const)]}
        value={form.values.profession}
        onChange={(value) => form.set('profession', value)}
      />
      <WordsField
        id="body"
        label={words.bodyLabel}
        hint={stands('body') ?? words.bodyHint}
        error={error('body')}
        rows={12}
        maxLength={LONGEST.body}
        value={form.values.body}
        onInput={(value) => form.set('body', value)}
      />
    </>
  )
}
