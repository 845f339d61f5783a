import { useEffect } from 'preact/hooks'
import { standing } from '../../offline/phone.ts'
import { exercisesText } from '../../text/exercises.ts'
import { planText } from '../../text/plan.ts'
import { questionnairesText } from '../../text/questionnaires.ts'
import { Page } from '../../ui/Page.tsx'
import { Choice } from './Choice.tsx'
import { GoalTitles } from './GoalTitles.tsx'
import { Reads } from './Reads.tsx'
import { ask, PURPOSES } from './sharing.ts'

function Choices() {
  const words = planText.value.sharing
  useEffect(() => void ask(), [])
  return (
    <>
      {PURPOSES.map((purpose) => (
        <Choice key={purpose} purpose={purpose} thing="crisis-plan" words={{ ...words, ...words.purpose[purpose] }} />
      ))}
      <p class="quiet">{words.withdrawn}</p>
      <Reads />
      <GoalTitles />
      <ul class="link-list">
        <li>
          <a href="/lige-nu/deling">{words.checkIns}</a>
        </li>
        <li>
          <a href="/oevelser/deling">{exercisesText.value.sharing.heading}</a>
        </li>
        <li>
          <a href="/skemaer/deling">{questionnairesText.value.sharing.heading}</a>
        </li>
      </ul>
    </>
  )
}

/** Who may read the plan, who can now, and who has. */
export function SharingPage() {
  const words = planText.value
  const isPaired = standing.value === 'paired'
  return (
    <Page heading={words.sharing.heading}>
      <p>
        <a href="/min-plan">{words.toPlan}</a>
      </p>
      <p>{isPaired ? words.sharing.intro : words.sharing.unpaired}</p>
      {isPaired && <Choices />}
    </Page>
  )
}
