import { useEffect } from 'preact/hooks'
import { standing } from '../../offline/phone.ts'
import { checkinsText } from '../../text/checkins.ts'
import { planText } from '../../text/plan.ts'
import { Page } from '../../ui/Page.tsx'
import { Choice } from '../sharing/Choice.tsx'
import { ask } from '../sharing/sharing.ts'

function Asked() {
  const words = checkinsText.value.sharing
  useEffect(() => void ask(), [])
  return (
    <>
      <Choice purpose="contact-person" thing="check-ins" words={{ ...words, no: planText.value.sharing.no }} />
      <p>{words.withdrawn}</p>
      <p class="quiet">{words.nobodyReads}</p>
    </>
  )
}

/** Whether the contact person sees how it goes: off until the person says yes, and what that means. */
export function WhoSees() {
  const words = checkinsText.value
  const isPaired = standing.value === 'paired'
  return (
    <Page heading={words.sharing.heading}>
      <p>
        <a class="way-on" href="/lige-nu">
          {words.toNew}
        </a>
      </p>
      <p>{isPaired ? words.sharing.intro : words.sharing.unpaired}</p>
      {isPaired && <Asked />}
    </Page>
  )
}
