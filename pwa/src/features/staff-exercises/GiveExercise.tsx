import { me } from '../../api/staff'
import { giveExercise, listOwnExercises, type OwnExercise } from '../../api/staffExercises'
import { listWholeGoals, type WholeGoal } from '../../api/staffGoals'
import { explain } from '../../api/staffProblems'
import type { Citizen } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffExercisesText } from '../../text/staffExercises'
import { SelectField } from '../../ui/Choices'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { newIdentifier } from '../../ui/identifier'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { WithCitizen } from '../staff-person/WithCitizen'
import { Fetched } from './Fetched'
import { GivenFields, givenLabels } from './GivenFields'
import { checkGiven, EMPTY, type GivenValues, refOf, saidBy } from './givenValues'
import { fetchLibrary, type Library, offeredAt } from './wording'

interface NewValues extends GivenValues {
  id: string
  exercise: string
}

interface Offered {
  goals: readonly WholeGoal[]
  library: Library
  own: readonly OwnExercise[]
}

/** Gives a person an exercise: one of the library, one that the centre shares, or one's own. */
export function GiveExercise({ citizenId }: { citizenId: string }) {
  const load = async () => {
    const [goals, library, own] = await Promise.all([listWholeGoals(citizenId), fetchLibrary(), listOwnExercises()])
    return { goals, library: offeredAt(library, me.value?.unit.slug), own: own.filter((each) => each.may_give) }
  }
  return (
    <WithCitizen citizenId={citizenId}>
      {(citizen) => (
        <Fetched subject={`give:${citizenId}`} load={load}>
          {(offered) => <GiveForm citizen={citizen} {...offered} />}
        </Fetched>
      )}
    </WithCitizen>
  )
}

function choicesOf({ library, own }: Offered): [string, string][] {
  const words = staffExercisesText().form
  return [
    ['', words.choose],
    ...own.map((each): [string, string] => [`own:${each.id}`, (each.is_own ? words.ofMine : words.ofCentre)(each.title)]),
    ...library.map((each): [string, string] => [`library:${each.id}`, each.name[language.value]]),
  ]
}

/** What the chosen one is about, and whether a second profession has read it. */
function aboutChosen({ library, own }: Offered, chosen: string): string | undefined {
  const ref = refOf(chosen)
  if ('library' in ref) return library.find((each) => each.id === ref.library)?.lead[language.value]
  const found = own.find((each) => each.id === ref.own)
  return found && [found.lead, !found.reviewed && staffExercisesText().form.notReviewed].filter(Boolean).join(' ')
}

function useGiveForm(page: string, citizenId: string) {
  return useForm<NewValues>({
    key: `exercise:${citizenId}`,
    initial: () => ({ ...EMPTY, id: newIdentifier(), exercise: '' }),
    check: (values) => ({ ...(values.exercise ? {} : { ref: staffText().problem.required }), ...checkGiven(values) }),
    send: async (values) => {
      await giveExercise(citizenId, { id: values.id, ref: refOf(values.exercise), ...saidBy(values) })
      sayDone(staffText().saved)
      navigate(page, { replace: true })
    },
    explain: (error) => explain(error, staffText()),
  })
}

function GiveForm({ citizen, ...offered }: Offered & { citizen: Citizen }) {
  const text = staffText()
  const words = staffExercisesText().form
  const page = `/staff/people/${citizen.id}/exercises`
  const form = useGiveForm(page, citizen.id)
  return (
    <section class="page">
      <PageHeading>{words.title(citizen.alias)}</PageHeading>
      <p>{words.lead}</p>
      <FormFrame
        form={form}
        labels={{ ref: words.exercise, ...givenLabels() }}
        summary={text.problem.summary}
        submit={words.submit}
        cancel={{ href: page, label: text.cancel }}
      >
        <SelectField
          id="ref"
          label={words.exercise}
          hint={aboutChosen(offered, form.values.exercise)}
          error={form.trouble.fields?.['ref']}
          options={choicesOf(offered)}
          value={form.values.exercise}
          onChange={(chosen) => form.set('exercise', chosen)}
        />
        <GivenFields form={form} goals={offered.goals} />
      </FormFrame>
    </section>
  )
}
