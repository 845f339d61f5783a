import { hidePlan, isUnproved } from '../../offline/held.ts'
import { planLines, SECTIONS } from '../../offline/plan-store.ts'
import { planText } from '../../text/plan.ts'
import { sectionWords } from '../../text/sections.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { navigate } from '../../ui/navigation.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { askedFor } from '../lock/asked.ts'
import { LineWords } from './Lines.tsx'
import { ReadingPage } from './ReadingPage.tsx'
import { actionsOf } from './steps.ts'

function backToLock(): void {
  hidePlan()
  navigate(askedFor.value, true)
}

function BackToLock() {
  return (
    <Button wide onClick={backToLock}>
      {text.value.lock.back}
    </Button>
  )
}

/** After the lock gave up: whoever holds the phone could be anybody, until it is connected again. */
function OnlyRead() {
  const words = planText.value.atHand
  return (
    <Notice role="note">
      <p>{words.onlyRead}</p>
      <p>
        <a class="way-on" href="/par">{words.haveCode}</a>
      </p>
    </Notice>
  )
}

function WholePlan() {
  const words = planText.value
  const sections = SECTIONS.map((section) => ({ section, lines: planLines.value.filter((line) => line.section === section) }))
  const written = sections.filter(({ lines }) => lines.length > 0)
  return (
    <Page heading={words.heading}>
      {written.length === 0 && <p>{words.reading.nothing}</p>}
      {written.length > 0 && (
        <p>
          <a class="button button-primary button-wide" href="/min-plan/trin">
            {words.steps}
          </a>
        </p>
      )}
      {written.map(({ section, lines }) => (
        <section key={section} class="plan-section">
          <h2>{sectionWords(section).name}</h2>
          <ul class="plan-lines">
            {lines.map((line) => (
              <li key={line.id}>
                <LineWords line={line} />
                {actionsOf(line, planLines.value).length > 0 && <p class="quiet">{words.helps}:</p>}
                {actionsOf(line, planLines.value).map((action) => (
                  <LineWords key={action.id} line={action} />
                ))}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Page>
  )
}

/**
 * The plan of somebody who lets it open without a code: to read and to call from, and nothing else. So it is, too,
 * where the lock gave up and nobody has shown yet whose plan it is.
 */
export function PlanAtHand({ here }: { here: string }) {
  return (
    <div class="plan">
      {here === '/min-plan/trin' ? <ReadingPage /> : <WholePlan />}
      {isUnproved.value ? <OnlyRead /> : <BackToLock />}
    </div>
  )
}
