import { useEffect } from 'preact/hooks'
import { standing } from '../../offline/phone.ts'
import { questionnairesText } from '../../text/questionnaires.ts'
import { planText } from '../../text/plan.ts'
import { Page } from '../../ui/Page.tsx'
import { Choice } from '../sharing/Choice.tsx'
import { ask } from '../sharing/sharing.ts'

function Asked() {
  const words = questionnairesText.value.sharing
  useEffect(() => void ask(), [])
  return (
    <>
      <Choice purpose="contact-person" thing="questionnaires" words={{ ...words, no: planText.value.sharing.no }} />
      <p>{words.withdrawn}</p>
      <p class="quiet">{words.nobodyReads}</p>
    </>
  )
}

/** Whether the contact person sees what was answered: off until the person says yes, and what that means. */
export function WhoSees() {
  const words = questionnairesText.value
  const isPaired = standing.value === 'paired'
  return (
    <Page heading={words.sharing.heading}>
      <p>
        <a class="way-on" href="/skemaer">
          {words.back}
        </a>
      </p>
      <p>{isPaired ? words.sharing.intro : words.sharing.unpaired}</p>
      {isPaired && <Asked />}
    </Page>
  )
}
