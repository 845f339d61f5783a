import { useSignal } from '@preact/signals'
import type { Answer, Appointment } from '../../api/citizen.ts'
import { answer, dropAnswer, records, replies, repliesById } from '../../offline/phone.ts'
import type { QueuedReply } from '../../offline/replies.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { instantNow, wallNow } from '../clock.ts'
import { findSuccessor, mayAnswer } from './order.ts'
import { whenOf } from './words.ts'

function Question({ appointment, current }: { appointment: Appointment; current: Answer | null }) {
  const words = text.value.reply
  return (
    <div class="button-row" role="group" aria-label={words.question}>
      <Button kind="primary" pressed={current === 'accepted'} onClick={() => void answer(appointment, 'accepted')}>
        {words.accept}
      </Button>
      <Button pressed={current === 'declined'} onClick={() => void answer(appointment, 'declined')}>
        {words.decline}
      </Button>
    </div>
  )
}

function given(appointment: Appointment, queued: QueuedReply | undefined): Answer | null {
  if (queued?.status === 'waiting') return queued.reply
  return appointment.reply === 'accepted' || appointment.reply === 'declined' ? appointment.reply : null
}

function isUndelivered(queued: QueuedReply): boolean {
  return queued.status === 'changed' || queued.status === 'refused'
}

/** What became of an answer that could not be delivered as it was. */
function Undelivered({ appointmentId, queued }: { appointmentId: string; queued: QueuedReply }) {
  const words = text.value
  const appointment = records.value.appointments.find((each) => each.id === appointmentId)
  const successor = appointment && findSuccessor(appointment, records.value.appointments)
  return (
    <div class="notice" role="status">
      <p>{queued.status === 'changed' ? words.reply.changed : words.reply.refused}</p>
      {successor && (
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

function Given({ appointment, reply, queued }: { appointment: Appointment; reply: Answer; queued: QueuedReply | undefined }) {
  const words = text.value.reply
  const isAsking = useSignal(false)
  return (
    <>
      <p role="status">
        {words[reply]} {queued?.status === 'waiting' && words.waiting}
        {queued?.status === 'sent' && words.sent}
        {reply === 'declined' && ` ${words.declinedNext}`}
      </p>
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
      {isAsking.value && <Question appointment={appointment} current={reply} />}
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

/** The person's answer to one appointment, and how far it has come. */
export function Reply({ appointment }: { appointment: Appointment }) {
  const queued = repliesById.value.get(appointment.id)
  if (queued && isUndelivered(queued)) return <Undelivered appointmentId={appointment.id} queued={queued} />
  if (!mayAnswer(appointment, instantNow.value)) return null
  const reply = given(appointment, queued)
  return (
    <div class="reply">
      {reply === null && <p class="reply-question">{text.value.reply.question}</p>}
      {reply === null ? (
        <Question appointment={appointment} current={null} />
      ) : (
        <Given appointment={appointment} reply={reply} queued={queued} />
      )}
    </div>
  )
}
