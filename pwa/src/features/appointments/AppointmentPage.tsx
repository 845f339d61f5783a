import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Appointment } from '../../api/citizen.ts'
import { choices, choose, reached, records, refresh, repliesById } from '../../offline/phone.ts'
import { ANSWER_ON_NOTICE, seenName } from '../../offline/replies.ts'
import { isShared } from '../../offline/shared.ts'
import { text } from '../../text/text.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { instantNow, wallNow } from '../clock.ts'
import { findSuccessor, isMissed, isUpcoming } from './order.ts'
import { Reply } from './Reply.tsx'
import { whenSeen } from './seen.ts'
import { kindOf, stateOf, whenOf } from './words.ts'

function Detail({ label, children }: { label: string; children: ComponentChildren }) {
  return children ? (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  ) : null
}

function Details({ appointment }: { appointment: Appointment }) {
  const words = text.value
  const goal = records.value.goals.find((each) => each.id === appointment.goal_id)
  return (
    <dl class="details">
      <Detail label={words.appointment.how}>{words.appointment.mode[appointment.mode]}</Detail>
      <Detail label={words.appointment.place}>{appointment.place}</Detail>
      <Detail label={words.appointment.who}>{appointment.staff_name}</Detail>
      <Detail label={words.appointment.length}>{words.when.minutes(appointment.duration_minutes)}</Detail>
      <Detail label={words.appointment.goal}>{goal?.title}</Detail>
    </dl>
  )
}

function State({ appointment }: { appointment: Appointment }) {
  const words = text.value
  const state = stateOf(appointment, instantNow.value, words)
  const successor = findSuccessor(appointment, records.value.appointments)
  if (state === null) return null
  return (
    <Notice role="note">
      <p>{state}</p>
      {successor && (
        <p>
          <a href={`/aftaler/${successor.id}`}>
            {words.appointment.seeNew}: {whenOf(successor, wallNow.value.date, words)}
          </a>
        </p>
      )}
    </Notice>
  )
}

/** The reply then says itself what changed, and leads to the new time. */
function isAnswerLost(id: string): boolean {
  return repliesById.value.get(id)?.status === 'changed'
}

/** Without a network nobody can say that it is changed or gone. */
export function NotFound() {
  const words = text.value
  const heading = reached.value ? words.appointment.notFoundHeading : words.appointment.notHereHeading
  return (
    <Page key={heading} heading={heading}>
      <p>{reached.value ? words.appointment.notFound : words.appointment.notHere}</p>
      <p>
        <a class="way-on" href="/aftaler">{words.home.seeAll}</a>
      </p>
    </Page>
  )
}

/** Which time has stood in sight: only that one may be answered from a notice, and only by who asked for it. */
function useSeen(appointment: Appointment | undefined): void {
  const wanted = choices.value[ANSWER_ON_NOTICE] === true
  useEffect(() => {
    if (!appointment || !wanted || choices.peek()[seenName(appointment.id)] === appointment.revision) return
    return whenSeen(() => void choose(seenName(appointment.id), appointment.revision))
  }, [appointment?.id, appointment?.revision, wanted])
}

/** A calendar wants what lies ahead; on a device that others use nothing is left behind. */
function canBeTaken(appointment: Appointment): boolean {
  return !isShared.value && appointment.status === 'booked' && isUpcoming(appointment, instantNow.value)
}

/** One appointment, by its own id. */
export function AppointmentPage({ id }: { id: string }) {
  const words = text.value
  const appointment = records.value.appointments.find((each) => each.id === id)
  const hasLooked = useSignal(false)
  useSeen(appointment)
  useEffect(() => {
    if (!appointment) void refresh().finally(() => (hasLooked.value = true))
    // Also when it goes while the page is open, as one that was entered by mistake does.
  }, [id, appointment === undefined])
  if (!appointment) return hasLooked.value ? <NotFound /> : <Page heading={words.appointment.heading}>{words.appointment.looking}</Page>
  return (
    <Page heading={kindOf(appointment, words)}>
      <p class="when">{whenOf(appointment, wallNow.value.date, words)}</p>
      {!isAnswerLost(appointment.id) && !isMissed(appointment) && <State appointment={appointment} />}
      <Details appointment={appointment} />
      <Reply appointment={appointment} />
      {canBeTaken(appointment) && (
        <p>
          <a class="way-on" href={`/aftaler/${appointment.id}/kalender`}>{words.appointment.toCalendar}</a>
        </p>
      )}
      <p>
        <a class="way-on" href="/aftaler">{words.home.seeAll}</a>
      </p>
    </Page>
  )
}
