import type { GoalEvent } from '../../api/citizen.ts'
import { sessions } from '../../offline/course-store.ts'
import { everGiven } from '../../offline/exercise-store.ts'
import { eraseEvent } from '../../offline/goal-store.ts'
import { answerName } from '../../offline/goals.ts'
import { records } from '../../offline/phone.ts'
import { type GoalsText, goalsText } from '../../text/goals.ts'
import { text } from '../../text/text.ts'
import { detailOf } from '../appointments/words.ts'
import { newest } from '../exercises/saved.ts'
import { Erase } from './Erase.tsx'
import { mayStillCall } from './erasing.ts'
import { type LineCheckin, type LineItem, lineOf } from './line.ts'
import { OfGoal } from './OfGoal.tsx'
import { Answered, Given, Met } from './Practised.tsx'
import { dateInWords, momentInWords } from './wording.ts'

const PERSONAL = ['note', 'became-hard', 'back-after-pause']

/** What an event says beside its kind: a question, a level, a day, where the goal stands, or which step. */
function aboutOf(event: GoalEvent, words: GoalsText): string | null {
  const { kind, question, level, value, step_id: stepId } = event
  if (question) return words.questions.ask[answerName(question)]
  if (level !== null) return words.far.levelNames[level + 2] ?? null
  if (stepId) return records.value.steps.find((step) => step.id === stepId)?.text ?? null
  if (!value) return null
  if (kind === 'review') return dateInWords(value)
  return (kind === 'status' ? words.status[value] : words.line.achievement[value]) ?? null
}

function whoCanSee(event: GoalEvent, words: GoalsText['line']): string | null {
  if (event.by === 'staff') return words.byStaff
  if (!PERSONAL.includes(event.kind ?? '')) return null
  return event.shared ? words.sharedWith : words.onlyYou
}

function Told({ event }: { event: GoalEvent }) {
  const words = goalsText.value
  const about = aboutOf(event, words)
  const who = whoCanSee(event, words.line)
  const kind = words.line.kinds[event.kind ?? ''] ?? ''
  const isOwn = event.by === 'citizen' && (event.text !== null || PERSONAL.includes(event.kind ?? ''))
  return (
    <>
      <p>
        <strong>{kind}</strong>
        {about && `: ${about}`}
      </p>
      {event.text && <p class="own-words">{event.text}</p>}
      {who && <p class="quiet">{who}</p>}
      {isOwn && <Erase of={event.text ?? kind} act={() => eraseEvent(event.id)} mayCall={mayStillCall(event)} />}
    </>
  )
}

function Felt({ checkin }: { checkin: LineCheckin }) {
  const { line } = goalsText.value
  const { mood, urge } = checkin
  const said = [mood !== null && line.mood(mood), urge !== null && line.urge(urge)].filter(Boolean).join(' · ')
  return (
    <>
      <p>
        <strong>{line.kinds['check-in']}</strong>
        {said && `: ${said}`}
      </p>
      {checkin.line && <p class="own-words">{checkin.line}</p>}
    </>
  )
}

function Item({ item }: { item: LineItem }) {
  const { kinds } = goalsText.value.line
  return (
    <li class="goal-event">
      <p class="quiet">{momentInWords(item.at)}</p>
      {item.of === 'event' && <Told event={item.thing} />}
      {item.of === 'check-in' && <Felt checkin={item.thing} />}
      {item.of === 'appointment' && (
        <p>
          <a href={`/aftaler/${item.thing.id}`}>{kinds['appointment']}</a>: {detailOf(item.thing, text.value)}
        </p>
      )}
      {item.of === 'contact' && (
        <p>
          <a href="/henvendelser">{kinds['contact']}</a>: {item.thing.unit_name}
        </p>
      )}
      {item.of === 'given' && <Given given={item.thing} />}
      {item.of === 'answer' && <Answered answer={item.thing} />}
      {item.of === 'session' && <Met session={item.thing} />}
    </li>
  )
}

/** Everything that has happened with a goal, newest first; one's own words can be deleted for good. */
export function LinePage({ goalId }: { goalId: string }) {
  const words = goalsText.value.line
  const { events, appointments, contacts, checkins } = records.value
  const practised = { given: everGiven.value, answers: newest(), sessions: sessions.value }
  const items = lineOf(goalId, { events, appointments, contacts, checkins, ...practised })
  return (
    <OfGoal goalId={goalId} heading={words.heading}>
      {() =>
        items.length === 0 ? (
          <p>{words.none}</p>
        ) : (
          <ul class="plain-list">
            {items.map((item) => (
              <Item key={`${item.of}:${item.thing.id}`} item={item} />
            ))}
          </ul>
        )
      }
    </OfGoal>
  )
}
