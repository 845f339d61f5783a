import { ApiProblem } from '../../api/client'
import { answerOtherwise, readThread, type Thread, written } from '../../api/staffMessages'
import { explain } from '../../api/staffProblems'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffMessagesText } from '../../text/staffMessages'
import { Button } from '../../ui/Button'
import { sayWhen } from '../../ui/days'
import { LoadState } from '../../ui/LoadState'
import { Notice } from '../../ui/Notice'
import { useOlder } from '../../ui/older'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { useActing } from '../staff-goals/acting'
import { WithCitizen } from '../staff-person/WithCitizen'
import { AnswerForm } from './AnswerForm'
import { Entry } from './Entry'
import './messages.scss'

/** A person's messages with the contact person, and the field to answer in. */
export function ThreadPage({ citizenId }: { citizenId: string }) {
  return (
    <WithCitizen citizenId={citizenId}>
      {({ alias, paired }) => <Messages citizenId={citizenId} alias={alias} isPaired={paired} />}
    </WithCitizen>
  )
}

function Messages({ citizenId, alias, isPaired }: { citizenId: string; alias: string; isPaired: boolean }) {
  const text = staffText()
  const words = staffMessagesText()
  const found = useResource(`messages:${citizenId}`, written.value, () => readThread(citizenId))
  const isClosed = found.error instanceof ApiProblem && found.error.status === 404
  return (
    <section class="page messages-page">
      <p class="way-back">
        <a href={`/staff/people/${citizenId}`}>{text.plan.toPerson}</a>
      </p>
      <PageHeading>{words.with(alias)}</PageHeading>
      {!isPaired && (
        <Notice role="note">
          <p>{words.unpaired}</p>
        </Notice>
      )}
      {isClosed && <p>{words.closed}</p>}
      {!isClosed && found.data && <Shown key={citizenId} citizenId={citizenId} alias={alias} thread={found.data} />}
      {!isClosed && !found.data && (
        <LoadState
          loading={text.loading}
          trouble={found.error ? explain(found.error, text).message : undefined}
          retry={{ label: text.problem.retry, act: found.reload }}
        />
      )}
    </section>
  )
}

interface ShownProps {
  citizenId: string
  alias: string
  thread: Thread
}

function Shown({ citizenId, alias, thread }: ShownProps) {
  const words = staffMessagesText()
  const seen = thread.items.find((each) => each.by === 'citizen')?.id ?? null
  return (
    <>
      {thread.waiting_since && <Waiting citizenId={citizenId} since={thread.waiting_since} seen={seen} />}
      <AnswerForm citizenId={citizenId} seen={seen} />
      {thread.items.length === 0 && <p class="empty">{words.none}</p>}
      <Entries citizenId={citizenId} alias={alias} thread={thread} />
    </>
  )
}

/** Since when the person waits; somebody may have answered by phone. */
function Waiting({ citizenId, since, seen }: { citizenId: string; since: string; seen: string | null }) {
  const words = staffMessagesText()
  const { busy, trouble, act } = useActing()
  return (
    <div class="waiting-line">
      <p>{words.since(sayWhen(since, language.value, new Date()))}</p>
      {seen && (
        <Button busy={busy} onClick={() => void act(() => answerOtherwise(citizenId, seen), words.otherwiseDone)}>
          {words.otherwise}
        </Button>
      )}
      {trouble && <p role="alert">{trouble}</p>}
    </div>
  )
}

/** The newest page, and older ones as far as somebody has asked for them. */
function Entries({ citizenId, alias, thread }: ShownProps) {
  const words = staffMessagesText()
  const { items, next, more } = useOlder(
    thread,
    (cursor) => readThread(citizenId, cursor),
    (page) => page.items,
  )
  const { busy, trouble, act } = useActing()
  return (
    <>
      <ol class="thread" role="list">
        {[...thread.items, ...items].map((message) => (
          <Entry key={message.id} citizenId={citizenId} alias={alias} message={message} />
        ))}
      </ol>
      {next && (
        <Button kind="quiet" busy={busy} onClick={() => void act(more, '')}>
          {words.older}
        </Button>
      )}
      {trouble && <p role="alert">{trouble}</p>}
    </>
  )
}
