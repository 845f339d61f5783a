import { type Signal, useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Answer, Appointment, Wish } from '../../api/citizen.ts'
import { answer, dropAnswer, records, replies, repliesById } from '../../offline/phone.ts'
import type { QueuedReply } from '../../offline/replies.ts'
import { text, type Text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { instantNow, wallNow } from '../clock.ts'
import { findSuccessor, isMissed, mayAnswer } from './order.ts'
import { sayWish } from './wishes.ts'
import { whenOf } from './words.ts'

interface QuestionProps {
  appointment: Appointment
  current: Answer | null
  onAnswered: () => void
}

function Question({ appointment, current, onAnswered }: QuestionProps) {
  const words = text.value.reply
  const say = (reply: Answer) => void answer(appointment, reply).then((isKept) => isKept && onAnswered())
  return (
    <div class="button-row" role="group" aria-label={words.question}>
      <Button kind="primary" pressed={current === 'accepted'} onClick={() => say('accepted')}>
        {words.accept}
      </Button>
      <Button pressed={current === 'declined'} onClick={() => say('declined')}>
        {words.decline}
      </Button>
      <a class="button button-secondary" href={`/aftaler/${appointment.id}/anden-tid`}>
        {words.tentativeAsk}
      </a>
    </div>
  )
}

function given(appointment: Appointment, queued: QueuedReply | undefined): Answer | null {
  if (queued?.status === 'waiting') return queued.reply
  return appointment.reply === 'needs-action' ? null : appointment.reply
}

/** What was asked for instead of the time, as the person wrote it. */
function Wished({ wishes = [], note }: { wishes?: readonly Wish[] | undefined; note?: string | null | undefined }) {
  const words = text.value
  if (wishes.length === 0 && !note) return null
  return (
    <>
      {wishes.length > 0 && (
        <ul>
          {wishes.map((wish) => (
            <li key={JSON.stringify(wish)}>{sayWish(wish, wallNow.value.date, words)}</li>
          ))}
        </ul>
      )}
      {note && <p>{words.another.youWrote(note)}</p>}
    </>
  )
}

function isUndelivered(queued: QueuedReply): boolean {
  return queued.status !== 'waiting' && queued.status !== 'sent'
}

/** Why an answer does not count as it was given, and what does. */
export function undeliveredWords({ status, reply }: Pick<QueuedReply, 'status' | 'reply'>, isOff: boolean, words: Text['reply']): string {
  if (status === 'over') return reply === 'declined' ? words.overNo : words.over
  if (status === 'refused') return words.refused
  return isOff ? words.off : words.changed
}

/** What became of an answer that could not be delivered as it was. */
function Undelivered({ appointmentId, queued }: { appointmentId: string; queued: QueuedReply }) {
  const words = text.value
  const appointment = records.value.appointments.find((each) => each.id === appointmentId)
  const successor = appointment && findSuccessor(appointment, records.value.appointments)
  const isOff = (successor ?? appointment)?.status === 'cancelled'
  return (
    <div class="notice" role="status">
      <p>{undeliveredWords(queued, isOff, words.reply)}</p>
      <Wished wishes={queued.wishes} note={queued.note} />
      {successor && !isOff && (
        <p>
          <a href={`/aftaler/${successor.id}`}>
            {words.appointment.seeNew}: {whenOf(successor, wallNow.value.date, words)}
          </a>
        </p>
      )}
      <Button kind="quiet" onClick={() => void dropAnswer(appointmentId)}>
        {words.reply.seen}
      </Button>
    </div>
  )
}

interface GivenProps {
  appointment: Appointment
  reply: Answer
  queued: QueuedReply | undefined
  isAsking: Signal<boolean>
  onAnswered: () => void
}

function Given({ appointment, reply, queued, isAsking, onAnswered }: GivenProps) {
  const words = text.value.reply
  return (
    <>
      <p class="reply-given" tabIndex={-1}>
        {words[reply]}{' '}
        <span role="status">
          {queued?.status === 'waiting' && words.waiting}
          {queued?.status === 'sent' && words.sent}
        </span>
        {reply === 'declined' && ` ${words.declinedNext}`}
        {reply === 'tentative' && ` ${words.tentativeNext}`}
      </p>
      {reply === 'tentative' && <Wished wishes={appointment.wishes} note={appointment.wish_note} />}
      {queued?.status === 'waiting' && (
        <Button kind="quiet" onClick={() => void dropAnswer(appointment.id)}>
          {words.undo}
        </Button>
      )}
      {!isAsking.value && (
        <Button kind="quiet" onClick={() => (isAsking.value = true)}>
          {words.another}
        </Button>
      )}
      {isAsking.value && <Question appointment={appointment} current={reply} onAnswered={onAnswered} />}
    </>
  )
}

/** On the first page: answers to other appointments that could not be delivered as they were. */
export function UndeliveredReplies({ except }: { except: string | undefined }) {
  const others = replies.value.filter((queued) => isUndelivered(queued) && queued.appointment_id !== except)
  return (
    <>
      {others.map((queued) => (
        <Undelivered key={queued.id} appointmentId={queued.appointment_id} queued={queued} />
      ))}
    </>
  )
}

/** After a talk that was not: kind words, and the way to a new time. Nothing counts as failed. */
function AskAgain({ appointment, queued }: { appointment: Appointment; queued: QueuedReply | undefined }) {
  const words = text.value
  const hasAsked = given(appointment, queued) === 'tentative'
  return (
    <div class="reply">
      <p>{words.missed.kind}</p>
      {hasAsked && (
        <p>
          {words.missed.asked}{' '}
          <span role="status">
            {queued?.status === 'waiting' && words.reply.waiting}
            {queued?.status === 'sent' && words.reply.sent}
          </span>
        </p>
      )}
      {hasAsked && <Wished wishes={queued?.wishes ?? appointment.wishes} note={queued?.note ?? appointment.wish_note} />}
      {queued?.status === 'waiting' && (
        <Button kind="quiet" onClick={() => void dropAnswer(appointment.id)}>
          {words.reply.undo}
        </Button>
      )}
      <p>
        <a class={hasAsked ? 'way-on' : 'button button-primary button-wide'} href={`/aftaler/${appointment.id}/anden-tid`}>
          {hasAsked ? words.missed.askOther : words.missed.ask}
        </a>
      </p>
    </div>
  )
}

/** After the start nothing can be answered any more; what was answered stays in sight. */
function StillGiven({ reply, queued, appointment }: { reply: Answer | null; queued: QueuedReply | undefined; appointment: Appointment }) {
  const words = text.value.reply
  if (reply === null || appointment.status !== 'booked') return null
  return (
    <p class="reply-given">
      {words[reply]} {queued?.status === 'waiting' && words.waiting}
    </p>
  )
}

/** The person's answer to one appointment, and how far it has come. */
export function Reply({ appointment }: { appointment: Appointment }) {
  const queued = repliesById.value.get(appointment.id)
  const box = useRef<HTMLDivElement>(null)
  const isAsking = useSignal(false)
  const isAnswered = useSignal(0)
  // The button that was tapped gives way to the answer: the answer takes the focus, so that it is read aloud.
  useLayoutEffect(() => {
    if (isAnswered.value > 0) box.current?.querySelector<HTMLElement>('.reply-given')?.focus({ preventScroll: true })
  }, [isAnswered.value])
  const onAnswered = () => {
    isAsking.value = false
    isAnswered.value += 1
  }
  if (queued && isUndelivered(queued)) return <Undelivered appointmentId={appointment.id} queued={queued} />
  if (isMissed(appointment)) return <AskAgain appointment={appointment} queued={queued} />
  const reply = given(appointment, queued)
  if (!mayAnswer(appointment, instantNow.value)) return <StillGiven reply={reply} queued={queued} appointment={appointment} />
  return (
    <div class="reply" ref={box}>
      {reply === null && <p class="reply-question">{text.value.reply.question}</p>}
      {reply === null ? (
        <Question appointment={appointment} current={null} onAnswered={onAnswered} />
      ) : (
        <Given appointment={appointment} reply={reply} queued={queued} isAsking={isAsking} onAnswered={onAnswered} />
      )}
    </div>
  )
}
