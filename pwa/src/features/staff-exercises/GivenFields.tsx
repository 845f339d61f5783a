import type { WholeGoal } from '../../api/staffGoals'
import { staffExercisesText } from '../../text/staffExercises'
import { sayStandsNow } from '../../text/standsNow'
import { ChoiceGroup, SelectField } from '../../ui/Choices'
import { TextField } from '../../ui/Field'
import type { FormState } from '../../ui/form'
import { WordsField } from '../staff-goals/WordsField'
import { type GivenValues, REPEATS } from './givenValues'
import { sayExerciseDay } from './wording'

const LONGEST = 300

interface FieldsProps<V extends GivenValues> {
  form: FormState<V>
  goals: readonly WholeGoal[]
  /** What somebody else has made of the fields that were changed here too. */
  theirs?: Partial<V>
}

/** Labels by field, for the summary of what is wrong. */
export function givenLabels(): Record<string, string> {
  const words = staffExercisesText().form
  return { goal_id: words.goal, repeat: words.repeat, due_on: words.due, until_on: words.until, line: words.line }
}

/** How often, by when, for which goal, and a few words. */
export function GivenFields<V extends GivenValues>({ form, goals, theirs = {} }: FieldsProps<V>) {
  const words = staffExercisesText().form
  const repeats = form.values.repeat !== 'none'
  const set = (name: keyof GivenValues) => (value: string) => form.set(name, value as V[typeof name])
  const stands = (name: keyof GivenValues, say?: (told: string) => string) => sayStandsNow<string>(theirs[name], staffExercisesText().unsaid, say)
  return (
    <>
      <ChoiceGroup
        id="repeat"
        label={words.repeat}
        hint={stands('repeat', (told) => words.repeats[told as 'none'] ?? told)}
        options={REPEATS.map((each) => [each, words.repeats[each]])}
        chosen={[form.values.repeat]}
        onChange={([chosen]) => set('repeat')(chosen ?? 'none')}
      />
      <TextField
        id="due_on"
        type="date"
        label={repeats ? words.first : words.due}
        hint={stands('due_on', sayExerciseDay) ?? (repeats ? words.firstHint : words.dueHint)}
        error={form.trouble.fields?.['due_on']}
        value={form.values.due_on}
        onInput={set('due_on')}
      />
      {repeats && (
        <TextField
          id="until_on"
          type="date"
          label={words.until}
          hint={stands('until_on', sayExerciseDay) ?? words.untilHint}
          error={form.trouble.fields?.['until_on']}
          value={form.values.until_on}
          onInput={set('until_on')}
        />
      )}
      {goals.length > 0 && (
        <SelectField
          id="goal_id"
          label={words.goal}
          hint={stands('goal', (told) => goals.find((each) => each.id === told)?.title ?? told)}
          options={[['', words.noGoal], ...goals.map((each) => [each.id, each.title] as const)]}
          value={form.values.goal}
          onChange={set('goal')}
        />
      )}
      <WordsField
        id="line"
        label={words.line}
        hint={stands('line') ?? words.lineHint}
        error={form.trouble.fields?.['line']}
        maxLength={LONGEST}
        value={form.values.line}
        onInput={set('line')}
      />
    </>
  )
}
