import { listRules, setRule, type Rule } from '../../api/staffMeasures'
import { explain } from '../../api/staffProblems'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffMeasuresText } from '../../text/staffMeasures'
import { Button } from '../../ui/Button'
import { sayDay } from '../../ui/days'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { nameOf, wholeWithin } from './naming'

/** The manager's page: after which scores a phone asks about a call. Off until somebody turns it on. */
export function RulesPage() {
  const text = staffText()
  const words = staffMeasuresText().rules
  const found = useResource('measure-rules', 0, listRules)
  return (
    <section class="page">
      <p>
        <a href="/staff/colleagues">{words.back}</a>
      </p>
      <PageHeading>{words.title}</PageHeading>
      <p>{words.lead}</p>
      {found.data ? (
        found.data.items.map((rule) => <RuleEntry key={`${rule.code}:${rule.history.length}:${rule.at_most}`} rule={rule} onDone={() => void found.reload()} />)
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

interface EntryProps {
  rule: Rule
  onDone: () => void
}

function RuleEntry({ rule, onDone }: EntryProps) {
  const words = staffMeasuresText().rules
  const heading = `rule-${rule.code}`
  const turnOff = async () => {
    try {
      await setRule(rule.code, null)
      sayDone(words.savedOff)
    } catch (error) {
      sayDone(explain(error, staffText()).message ?? '')
    }
    onDone()
  }
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>{nameOf(rule.code)}</h2>
      <p class="state">{rule.at_most === null ? words.off : words.on(rule.at_most)}</p>
      <RuleForm rule={rule} onDone={onDone} />
      {rule.at_most !== null && (
        <p>
          <Button onClick={() => void turnOff()}>{words.turnOff}</Button>
        </p>
      )}
      <Background rule={rule} />
      <History rule={rule} />
    </section>
  )
}

function RuleForm({ rule, onDone }: EntryProps) {
  const text = staffText()
  const words = staffMeasuresText().rules
  const highest = rule.highest_score - 1
  const field = `at-most-${rule.code}`
  const form = useForm<{ at_most: string }>({
    key: `measure-rule:${rule.code}:${rule.history.length}`,
    initial: () => ({ at_most: rule.at_most === null ? '' : String(rule.at_most) }),
    check: ({ at_most: typed }) => (wholeWithin(typed, rule.lowest_score, highest) === null ? { at_most: words.range(rule.lowest_score, highest) } : {}),
    send: async ({ at_most: typed }) => {
      await setRule(rule.code, wholeWithin(typed, rule.lowest_score, highest))
      sayDone(words.savedOn)
      onDone()
    },
    explain: (error) => explain(error, staffText()),
  })
  return (
    <FormFrame form={form} labels={{ at_most: words.atMost }} controls={{ at_most: field }} summary={text.problem.summary} submit={rule.at_most === null ? words.turnOn : words.changeTo}>
      <TextField
        id={field}
        label={words.atMost}
        hint={words.range(rule.lowest_score, highest)}
        error={form.trouble.fields?.['at_most']}
        value={form.values.at_most}
        inputAttributes={{ inputMode: 'numeric', maxLength: 5 }}
        onInput={(typed) => form.set('at_most', typed)}
      />
    </FormFrame>
  )
}

function Background({ rule }: { rule: Rule }) {
  const words = staffMeasuresText().rules
  if (rule.bands.length === 0) return null
  return (
    <details class="more">
      <summary>{words.bands}</summary>
      <p class="quiet">{words.bandsNote}</p>
      <ul>
        {rule.bands.map(({ from, to, source }) => (
          <li key={from}>{words.band(from, to, source)}</li>
        ))}
      </ul>
    </details>
  )
}

function History({ rule }: { rule: Rule }) {
  const words = staffMeasuresText().rules
  const say = (instant: string) => sayDay(instant, language.value, new Date())
  if (rule.history.length === 0) return null
  return (
    <details class="more">
      <summary>{words.history}</summary>
      <ul>
        {rule.history.map((one) => (
          <li key={`${one.on_at}:${one.at_most}`}>
            {words.was(one.at_most, say(one.on_at), one.on_by)}
            {one.off_at && one.off_by && `, ${words.wasOff(say(one.off_at), one.off_by)}`}
          </li>
        ))}
      </ul>
    </details>
  )
}
