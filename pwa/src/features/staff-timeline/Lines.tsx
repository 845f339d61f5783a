import { useState } from 'preact/hooks'
import type { Line, LinePage } from '../../api/staffConsole'
import { explain } from '../../api/staffProblems'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffConsoleText } from '../../text/staffConsole'
import { staffGoalsText } from '../../text/staffGoals'
import { Button } from '../../ui/Button'
import { sayWhenBriefly } from '../../ui/days'
import { LoadState } from '../../ui/LoadState'
import { useResource } from '../../ui/resource'
import { type Names, say } from './lineWords'

interface LinesProps {
  /** Whose line it is; another subject begins anew. */
  subject: string
  version: number
  names?: Names | undefined
  load: (cursor: string | null) => Promise<LinePage>
}

/** A line of time, newest first, with older pages on request. */
export function Lines({ subject, version, names, load }: LinesProps) {
  const text = staffText()
  const words = staffConsoleText().line
  const [pages, setPages] = useState(1)
  const found = useResource(`line:${subject}`, `${version}/${pages}`, () => fetchPages(load, pages))
  if (!found.data) {
    return (
      <LoadState
        loading={text.loading}
        trouble={found.error ? explain(found.error, text).message : undefined}
        retry={{ label: text.problem.retry, act: found.reload }}
      />
    )
  }
  const { lines, more } = found.data
  if (lines.length === 0) return <p class="empty">{words.empty}</p>
  return (
    <>
      <ol class="line" role="list">
        {lines.map((line) => (
          <Entry key={`${line.kind}${line.id}${line.code}`} line={line} names={names} />
        ))}
      </ol>
      {more && <Button onClick={() => setPages(pages + 1)}>{words.more}</Button>}
    </>
  )
}

async function fetchPages(load: LinesProps['load'], pages: number): Promise<{ lines: Line[]; more: boolean }> {
  const lines: Line[] = []
  let cursor: string | null = null
  for (let page = 0; page < pages; page += 1) {
    const answer = await load(cursor)
    lines.push(...answer.items)
    cursor = answer.next_cursor
    if (cursor === null) break
  }
  return { lines, more: cursor !== null }
}

function Entry({ line, names }: { line: Line; names: Names | undefined }) {
  const words = { line: staffConsoleText().line, staff: staffText(), goals: staffGoalsText() }
  const now = new Date()
  const { what, more, who } = say(line, words, language.value, now, names)
  return (
    <li>
      <span class="quiet">{sayWhenBriefly(line.at, language.value, now)}</span>
      <div>
        <p>
          {what}
          {who && <span class="quiet"> · {who}</span>}
        </p>
        {more.map((part) => (
          <p key={part} class="own-words">
            {part}
          </p>
        ))}
      </div>
    </li>
  )
}
