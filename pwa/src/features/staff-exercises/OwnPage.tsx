import { ApiProblem } from '../../api/client'
import { written } from '../../api/staff'
import { listOwnExercises, type OwnExercise, submitExercise, withdrawExercise } from '../../api/staffExercises'
import { language } from '../../text/language'
import { staffExercisesText } from '../../text/staffExercises'
import { Button } from '../../ui/Button'
import { sayDay } from '../../ui/days'
import { Notice } from '../../ui/Notice'
import { PageHeading } from '../../ui/PageHeading'
import { Blocks } from '../exercises/Blocks.tsx'
import { useActing } from '../staff-goals/acting'
import { Fetched } from './Fetched'
import { ReviewForm } from './ReviewForm'

/** One exercise out of those that this colleague may see. */
export async function findOwn(exerciseId: string): Promise<OwnExercise> {
  const found = (await listOwnExercises()).find((each) => each.id === exerciseId)
  if (!found) throw new ApiProblem(404, { code: 'not-found' }, null)
  return found
}

/** An exercise as the phone shows it, how far it has come, and what can be done with it. */
export function OwnPage({ exerciseId }: { exerciseId: string }) {
  return (
    <Fetched subject={`own-exercise:${exerciseId}`} version={written.value} load={() => findOwn(exerciseId)}>
      {(own) => <Whole own={own} />}
    </Fetched>
  )
}

function Whole({ own }: { own: OwnExercise }) {
  const all = staffExercisesText()
  const words = all.own
  const profession = (each: keyof typeof all.professions) => all.professions[each]
  return (
    <article class="page">
      <p>
        <a href="/staff/exercises">{words.back}</a>
      </p>
      <PageHeading>{own.title}</PageHeading>
      <p class="state">{words.statuses[own.status]}</p>
      <p class="quiet">{words.writtenBy(own.author_name, profession(own.author_profession))}</p>
      {own.reviewed && (
        <p class="quiet">{words.readBy(own.reviewed.by_name, profession(own.reviewed.profession), sayDay(own.reviewed.at, language.value, new Date()))}</p>
      )}
      {own.remark && (
        <Notice>
          <h2>{words.remark}</h2>
          <p class="own-words">{own.remark}</p>
        </Notice>
      )}
      <OnPhone own={own} />
      <Steps own={own} />
      {own.status === 'submitted' && !own.is_own && <ReviewForm own={own} />}
    </article>
  )
}

function OnPhone({ own }: { own: OwnExercise }) {
  const words = staffExercisesText().own
  return (
    <section class="on-phone" aria-label={words.preview}>
      <p class="quiet">{words.preview}</p>
      <p>{own.lead}</p>
      <Blocks blocks={own.blocks} />
    </section>
  )
}

function Steps({ own }: { own: OwnExercise }) {
  const words = staffExercisesText().own
  const { busy, trouble, act } = useActing()
  const mayWithdraw = own.status === 'shared' || (own.is_own && own.status !== 'withdrawn')
  if (!own.is_own && !mayWithdraw) return null
  return (
    <>
      {trouble && (
        <Notice>
          <p>{trouble}</p>
        </Notice>
      )}
      {own.is_own && own.status !== 'draft' && <p class="quiet">{words.editWarns}</p>}
      <div class="form-actions own-steps">
        {own.is_own && own.status === 'draft' && (
          <Button kind="primary" busy={busy} onClick={() => void act(() => submitExercise(own.id, own.version), words.submitted)}>
            {words.submit}
          </Button>
        )}
        {own.is_own && (
          <a class="button button-secondary" href={`/staff/exercises/${own.id}/edit`}>
            {words.edit}
          </a>
        )}
        {mayWithdraw && (
          <Button kind="quiet" busy={busy} onClick={() => void act(() => withdrawExercise(own.id, own.version), words.withdrawn)}>
            {words.withdraw}
          </Button>
        )}
      </div>
    </>
  )
}
