import { useState } from 'preact/hooks'
import { openPlan } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { PlanLine, Section } from '../../api/plan.ts'
import type { Citizen, SharedLine, SharedPlan } from '../../api/staffTypes'
import { language } from '../../text/language'
import { sectionWords } from '../../text/sections'
import { staffText } from '../../text/staff'
import { sayDate } from '../../ui/days'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { WithCitizen } from '../staff-person/WithCitizen'
import { PlanEntry } from './PlanEntry'
import { Refused } from './Refused'
import { SECTIONS, shown, withLine } from './lines'
import { AddLine } from './WriteLine'

/** A person's plan, where its owner lets the contact person read it. */
export function PlanPage({ citizenId }: { citizenId: string }) {
  return <WithCitizen citizenId={citizenId}>{(citizen) => <Opened citizen={citizen} />}</WithCitizen>
}

function Opened({ citizen }: { citizen: Citizen }) {
  const text = staffText()
  const found = useResource(`plan:${citizen.id}`, 0, () => openPlan(citizen.id))
  return (
    <section class="page">
      <p class="way-back">
        <a href={`/staff/people/${citizen.id}`}>{text.plan.toPerson}</a>
      </p>
      <PageHeading>{text.plan.heading(citizen.alias)}</PageHeading>
      <Refused citizenId={citizen.id} />
      {found.data ? (
        <Answer citizenId={citizen.id} plan={found.data} />
      ) : (
        <LoadState
          loading={text.loading}
          trouble={found.error ? explain(found.error, text).message : undefined}
          retry={{ label: text.problem.retry, act: found.reload }}
        />
      )}
    </section>
  )
}

function Answer({ citizenId, plan }: { citizenId: string; plan: SharedPlan }) {
  const text = staffText().plan
  if (!plan.shared) {
    return (
      <>
        <p>{text.notShared}</p>
        <p class="quiet">{text.notSharedMore}</p>
      </>
    )
  }
  return <Lines citizenId={citizenId} plan={plan} />
}

function Lines({ citizenId, plan }: { citizenId: string; plan: SharedPlan }) {
  const text = staffText().plan
  const [lines, setLines] = useState<readonly SharedLine[]>(plan.lines)
  const keep = (line: PlanLine) => setLines((before) => withLine(before, line))
  const visible = shown(lines)
  return (
    <>
      <p class="quiet">{text.seen}</p>
      {plan.review_on && <p>{text.review(sayDate(plan.review_on, language.value, new Date()))}</p>}
      {visible.length === 0 && <p class="empty">{text.empty}</p>}
      {SECTIONS.filter((section) => visible.some((line) => line.section === section)).map((section) => (
        <OneSection
          key={section}
          citizenId={citizenId}
          section={section}
          lines={visible.filter((line) => line.section === section)}
          onKept={keep}
        />
      ))}
      <AddLine citizenId={citizenId} lines={lines} onKept={keep} />
    </>
  )
}

interface OneSectionProps {
  citizenId: string
  section: Section
  lines: readonly SharedLine[]
  onKept: (line: PlanLine) => void
}

function OneSection({ citizenId, section, lines, onKept }: OneSectionProps) {
  return (
    <section>
      <h2>{sectionWords(section).name}</h2>
      <ul class="goals" role="list">
        {lines.map((line) => (
          <PlanEntry key={line.id} citizenId={citizenId} line={line} onKept={onKept} />
        ))}
      </ul>
    </section>
  )
}
