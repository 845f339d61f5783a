import { useState } from 'preact/hooks'
import { explain } from '../../api/staffProblems'
import {
  type CallGoal,
  type Caller,
  type Changed,
  type FollowUp,
  type FollowUpResult,
  handOver,
  listCallGoals,
  listFollowUps,
  recordFollowUp,
} from '../../api/staffDeskWork'
import { deskText } from '../../text/desk'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { ChoiceGroup, SelectField } from '../../ui/Choices'
import { copenhagenWall } from '../../ui/copenhagen'
import { sayNearDate, sayWhen } from '../../ui/days'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { Away } from './Away'

const RESULTS: readonly FollowUpResult[] = ['done', 'not-reached', 'declined', 'later']
const CHANGED: readonly Changed[] = ['yes', 'some', 'no', 'not-asked']
const SAFETY = Array.from({ length: 11 }, (_, step) => String(step))

/** Whom the desk has promised to follow up on, and what came of it. */
export function FollowUpsPage() {
  const text = staffText()
  const words = deskText().followUps
  const found = useResource('desk:follow-ups', 0, listFollowUps)
  return (
    <section class="page">
      <PageHeading>{words.title}</PageHeading>
      <p class="quiet">{words.lead}</p>
      <Away />
      {found.data ? (
        <Lists items={found.data.items} colleagues={found.data.colleagues} reload={found.reload} />
      ) : (
        <LoadState
          loading={text.loading}
          trouble={found.error ? explain(found.error, text).message : undefined}
          retry={{ label: text.problem.retry, act: found.reload }}
        />
      )}
    </section>
  )
}

interface ListsProps {
  items: readonly FollowUp[]
  colleagues: readonly Caller[]
  reload: () => void
}

function Lists({ items, colleagues, reload }: ListsProps) {
  const words = deskText().followUps
  const goals = useResource('desk:call-goals', items.map((item) => `${item.id} ${item.version}`).join(), listCallGoals).data ?? []
  const part = (isDue: boolean) => items.filter((item) => item.is_due === isDue)
  const entries = (rows: readonly FollowUp[]) => (
    <ol class="missed" role="list">
      {rows.map((row) => (
        <Entry key={row.id} row={row} goal={goals.find((each) => each.follow_up_id === row.id)} colleagues={colleagues} reload={reload} />
      ))}
    </ol>
  )
  return (
    <>
      <h2>{words.now}</h2>
      {part(true).length > 0 ? entries(part(true)) : <p class="empty">{words.empty}</p>}
      {part(false).length > 0 && (
        <>
          <h2>{words.later}</h2>
          {entries(part(false))}
        </>
      )}
    </>
  )
}

interface EntryProps {
  row: FollowUp
  /** Only of a call of one's own that is due, and about a goal. */
  goal: CallGoal | undefined
  colleagues: readonly Caller[]
  reload: () => void
}

function Entry({ row, goal, colleagues, reload }: EntryProps) {
  const words = deskText().followUps
  const [isOpen, setOpen] = useState(false)
  const now = new Date()
  const name = row.alias ?? deskText().lists.nameless
  return (
    <li class="missed-entry">
      <h3>{row.is_due ? name : words.kinds[row.kind]}</h3>
      {row.is_due && <p>{words.kinds[row.kind]}</p>}
      <p>{words.due(sayNearDate(row.due_on, language.value, now))}</p>
      <p class="quiet">
        {words.contactOn(sayWhen(row.contact_opened_at, language.value, now))} · {row.mine ? words.mine : words.owner(row.owner.name)}
        {row.stand_in && ` · ${words.standIn(row.stand_in.name)}`}
        {row.tries > 0 && ` · ${words.tries(row.tries)}`}
      </p>
      {goal && <p>{goal.title === null ? words.goalNotShared : words.goal(goal.title)}</p>}
      {row.is_due && <HowToReach row={row} />}
      {row.is_due && !isOpen && (
        <Button label={words.writeNamed(name)} onClick={() => setOpen(true)}>
          {words.write}
        </Button>
      )}
      {isOpen && <Result row={row} reload={reload} />}
      <details class="more">
        <summary>{words.who}</summary>
        <Who row={row} colleagues={colleagues} reload={reload} />
      </details>
    </li>
  )
}

