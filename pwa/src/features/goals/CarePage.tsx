import { useSignal } from '@preact/signals'
import type { CarePlan } from '../../api/citizen.ts'
import { records } from '../../offline/phone.ts'
import { methodName, phaseName } from '../../text/careNames.ts'
import { careText } from '../../text/care.ts'
import { Button } from '../../ui/Button.tsx'
import { Page } from '../../ui/Page.tsx'
import { copenhagenWall } from '../../ui/copenhagen.ts'
import { AskPrint } from '../plan/OnPaper.tsx'
import { Warning } from './Warning.tsx'
import { dateInWords } from './wording.ts'

const PARTS = ['background', 'needs', 'purpose', 'effort'] as const

function Agreed({ plan }: { plan: CarePlan }) {
  const words = careText.value
  return (
    <>
      <p>{words.lead}</p>
      {PARTS.filter((part) => plan[part]).map((part) => (
        <section key={part}>
          <h2>{words.parts[part]}</h2>
          <p class="own-words">{plan[part]}</p>
        </section>
      ))}
      {plan.methods.length > 0 && (
        <section>
          <h2>{words.methods}</h2>
          <ul>
            {plan.methods.map((id) => (
              <li key={id}>{methodName(id)}</li>
            ))}
          </ul>
        </section>
      )}
      {plan.children !== 'not-asked' && (
        <section>
          <h2>{words.children}</h2>
          <p>{words.childrenAnswers[plan.children]}</p>
          {plan.children === 'at-home' && <Warning name="children" />}
        </section>
      )}
      {plan.review_on && <p>{words.review(dateInWords(plan.review_on))}</p>}
      {plan.written_at && <p class="quiet">{words.written(plan.written_by_name ?? '', dateInWords(copenhagenWall(plan.written_at).date))}</p>}
      <ToPaper />
    </>
  )
}

/** Asks first, and for the code where there is one: paper can be found by others. */
function ToPaper() {
  const asking = useSignal(false)
  return (
    <div class="no-print">
      <Button onClick={() => (asking.value = true)}>{careText.value.print.link}</Button>
      {asking.value && <AskPrint words={careText.value.print} onClose={() => (asking.value = false)} />}
    </div>
  )
}

/** What the person and the contact person have agreed, and where in it they are. */
export function CarePage() {
  const words = careText.value
  const plan = records.value.care
  const phase = plan?.phases[0]
  return (
    <Page heading={words.heading}>
      {phase?.code && (
        <section>
          <h2>{words.phase}</h2>
          <p>{words.phaseFrom(phaseName(phase.code), dateInWords(phase.from_on))}</p>
        </section>
      )}
      {plan && plan.version > 0 ? <Agreed plan={plan} /> : <p>{words.none}</p>}
    </Page>
  )
}
