import { useSignal } from '@preact/signals'
import type { Thing } from '../../offline/measure-store.ts'
import { questionnairesText } from '../../text/questionnaires.ts'
import { Button } from '../../ui/Button.tsx'
import { SelectField } from '../../ui/Choices.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import type { Draft } from '../draft.ts'
import type { Definition } from './definitions.ts'
import { emptyThing, save, type Answering } from './doing.ts'
import { Ending, StepHeading } from './Ending.tsx'

const LONGEST = 60
const MOST = 7
const MOST_THINGS = 10

interface GridProps {
  definition: Definition
  draft: Draft<Answering>
}

/** As it is kept: one line. */
const tidy = (what: string) => what.trim().replace(/\s+/g, ' ')

/** What is missing, and whether the words or the days need another look. */
interface Trouble {
  in: 'what' | 'weeks'
  words: string
}

function troubleWith({ what, weeks }: Thing): Trouble | undefined {
  const words = questionnairesText.value.grid
  if (tidy(what) === '') return { in: 'what', words: words.nothing }
  if (tidy(what).length > LONGEST) return { in: 'what', words: words.tooLong }
  return weeks.every((each) => each === null) ? { in: 'weeks', words: words.noDays } : undefined
}

interface Found extends Trouble {
  at: number
  control: string
}

function firstTrouble(things: readonly Thing[]): Found | null {
  const at = things.findIndex((thing) => troubleWith(thing) !== undefined)
  const thing = things[at]
  const trouble = thing && troubleWith(thing)
  return trouble ? { ...trouble, at, control: trouble.in === 'what' ? `thing-${at}` : `thing-${at}-0` } : null
}

interface OneProps {
  at: number
  thing: Thing
  trouble: Trouble | undefined
  change: (thing: Thing) => void
}

function One({ at, thing, trouble, change }: OneProps) {
  const words = questionnairesText.value.grid
  const options = [['', words.open], ...Array.from({ length: MOST + 1 }, (_, count) => [String(count), words.days(count)] as const)] as const
  const setWeek = (week: number, said: string) =>
    change({ ...thing, weeks: thing.weeks.map((before, each) => (each === week ? (said === '' ? null : Number(said)) : before)) })
  return (
    <>
      <FreeText id={`thing-${at}`} label={words.what} rows={1} error={trouble?.in === 'what' ? trouble.words : undefined} value={thing.what} onInput={(what) => change({ ...thing, what })} />
      <fieldset class="form-group question-days">
        <legend class="own-words">{words.howMany(tidy(thing.what))}</legend>
        {thing.weeks.map((count, week) => (
          <SelectField
            key={week}
            id={`thing-${at}-${week}`}
            label={words.week(week)}
            error={trouble?.in === 'weeks' && week === 0 ? trouble.words : undefined}
            value={count === null ? '' : String(count)}
            options={options}
            onChange={(said) => setWeek(week, said)}
          />
        ))}
      </fieldset>
    </>
  )
}

/** The own grid: a thing in the person's own words, and the days of each of the last weeks. Nothing is added up. */
export function Grid({ definition, draft }: GridProps) {
  const words = questionnairesText.value.grid
  const wrong = useSignal<Found | null>(null)
  const { value } = draft
  const put = (things: Thing[]) => {
    wrong.value = null
    draft.set({ ...value, things })
  }
  const keep = () => {
    wrong.value = firstTrouble(value.things)
    if (wrong.value) return document.getElementById(wrong.value.control)?.focus()
    const things = value.things.map((each) => ({ ...each, what: tidy(each.what) }))
    void save({ definition, draft, complete: true, things })
  }
  return (
    <>
      <StepHeading>{words.heading}</StepHeading>
      {value.things.map((thing, at) => (
        <section key={at}>
          <One
            at={at}
            thing={thing}
            trouble={wrong.value?.at === at ? wrong.value : undefined}
            change={(next) => put(value.things.map((each, place) => (place === at ? next : each)))}
          />
          {value.things.length > 1 && (
            <Button kind="quiet" onClick={() => put(value.things.filter((_, place) => place !== at))}>
              {words.remove(tidy(thing.what) || words.what)}
            </Button>
          )}
        </section>
      ))}
      {value.things.length < MOST_THINGS && (
        <p>
          <Button onClick={() => put([...value.things, emptyThing(definition.weeks)])}>{words.add}</Button>
        </p>
      )}
      <Ending definition={definition} draft={draft} onSave={keep} />
      <div class="button-row">
        <Button kind="quiet" onClick={() => draft.set({ ...value, step: null })}>
          {questionnairesText.value.form.toStart}
        </Button>
      </div>
    </>
  )
}
