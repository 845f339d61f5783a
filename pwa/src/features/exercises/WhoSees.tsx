import { useEffect } from 'preact/hooks'
import { standing } from '../../offline/phone.ts'
import { exercisesText } from '../../text/exercises.ts'
import { planText } from '../../text/plan.ts'
import { Page } from '../../ui/Page.tsx'
import { Choice } from '../sharing/Choice.tsx'
import { ask } from '../sharing/sharing.ts'

function Asked() {
  const words = exercisesText.value.sharing
  useEffect(() => void ask(), [])
  return (
    <>
      <Choice purpose="contact-person" thing="exercises" words={{ ...words, no: planText.value.sharing.no }} />
      <p>{words.withdrawn}</p>
      <p class="quiet">{words.nobodyReads}</p>
    </>
  )
}

/** Whether the contact person sees what came of exercises: off until the person says yes, and what that means. */
export function WhoSees() {
  const words = exercisesText.value
  const isPaired = standing.value === 'paired'
  return (
    <Page heading={words.sharing.heading}>
      <p>
        <a class="way-on" href="/oevelser">
          {words.all}
        </a>
      </p>
      <p>{isPaired ? words.sharing.intro : words.sharing.unpaired}</p>
      {isPaired && <Asked />}
    </Page>
  )
}
