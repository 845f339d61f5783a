import { lostAll, standing } from '../../offline/phone.ts'
import { pending, plan, planLines, SECTIONS, type PlanLine, type Section } from '../../offline/plan-store.ts'
import { planText } from '../../text/plan.ts'
import { draftMark, sectionWords } from '../../text/sections.ts'
import { text } from '../../text/text.ts'
import { describeDate } from '../../text/when.ts'
import { Page } from '../../ui/Page.tsx'
import { wallNow } from '../clock.ts'
import { RefusedEdits } from '../refused/RefusedEdits.tsx'
import { Lost } from '../home/Lost.tsx'
import { SaidHere } from '../SaidHere.tsx'
import { LineState, LineWords } from './Lines.tsx'
import { OnPaper } from './OnPaper.tsx'
import { ReviewOffer } from './ReviewOffer.tsx'
import { actionsOf } from './steps.ts'

function Actions({ sign }: { sign: PlanLine }) {
  const actions = actionsOf(sign, planLines.value)
  if (actions.length === 0) return null
  return (
    <p class="plan-actions">
      <span class="quiet">{planText.value.helps}: </span>
      {actions.flatMap((line) => line.text.map((each) => each.value)).join(' · ')}
    </p>
  )
}

function SectionLines({ section, lines }: { section: Section; lines: readonly PlanLine[] }) {
  const words = planText.value
  const { name } = sectionWords(section)
  const isEmpty = lines.length === 0
  return (
    <section class={isEmpty ? 'plan-section no-print' : 'plan-section'}>
      <h2>{name}</h2>
      {!isEmpty && (
        <ul class="plan-lines">
          {lines.map((line) => (
            <li key={line.id}>
              <LineWords line={line} />
              <Actions sign={line} />
              <LineState line={line} />
            </li>
          ))}
        </ul>
      )}
      <p class="no-print">
        <a class="row-link" href={`/min-plan/${section}`} aria-label={isEmpty ? `${words.write}: ${name}` : words.change(name)}>
          {isEmpty ? words.write : words.changeShort}
        </a>
      </p>
    </section>
  )
}

/** Where the plan is kept and how far it has come; nothing to do about it. */
function Whereabouts() {
  const words = planText.value
  if (lostAll.value) return null
  if (standing.value !== 'paired') return <p class="quiet no-print">{words.onlyHere}</p>
  return pending.value > 0 ? <p class="quiet no-print">{words.waiting}</p> : null
}

function Further() {
  const words = planText.value
  const date = plan.value.review_on
  const spoken = date && describeDate(date, wallNow.value.date, text.value.when)
  return (
    <>
      <ul class="link-list no-print">
        <li>
          <a href="/min-plan/deling">{words.sharing.link}</a>
        </li>
        <li>
          <a href="/min-plan/dag">{words.review.link(spoken)}</a>
        </li>
      </ul>
      {planLines.value.length > 0 && <OnPaper />}
      {draftMark() && <p class="draft-mark no-print">{draftMark()}</p>}
    </>
  )
}

/** The whole plan, in its order, as the phone has it. */
export function PlanPage() {
  const words = planText.value
  const lines = planLines.value
  return (
    <div class="plan">
      <Page heading={words.heading}>
        <SaidHere />
        <RefusedEdits of={['plan_line']} />
        {lines.length > 0 ? (
          <p class="no-print">
            <a class="button button-primary button-wide" href="/min-plan/trin">
              {words.steps}
            </a>
          </p>
        ) : lostAll.value ? (
          <>
            <Lost />
            <p>
              <a class="button button-primary button-wide" href="/par">
                {text.value.start.haveCode}
              </a>
            </p>
          </>
        ) : (
          <div class="card">
            <h2 class="card-heading">{words.emptyHeading}</h2>
            <p>{words.empty}</p>
          </div>
        )}
        {lines.length > 0 && <ReviewOffer />}
        <Whereabouts />
        {SECTIONS.map((section) => (
          <SectionLines key={section} section={section} lines={lines.filter((line) => line.section === section)} />
        ))}
        <Further />
      </Page>
    </div>
  )
}
