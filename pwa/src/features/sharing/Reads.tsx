import { getPlanReads, type PlanRead } from '../../api/plan.ts'
import { choices, choose } from '../../offline/phone.ts'
import { planText } from '../../text/plan.ts'
import { text } from '../../text/text.ts'
import { describeWhen } from '../../text/when.ts'
import { Button } from '../../ui/Button.tsx'
import { copenhagenWall } from '../../ui/copenhagen.ts'
import { useResource } from '../../ui/resource.ts'
import { wallNow } from '../clock.ts'
import { looksOf } from './looks.ts'

const HIDDEN = 'plan_reads_hidden'

function whenRead({ at }: PlanRead): string {
  const { date, time } = copenhagenWall(at)
  return describeWhen(`${date}T${time}`, wallNow.value.date, text.value.when)
}

/** Fetched when it is looked at, and never kept on the phone. */
function List() {
  const words = planText.value.reads
  const found = useResource('plan-reads', 0, getPlanReads)
  if (!found.data) return <p role="status">{words.needsNet}</p>
  if (found.data.length === 0) return <p>{words.none}</p>
  return (
    <ul class="plain-list">
      {looksOf(found.data).map((read) => (
        <li class="history-row" key={`${read.at}${read.purpose}${read.oral_yes}`}>
          <p class="own-words">{words.purpose[read.purpose] ?? words.other}</p>
          <p class="quiet">
            {read.unit_name}, {whenRead(read)}
          </p>
          {read.oral_yes && <p class="quiet">{words.oralYes}</p>}
        </li>
      ))}
    </ul>
  )
}

/** Who has read the plan. A person whose phone is looked at by others can hide it. */
export function Reads() {
  const words = planText.value.reads
  const isHidden = choices.value[HIDDEN] === true
  return (
    <section>
      <h2>{words.heading}</h2>
      {isHidden ? (
        <p>{words.hidden}</p>
      ) : (
        <>
          <p>{words.intro}</p>
          <List />
        </>
      )}
      <Button kind="quiet" onClick={() => void choose(HIDDEN, isHidden ? undefined : true)}>
        {isHidden ? words.show : words.hide}
      </Button>
    </section>
  )
}