/** Before anybody calls: the number, when, the answering machine, and the word that is said first. */
function HowToReach({ row: { callback } }: { row: FollowUp }) {
  const words = deskText().followUps
  if (!callback?.may_ring || !callback.phone) return <p>{words.noPhone}</p>
  return (
    <>
      <p>
        <a class="to-ring" href={`tel:${callback.phone.replace(/[^+\d]/g, '')}`}>{callback.phone}</a>
      </p>
      {callback.when && <p>{words.when(callback.when)}</p>}
      <p>{callback.voicemail === 'never' ? <strong>{words.voicemail.never}</strong> : words.voicemail[callback.voicemail]}</p>
      {callback.code_word && (
        <p>
          <strong>{words.codeWord(callback.code_word)}</strong>
        </p>
      )}
    </>
  )
}

function Result({ row, reload }: { row: FollowUp; reload: () => void }) {
  const text = staffText()
  const words = deskText().followUps
  const id = (name: string) => `${name}-${row.id}`
  const form = useForm({
    key: `desk-follow-up:${row.id}`,
    initial: () => ({ result: '', changed: 'not-asked', safety: '', next_on: '' }),
    check: ({ result }) => (result ? {} : { result: deskText().followUps.resultMissing }),
    send: async ({ result, changed, safety, next_on }) => {
      const isDone = result === 'done'
      await recordFollowUp(row, {
        result: result as FollowUpResult,
        ...(isDone && { changed: changed as Changed, safety: safety ? Number(safety) : null }),
        ...(result === 'later' && next_on && { next_on }),
      })
      sayDone(deskText().followUps.done)
      reload()
    },
    explain: (error) => explain(error, staffText(), { next_on: deskText().followUps.nextHint }),
  })
  const { values, set, trouble } = form
  return (
    <div class="missed-form">
      <FormFrame
        form={form}
        labels={{ result: words.result, next_on: words.nextOn }}
        controls={{ result: id('result'), next_on: id('next') }}
        summary={text.problem.summary}
        submit={words.submit}
      >
        <ChoiceGroup
          id={id('result')}
          label={words.result}
          error={trouble.fields?.['result']}
          options={RESULTS.map((result) => [result, words.results[result]])}
          chosen={[values.result]}
          onChange={([result]) => set('result', result ?? '')}
        />
        {values.result === 'done' && (
          <>
            <ChoiceGroup
              id={id('changed')}
              label={words.changed}
              options={CHANGED.map((changed) => [changed, words.changedValues[changed]])}
              chosen={[values.changed]}
              onChange={([changed]) => set('changed', changed ?? 'not-asked')}
            />
            <SelectField
              id={id('safety')}
              label={words.safety}
              options={[['', words.safetyNone], ...SAFETY.map((step) => [step, step] as const)]}
              value={values.safety}
              onChange={(safety) => set('safety', safety)}
            />
          </>
        )}
        {values.result === 'later' && (
          <TextField
            id={id('next')}
            type="date"
            label={words.nextOn}
            hint={words.nextHint}
            error={trouble.fields?.['next_on']}
            value={values.next_on}
            inputAttributes={{ min: copenhagenWall(new Date()).date }}
            onInput={(next_on) => set('next_on', next_on)}
          />
        )}
      </FormFrame>
    </div>
  )
}

/** Who makes the call, and who does if that colleague is away. */
function Who({ row, colleagues, reload }: { row: FollowUp; colleagues: readonly Caller[]; reload: () => void }) {
  const text = staffText()
  const words = deskText().followUps
  const id = (name: string) => `${name}-${row.id}`
  const form = useForm({
    key: `desk-who:${row.id}`,
    initial: () => ({ owner: row.owner.id, stand_in: row.stand_in?.id ?? '' }),
    send: async ({ owner, stand_in }) => {
      await handOver(row, owner, stand_in && stand_in !== owner ? stand_in : null)
      sayDone(deskText().followUps.done)
      reload()
    },
    explain: (error) => explain(error, staffText()),
  })
  const everybody = colleagues.map((one) => [one.id, one.name] as const)
  return (
    <FormFrame
      form={form}
      labels={{ owner: words.who, stand_in: words.whoStandIn }}
      controls={{ owner: id('owner'), stand_in: id('stand-in') }}
      summary={text.problem.summary}
      submit={words.whoSubmit}
    >
      <SelectField id={id('owner')} label={words.who} options={everybody} value={form.values.owner} onChange={(owner) => form.set('owner', owner)} />
      <SelectField
        id={id('stand-in')}
        label={words.whoStandIn}
        options={[['', words.whoNone], ...everybody.filter(([one]) => one !== form.values.owner)]}
        value={form.values.stand_in}
        onChange={(stand_in) => form.set('stand_in', stand_in)}
      />
    </FormFrame>
  )
}
