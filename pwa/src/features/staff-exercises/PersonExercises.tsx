import { written } from '../../api/staff'
import { changeGiven, getPersonExercises, type ExerciseDay, type GivenExercise, type PersonExercises as Found } from '../../api/staffExercises'
import { listWholeGoals, type WholeGoal } from '../../api/staffGoals'
import { staffExercisesText } from '../../text/staffExercises'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { PageHeading } from '../../ui/PageHeading'
import { useActing } from '../staff-goals/acting'
import { WithCitizen } from '../staff-person/WithCitizen'
import { Fetched } from './Fetched'
import { SharedAnswers } from './SharedAnswers'
import { fetchLibrary, type Library, nameOf, sayAnswer, sayExerciseDay, sayRhythm } from './wording'

interface Shown {
  citizenId: string
  found: Found
  goals: readonly WholeGoal[]
  library: Library
}

/** What a person was given, and of what came of it the part that is shared. */
export function PersonExercises({ citizenId }: { citizenId: string }) {
  const load = async () => {
    const [found, goals, library] = await Promise.all([getPersonExercises(citizenId), listWholeGoals(citizenId), fetchLibrary()])
    return { citizenId, found, goals, library }
  }
  return (
    <WithCitizen citizenId={citizenId}>
      {({ alias }) => (
        <Fetched subject={`exercises:${citizenId}`} version={written.value} load={load}>
          {(shown) => <Whole alias={alias} {...shown} />}
        </Fetched>
      )}
    </WithCitizen>
  )
}

function Whole({ alias, ...shown }: Shown & { alias: string }) {
  const words = staffExercisesText()
  const { citizenId, found, library } = shown
  const person = `/staff/people/${citizenId}`
  return (
    <article class="page">
      <p class="way-back">
        <a href={person}>{words.toPerson}</a>
      </p>
      <PageHeading>{words.titleOf(alias)}</PageHeading>
      <p>
        <a class="button button-primary" href={`${person}/exercises/new`}>
          {words.give}
        </a>
      </p>
      {found.items.length === 0 && <p class="empty">{words.none}</p>}
      <ul class="given-list" role="list">
        {found.items.map(({ assignment, occurrences }) => (
          <li key={assignment.id} class="given">
            <Given {...shown} given={assignment} days={occurrences} />
          </li>
        ))}
      </ul>
      <h2>{words.answers}</h2>
      <p class="quiet">{words.note}</p>
      <SharedAnswers found={found} library={library} />
    </article>
  )
}

function Given({ citizenId, goals, library, given, days }: Shown & { given: GivenExercise; days: readonly ExerciseDay[] }) {
  const words = staffExercisesText()
  const name = nameOf(library, given.ref, given.title)
  const goal = goals.find((each) => each.id === given.goal_id)
  const isGiven = given.status === 'active'
  return (
    <>
      <h2>{name}</h2>
      <p>
        {sayRhythm(given)}
        {!isGiven && `. ${words.takenBack}`}
      </p>
      {goal && <p class="quiet">{words.goalIs(goal.title)}</p>}
      {given.line && <p class="own-words">{given.line}</p>}
      <Days given={given} name={name} days={days} />
      <p class="quiet">{words.by(given.by_name, sayExerciseDay(given.given_on))}</p>
      {isGiven && <Steps citizenId={citizenId} given={given} name={name} />}
    </>
  )
}

function Days({ given, name, days }: { given: GivenExercise; name: string; days: readonly ExerciseDay[] }) {
  const words = staffExercisesText()
  if (given.repeat === 'none') return <p>{days.map((day) => `${words.anyDay}: ${words.states[day.state]}`).join('')}</p>
  const newest = [...days].reverse()
  const list = (shown: readonly ExerciseDay[]) => (
    <ul class="given-days" aria-label={words.days(name)}>
      {shown.map((day) => (
        <li key={day.on}>{sayAnswer(day.on, day.state)}</li>
      ))}
    </ul>
  )
  if (newest.length <= FEW) return list(newest)
  return (
    <>
      {list(newest.slice(0, FEW))}
      <details class="more">
        <summary>{words.days(name)}</summary>
        {list(newest.slice(FEW))}
      </details>
    </>
  )
}

const FEW = 4

function Steps({ citizenId, given, name }: { citizenId: string; given: GivenExercise; name: string }) {
  const words = staffExercisesText()
  const { busy, trouble, act } = useActing()
  const takeBack = () => act(() => changeGiven(given.id, given.version, { status: 'withdrawn' }), words.tookBack)
  return (
    <>
      {trouble && (
        <Notice>
          <p>{trouble}</p>
        </Notice>
      )}
      <p class="form-actions">
        <a class="button button-secondary" href={`/staff/people/${citizenId}/exercises/${given.id}`} aria-label={words.changeNamed(name)}>
          {words.change}
        </a>
        <Button kind="quiet" busy={busy} label={words.takeBackNamed(name)} onClick={() => void takeBack()}>
          {words.takeBack}
        </Button>
      </p>
    </>
  )
}
