import { ApiProblem } from '../../api/client'
import { changeGiven, getPersonExercises, type GivenExercise } from '../../api/staffExercises'
import { listWholeGoals, type WholeGoal } from '../../api/staffGoals'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { staffExercisesText } from '../../text/staffExercises'
import { sayDone } from '../../ui/flash'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { type Standing, useSharedForm } from '../../ui/sharedForm'
import { Fetched } from './Fetched'
import { GivenFields, givenLabels } from './GivenFields'
import { changesOf, checkGiven, type GivenValues, valuesOf } from './givenValues'
import { fetchLibrary, type Library, nameOf } from './wording'

interface At {
  citizenId: string
  givenId: string
}

async function find({ citizenId, givenId }: At): Promise<GivenExercise> {
  const { items } = await getPersonExercises(citizenId)
  const found = items.find(({ assignment }) => assignment.id === givenId)
  if (!found) throw new ApiProblem(404, { code: 'not-found' }, null)
  return found.assignment
}

/** Changes the days, the goal or the words of what was given. */
export function ChangeGiven(at: At) {
  const load = async () => {
    const [given, goals, library] = await Promise.all([find(at), listWholeGoals(at.citizenId), fetchLibrary()])
    return { given, goals, library }
  }
  return (
    <Fetched subject={`given:${at.givenId}`} load={load}>
      {(shown) => <ChangeForm {...at} {...shown} />}
    </Fetched>
  )
}

const standingOf = (given: GivenExercise): Standing<GivenValues> => ({ version: given.version, values: valuesOf(given) })

function ChangeForm({ given, goals, library, ...at }: At & { given: GivenExercise; goals: readonly WholeGoal[]; library: Library }) {
  const text = staffText()
  const words = staffExercisesText().form
  const page = `/staff/people/${at.citizenId}/exercises`
  const { form, theirs } = useSharedForm<GivenValues>({
    key: `given:${at.givenId}`,
    standing: standingOf(given),
    check: checkGiven,
    send: async (values, seen) => {
      const change = changesOf(values, seen.current.values)
      if (Object.keys(change).length > 0) await changeGiven(at.givenId, seen.current.version, change)
      sayDone(staffText().saved)
      navigate(page, { replace: true })
    },
    explain: (error) => explain(error, staffText()),
    newest: async () => standingOf(await find(at)),
    changed: () => staffExercisesText().form.changed,
  })
  return (
    <section class="page">
      <PageHeading>{words.changeTitle(nameOf(library, given.ref, given.title))}</PageHeading>
      <FormFrame form={form} labels={givenLabels()} summary={text.problem.summary} submit={words.save} cancel={{ href: page, label: text.cancel }}>
        <GivenFields form={form} goals={goals} theirs={theirs} />
      </FormFrame>
    </section>
  )
}
