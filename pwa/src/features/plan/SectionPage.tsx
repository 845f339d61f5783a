import { moveLine, planLines, type PlanLine, type Section } from '../../offline/plan-store.ts'
import { planText } from '../../text/plan.ts'
import { sectionWords } from '../../text/sections.ts'
import { DownIcon, UpIcon } from '../../ui/icons.tsx'
import { Page } from '../../ui/Page.tsx'
import { SaidHere } from '../SaidHere.tsx'
import { AddLine } from './AddLine.tsx'
import { LineState, LineWords } from './Lines.tsx'
import { saySaved } from './saving.ts'
import { nameOf } from './words.ts'

/** Moves a line; the button keeps the focus wherever the line goes, and gives it on at the end. */
function Mover({ line, direction, isPossible }: { line: PlanLine; direction: 'up' | 'down'; isPossible: boolean }) {
  const words = planText.value.section
  const move = async () => {
    if (!isPossible) return
    saySaved(await moveLine(line.id, direction))
    document.getElementById(`${direction}-${line.id}`)?.focus()
  }
  return (
    <button
      type="button"
      class="mover"
      id={`${direction}-${line.id}`}
      aria-label={words[direction](nameOf(line))}
      aria-disabled={isPossible ? undefined : 'true'}
      onClick={() => void move()}
    >
      {direction === 'up' ? <UpIcon /> : <DownIcon />}
    </button>
  )
}

function Yours({ lines }: { lines: readonly PlanLine[] }) {
  const words = planText.value.section
  return (
    <>
      <h2>{words.yours}</h2>
      <ul class="plan-lines">
        {lines.map((line, place) => (
          <li key={line.id}>
            <LineWords line={line} />
            <LineState line={line} />
            <div class="line-tools">
              <a class="row-link" href={`/min-plan/linje/${line.id}`} aria-label={words.open(nameOf(line))}>
                {words.openShort}
              </a>
              {lines.length > 1 && (
                <>
                  <Mover line={line} direction="up" isPossible={place > 0} />
                  <Mover line={line} direction="down" isPossible={place < lines.length - 1} />
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

/** One section: what stands there, and room for a line more. */
export function SectionPage({ section }: { section: Section }) {
  const words = planText.value
  const { name, text } = sectionWords(section)
  const lines = planLines.value.filter((line) => line.section === section)
  return (
    <Page heading={name}>
      <p>
        <a href="/min-plan">{words.toPlan}</a>
      </p>
      {text.map((each) => (
        <p key={each}>{each}</p>
      ))}
      <SaidHere />
      {lines.length > 0 && <Yours lines={lines} />}
      <AddLine section={section} />
    </Page>
  )
}
