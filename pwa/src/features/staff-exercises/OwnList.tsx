import { written } from '../../api/staff'
import { listOwnExercises, type OwnExercise } from '../../api/staffExercises'
import { staffExercisesText } from '../../text/staffExercises'
import { PageHeading } from '../../ui/PageHeading'
import { Fetched } from './Fetched'

/** Exercises that colleagues write: one's own, those that wait for a second profession, and the centre's. */
export function OwnList() {
  const words = staffExercisesText().own
  return (
    <section class="page">
      <PageHeading>{words.title}</PageHeading>
      <p>{words.lead}</p>
      <p>
        <a class="button button-primary" href="/staff/exercises/new">
          {words.add}
        </a>
      </p>
      <Fetched subject="own-exercises" version={written.value} load={listOwnExercises}>
        {(found) => <Lists found={found} />}
      </Fetched>
    </section>
  )
}

function Lists({ found }: { found: readonly OwnExercise[] }) {
  const words = staffExercisesText().own
  const others = found.filter((each) => !each.is_own)
  const waiting = others.filter((each) => each.status === 'submitted')
  return (
    <>
      {waiting.length > 0 && <Part heading={words.waiting} found={waiting} />}
      <Part heading={words.mine} found={found.filter((each) => each.is_own)} />
      <Part heading={words.shared} found={others.filter((each) => each.status === 'shared')} />
    </>
  )
}

function Part({ heading, found }: { heading: string; found: readonly OwnExercise[] }) {
  const words = staffExercisesText().own
  return (
    <>
      <h2>{heading}</h2>
      {found.length === 0 && <p class="empty">{words.none}</p>}
      <ul class="given-list" role="list">
        {found.map((each) => (
          <li key={each.id} class="given">
            <a href={`/staff/exercises/${each.id}`}>{each.title}</a>
            <p class="quiet">
              {words.statuses[each.status]}. {each.lead}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
