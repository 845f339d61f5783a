import type { PlanLine, PlanVersion } from '../../api/plan.ts'
import type { SharedLine } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { sayWhen } from '../../ui/days'
import { ChangeLine } from './WriteLine'

function authorOf(version: PlanVersion): string {
  const { by } = staffText().plan
  return version.author === 'citizen' ? by.citizen : by.staff(version.author_name ?? '')
}

function Version({ version }: { version: PlanVersion }) {
  return (
    <>
      <p class="own-words">{version.value}</p>
      <p class="quiet">
        {authorOf(version)}, {sayWhen(version.at, language.value, new Date())}
      </p>
    </>
  )
}

function History({ line }: { line: SharedLine }) {
  const text = staffText().plan
  const earlier = line.history.filter((row) => !row.current)
  if (earlier.length === 0) return null
  return (
    <details class="more">
      <summary>
        {text.history} ({earlier.length})
      </summary>
      {earlier.map((row) => (
        <Version key={`${row.field}:${row.version}`} version={{ ...row, value: row.value ?? text.removed }} />
      ))}
    </details>
  )
}

interface PlanEntryProps {
  citizenId: string
  line: SharedLine
  onKept: (line: PlanLine) => void
}

/** A line as it stands: every version, who wrote it, and room to write in it together. */
export function PlanEntry({ citizenId, line, onKept }: PlanEntryProps) {
  const text = staffText().plan
  const numbers = line.phone.filter((each) => each.value)
  return (
    <li class="plan-entry">
      {line.text.length > 1 && <p class="quiet">{text.both}</p>}
      {line.restored && <p class="quiet">{text.restored}</p>}
      {line.text.map((version) => (
        <Version key={version.version} version={version} />
      ))}
      {numbers.map((each) => (
        <p key={each.version}>{text.number(each.value ?? '')}</p>
      ))}
      <ChangeLine citizenId={citizenId} line={line} onKept={onKept} />
      <History line={line} />
    </li>
  )
}
