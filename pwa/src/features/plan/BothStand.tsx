import { chooseVersion, type Field, type PlanLine, type PlanVersion } from '../../offline/plan-store.ts'
import { planText } from '../../text/plan.ts'
import { text } from '../../text/text.ts'
import { describeWhen } from '../../text/when.ts'
import { Button } from '../../ui/Button.tsx'
import { copenhagenWall } from '../../ui/copenhagen.ts'
import { wallNow } from '../clock.ts'
import { saySaved } from './saving.ts'
import { authorOf, telephone } from './words.ts'

/** When something was written, as people say it. */
export function whenWritten(at: string): string {
  const { date, time } = copenhagenWall(Date.parse(at))
  return describeWhen(`${date}T${time}`, wallNow.value.date, text.value.when)
}

function Version({ line, field, version }: { line: PlanLine; field: Field; version: PlanVersion }) {
  const words = planText.value
  const shown = version.value ?? words.both.noNumber
  const keep = () => chooseVersion(line.id, field, version.value, line[field].map((each) => each.version)).then(saySaved)
  return (
    <li class="card">
      <p class="own-words">
        {field === 'phone' && version.value ? <a href={telephone(version.value)}>{words.call(version.value)}</a> : shown}
      </p>
      <p class="quiet">
        {authorOf(version, words.by)}, {whenWritten(version.at)}
      </p>
      <Button label={words.both.keepNamed(shown)} onClick={() => void keep()}>
        {words.both.keep}
      </Button>
    </li>
  )
}

/** Both versions of what was written at once; nothing is lost by choosing, or by waiting. */
export function BothStand({ line, field }: { line: PlanLine; field: Field }) {
  const words = planText.value.both
  return (
    <section>
      <p>{words[field]}</p>
      <ul class="plain-list">
        {line[field].map((version) => (
          <Version key={version.version} line={line} field={field} version={version} />
        ))}
      </ul>
      <p>
        <a class="row-link" href={`/min-plan/${line.section}`}>
          {words.later}
        </a>
      </p>
    </section>
  )
}
