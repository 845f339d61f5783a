import { written } from '../../api/staff'
import { agree, changeGoal, type GoalPage as Page, type WholeGoal } from '../../api/staffGoals'
import { staffGoalsText } from '../../text/staffGoals'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { useActing } from './acting'
import { History } from './History'
import { NoteForm } from './NoteForm'
import { Status } from './Status'
import { Steps } from './Steps'
import { QUESTIONS, sayBriefly, sayGoalDate, sayLevel } from './wording'
import { WithGoal } from './WithGoal'

interface Place {
  citizenId: string
  goalId: string
}

/** One goal: what both sides have said about it, and what has happened. */
export function GoalPage({ citizenId, goalId }: Place) {
  return (
    <WithGoal goalId={goalId} version={written.value}>
      {(page) => <WholePage citizenId={citizenId} page={page} />}
    </WithGoal>
  )
}

function WholePage({ citizenId, page }: { citizenId: string; page: Page }) {
  const words = staffGoalsText()
  const { goal, steps } = page
  const here = `/staff/people/${citizenId}/goals/${goal.id}`
  return (
    <article class="page goal-page">
      <p class="way-back">
        <a href={`/staff/people/${citizenId}`}>{words.toPerson}</a>
      </p>
      <PageHeading key={goal.id}>{goal.title}</PageHeading>
      <p class="quiet">{sayBriefly(goal, words)}</p>
      {goal.closer_until && <p>{words.closer(sayGoalDate(goal.closer_until))}</p>}
      <Standing citizenId={citizenId} goal={goal} />
      <dl class="facts">
        <Fact label={words.achievementLabel}>{words.achievements[goal.achievement ?? '']}</Fact>
        <Fact label={words.reviewLabel}>{goal.review_on ? sayGoalDate(goal.review_on) : words.none}</Fact>
      </dl>
      <p class="goal-ways">
        <a href={`${here}/edit`}>{words.edit}</a>
      </p>
      <Steps goalId={goal.id} steps={steps} />
      <Questions goal={goal} here={here} />
      <Scaling goal={goal} here={here} />
      <section class="card" aria-labelledby="tell-heading">
        <h2 id="tell-heading" class="card-heading">
          {words.tell.title}
        </h2>
        <NoteForm goalId={goal.id} />
        <p class="goal-ways">
          <a href={`${here}/hard`}>{words.tell.hard}</a> <a href={`${here}/back`}>{words.tell.back}</a>
        </p>
      </section>
      <History page={page} />
      <p class="goal-ways">
        <a href={`${here}/line`}>{words.line.link}</a>
      </p>
    </article>
  )
}

function Fact({ label, children }: { label: string; children: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Where it stands, and what our side may say: a suggestion is answered by the person alone. */
function Standing({ citizenId, goal }: { citizenId: string; goal: WholeGoal }) {
  const words = staffGoalsText()
  const { busy, trouble, act } = useActing()
  const isOurs = goal.origin === 'staff'
  const strike = async () => {
    const isGone = await act(() => changeGoal(goal.id, goal.version, { status: 'entered-in-error' }), words.takenBack)
    if (isGone) navigate(`/staff/people/${citizenId}`, { replace: true })
  }
  return (
    <div class="goal-standing">
      {trouble && <Notice>{trouble}</Notice>}
      {(!isOurs || goal.agreed) && <Status goal={goal} />}
      {!isOurs && !goal.agreed && (
        <Button busy={busy} onClick={() => void act(() => agree(goal.id))}>
          {words.agree}
        </Button>
      )}
      {isOurs && !goal.agreed && (
        <Button kind="quiet" busy={busy} onClick={() => void strike()}>
          {words.takeBack}
        </Button>
      )}
    </div>
  )
}

/** What the four questions were answered with; none of them has to be. */
function Questions({ goal, here }: { goal: WholeGoal; here: string }) {
  const { questions, none } = staffGoalsText()
  return (
    <section class="card" aria-labelledby="questions-heading">
      <h2 id="questions-heading" class="card-heading">
        {questions.title}
      </h2>
      <dl class="facts">
        {QUESTIONS.map((each) => (
          <Fact key={each} label={questions.ask[each]}>
            {goal.answers[each] ?? none}
          </Fact>
        ))}
      </dl>
      <a href={`${here}/questions`}>{questions.link}</a>
    </section>
  )
}

/** How far the goal has come, by levels that were put into words together. */
function Scaling({ goal, here }: { goal: WholeGoal; here: string }) {
  const words = staffGoalsText()
  const { scaling } = words
  const say = (level: number | null | undefined) => (level === null || level === undefined ? words.none : sayLevel(level, words))
  return (
    <section class="card" aria-labelledby="scaling-heading">
      <h2 id="scaling-heading" class="card-heading">
        {scaling.title}
      </h2>
      {goal.scaling ? (
        <dl class="facts">
          <Fact label={scaling.baseline}>{say(goal.scaling.baseline)}</Fact>
          <Fact label={scaling.reached}>{say(goal.scaling.reached)}</Fact>
        </dl>
      ) : (
        <p class="quiet">{scaling.lead}</p>
      )}
      <a href={`${here}/scaling`}>{scaling.link}</a>
    </section>
  )
}
