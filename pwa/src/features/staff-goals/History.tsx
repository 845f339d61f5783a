import { getGoal, type GoalEvent, type GoalPage } from '../../api/staffGoals'
import { language } from '../../text/language'
import { staffGoalsText } from '../../text/staffGoals'
import { Button } from '../../ui/Button'
import { sayWhen } from '../../ui/days'
import { Notice } from '../../ui/Notice'
import { useOlder } from '../../ui/older'
import { useActing } from './acting'
import { sayAbout } from './wording'

function Entry({ event, stepText }: { event: GoalEvent; stepText: (id: string) => string | undefined }) {
  const words = staffGoalsText()
  const { history } = words
  const about = sayAbout(event, words, stepText)
  const who = event.by === 'citizen' ? history.citizen : (event.staff_name ?? history.staff)
  return (
    <li class="goal-event">
      <p class="quiet">{history.by(who, sayWhen(event.happened_at, language.value, new Date()))}</p>
      <p>
        <strong>{history.kinds[event.kind]}</strong>
        {about && `: ${about}`}
      </p>
      {event.text && <p class="own-words">{event.text}</p>}
    </li>
  )
}

/** What has happened with the goal, newest first; older entries are fetched when somebody asks for them. */
export function History({ page }: { page: GoalPage }) {
  const { history } = staffGoalsText()
  const { items, next, more } = useOlder(
    page,
    (cursor) => getGoal(page.goal.id, cursor),
    (found) => found.events,
  )
  const { busy, trouble, act } = useActing()
  const stepText = (id: string) => page.steps.find((step) => step.id === id)?.text
  const events = [...page.events, ...items]
  return (
    <section aria-labelledby="history-heading">
      <h2 id="history-heading">{history.title}</h2>
      <p class="quiet">{history.onlyShared}</p>
      {events.length === 0 && <p class="empty">{history.empty}</p>}
      <ol class="goal-events" role="list">
        {events.map((event) => (
          <Entry key={event.id} event={event} stepText={stepText} />
        ))}
      </ol>
      {trouble && <Notice>{trouble}</Notice>}
      {next && (
        <Button busy={busy} onClick={() => void act(more, '')}>
          {history.older}
        </Button>
      )}
    </section>
  )
}
