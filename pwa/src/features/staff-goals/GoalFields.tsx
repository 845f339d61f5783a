import type { Achievement, GoalChange, GoalKind, GoalTheme } from '../../api/staffGoals'
import { staffText } from '../../text/staff'
import { staffGoalsText } from '../../text/staffGoals'
import { sayStandsNow } from '../../text/standsNow'
import { SelectField } from '../../ui/Choices'
import { copenhagenWall } from '../../ui/copenhagen'
import { TextField } from '../../ui/Field'
import type { FormState, Values } from '../../ui/form'
import { KINDS, sayGoalDate, THEMES } from './wording'

const LONGEST = 300

/** What a goal is, as a form holds it; an empty text is not said. */
export interface GoalValues extends Values {
  title: string
  kind: string
  theme: string
  review_on: string
}

/** What is wrong, by field. `before`: the day that stands already may have passed. */
export function checkGoal({ title, review_on: day }: GoalValues, before = ''): Record<string, string> {
  const isPast = day !== '' && day !== before && day <= copenhagenWall(new Date()).date
  return {
    ...(title.trim() ? {} : { title: staffText().problem.required }),
    ...(isPast ? { review_on: staffGoalsText().reviewWrong } : {}),
  }
}

/** Only what was changed: what a colleague changed meanwhile in another field stays. */
export function changesOf(values: GoalValues & { achievement: string }, before: GoalValues & { achievement: string }): GoalChange {
  const change: GoalChange = {}
  if (values.title.trim() !== before.title) change.title = values.title.trim()
  if (values.kind !== before.kind) change.kind = (values.kind || null) as GoalKind | null
  if (values.theme !== before.theme) change.theme = (values.theme || null) as GoalTheme | null
  if (values.review_on !== before.review_on) change.review_on = values.review_on || null
  if (values.achievement !== before.achievement) change.achievement = (values.achievement || null) as Achievement | null
  return change
}

interface FieldsProps<V extends GoalValues> {
  form: FormState<V>
  /** What somebody else has made of the fields that were changed here too. */
  theirs?: Partial<V>
}

/** The title: one sentence is a whole goal. */
export function TitleField<V extends GoalValues>({ form, theirs = {} }: FieldsProps<V>) {
  const words = staffGoalsText()
  return (
    <TextField
      id="title"
      label={words.label}
      hint={sayStandsNow<string>(theirs.title, words.none) ?? words.labelHint}
      error={form.trouble.fields?.['title']}
      value={form.values.title}
      inputAttributes={{ maxLength: LONGEST }}
      onInput={(value) => form.set('title', value as V['title'])}
    />
  )
}

/** What else may be said of a goal, and never has to be. */
export function DetailFields<V extends GoalValues>({ form, theirs = {} }: FieldsProps<V>) {
  const words = staffGoalsText()
  const sayBy = (names: Record<string, string>) => (told: string) => names[told] ?? told
  return (
    <>
      <SelectField
        id="kind"
        label={words.kindLabel}
        hint={sayStandsNow<string>(theirs.kind, words.none, sayBy(words.kinds))}
        options={KINDS.map((each) => [each, words.kinds[each]])}
        value={form.values.kind}
        onChange={(value) => form.set('kind', value as V['kind'])}
      />
      <SelectField
        id="theme"
        label={words.themeLabel}
        hint={sayStandsNow<string>(theirs.theme, words.none, sayBy(words.themes))}
        options={THEMES.map((each) => [each, words.themes[each]])}
        value={form.values.theme}
        onChange={(value) => form.set('theme', value as V['theme'])}
      />
      <TextField
        id="review_on"
        type="date"
        label={words.reviewLabel}
        hint={sayStandsNow<string>(theirs.review_on, words.none, sayGoalDate) ?? words.reviewHint}
        error={form.trouble.fields?.['review_on']}
        value={form.values.review_on}
        onInput={(value) => form.set('review_on', value as V['review_on'])}
      />
    </>
  )
}
