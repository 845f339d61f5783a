import { standing } from '../../offline/phone.ts'
import { keepRestored, planLines, type PlanLine, type Section } from '../../offline/plan-store.ts'
import { planText } from '../../text/plan.ts'
import { sectionWords } from '../../text/sections.ts'
import { Button } from '../../ui/Button.tsx'
import { navigate } from '../../ui/navigation.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { SaidHere } from '../SaidHere.tsx'
import { BothStand } from './BothStand.tsx'
import { EditPhone, EditText } from './EditLine.tsx'
import { EraseLine } from './EraseLine.tsx'
import { LinkActions } from './LinkActions.tsx'
import { Numbers } from './Lines.tsx'
import { removeWithUndo, saySaved } from './saving.ts'
import { authorOf, hasPhone } from './words.ts'

function BackToSection({ section }: { section: Section }) {
  return (
    <p>
      <a href={`/min-plan/${section}`}>{sectionWords(section).name}</a>
    </p>
  )
}

/** The line came back although it was deleted: the person decides again. */
function CameBack({ line, onRemove }: { line: PlanLine; onRemove: () => void }) {
  const words = planText.value.line
  return (
    <Notice>
      <p>{words.restored}</p>
      <div class="button-row">
        <Button onClick={() => void keepRestored(line.id).then(saySaved)}>{words.restoredKeep}</Button>
        <Button onClick={onRemove}>{words.remove}</Button>
      </div>
    </Notice>
  )
}

function WordsOfLine({ line }: { line: PlanLine }) {
  const words = planText.value
  const [only] = line.text
  if (line.text.length > 1) return <BothStand line={line} field="text" />
  return (
    <>
      <EditText line={line} />
      {only && <p class="quiet">{authorOf(only, words.by)}</p>}
    </>
  )
}

function PhoneOfLine({ line }: { line: PlanLine }) {
  if (line.phone.length > 1) return <BothStand line={line} field="phone" />
  if (!hasPhone(line.section) && line.phone.every((each) => !each.value)) return null
  return (
    <>
      <Numbers line={line} />
      <EditPhone line={line} />
    </>
  )
}

function OpenLine({ line }: { line: PlanLine }) {
  const words = planText.value.line
  const remove = () => void removeWithUndo(line.id, () => navigate(`/min-plan/${line.section}`, true))
  return (
    <>
      <BackToSection section={line.section} />
      <SaidHere />
      {line.restored && <CameBack line={line} onRemove={remove} />}
      <WordsOfLine line={line} />
      <PhoneOfLine line={line} />
      {line.section === 'warning-signs' && <LinkActions sign={line} />}
      {standing.value === 'paired' && (
        <p>
          <a class="row-link" href={`/min-plan/linje/${line.id}/historik`}>
            {words.history}
          </a>
        </p>
      )}
      <div class="line-ends">
        <Button onClick={remove}>{words.remove}</Button>
        <EraseLine line={line} />
        {standing.value === 'paired' && <p class="quiet">{words.eraseMeans}</p>}
      </div>
    </>
  )
}

/** One line of the plan: to change it, to choose, to take it away. */
export function LinePage({ lineId }: { lineId: string }) {
  const words = planText.value
  const line = planLines.value.find((each) => each.id === lineId)
  if (line) {
    return (
      <Page heading={words.line.heading}>
        <OpenLine line={line} />
      </Page>
    )
  }
  return (
    <Page heading={words.line.goneHeading}>
      <SaidHere />
      <p>{words.line.gone}</p>
      <p>
        <a href="/min-plan">{words.toPlan}</a>
      </p>
    </Page>
  )
}
