import type { Goal } from '../../api/citizen.ts'
import { putGoal } from '../../offline/own.ts'
import { records, standing, wholeLoad } from '../../offline/phone.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Page } from '../../ui/Page.tsx'
import { RefusedEdits } from '../refused/RefusedEdits.tsx'
import { say } from '../said.ts'
import { SaidHere } from '../SaidHere.tsx'
import { stepsFrom, type Step } from './steps.ts'

/** Worded twice at once: both stand until the person chooses. */
function BothTitles({ goal, titles }: { goal: Goal; titles: readonly string[] }) {
  const words = text.value.goals
  const keep = (title: string) => putGoal(goal.id, { title }).then((id) => say(id ? words.saved : words.notSaved))
  return (
    <Card>
      <p>{words.both}</p>
      {titles.map((title) => (
        <div key={title}>
          <p class="own-words">{title}</p>
          <p>
            <Button label={words.keepNamed(title)} onClick={() => void keep(title)}>
              {words.keep}
            </Button>
          </p>
        </div>
      ))}
    </Card>
  )
}

/** One tap says where the goal stands now, with or without a network; another one takes it back. */
function Steps({ goal }: { goal: Goal }) {
  const words = text.value.goals
  const takeBack = async () => say((await putGoal(goal.id, { status: goal.status })) ? words.undone : words.stepNotSaved)
  const take = async (step: Step) => {
    if (!(await putGoal(goal.id, { status: step }))) return say(words.stepNotSaved)
    say(words.saidStep[step] ?? words.saved, { label: words.undo, act: () => void takeBack() })
  }
  return (
    <div class="button-row">
      {stepsFrom(goal.status).map(({ to, again }) => {
        const name = (again ? words.again : words.steps[to]) ?? ''
        return (
          <Button key={to} label={words.stepNamed(name, goal.title)} onClick={() => void take(to)}>
            {name}
          </Button>
        )
      })}
    </div>
  )
}

function OneGoal({ goal }: { goal: Goal }) {
  const words = text.value.goals
  if (goal.titles && goal.titles.length > 1) return <BothTitles goal={goal} titles={goal.titles} />
  return (
    <Card heading={goal.title}>
      <p class="quiet">
        {words.origin[goal.origin]} · {words.status[goal.status]}
      </p>
      <Steps goal={goal} />
      {goal.origin === 'citizen' && (
        <p>
          <a class="row-link" href={`/maal/${goal.id}`} aria-label={words.editNamed(goal.title)}>
            {words.edit}
          </a>
        </p>
      )}
    </Card>
  )
}

/** The person's goals and whose idea each one was. */
export function Goals() {
  const words = text.value.goals
  const goals = records.value.goals.filter((goal) => goal.status !== 'cancelled')
  const isKnown = wholeLoad.value || standing.value !== 'paired'
  return (
    <Page heading={words.heading}>
      <SaidHere />
      <RefusedEdits of="goal" />
      {goals.length === 0 && <p>{isKnown ? words.none : words.loading}</p>}
      <ul class="plain-list">
        {goals.map((goal) => (
          <li key={goal.id}>
            <OneGoal goal={goal} />
          </li>
        ))}
      </ul>
      <p>
        <a class="button button-primary button-wide" href="/maal/nyt">
          {words.add}
        </a>
      </p>
    </Page>
  )
}
