import { useEffect, useState } from 'preact/hooks'
import { ApiProblem } from '../../api/client'
import type { DeskPlan } from '../../api/staffDesk'
import { explain } from '../../api/staffProblems'
import type { SharedLine } from '../../api/staffTypes'
import { deskText } from '../../text/desk'
import { sectionWords } from '../../text/sections'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Field'
import { Notice } from '../../ui/Notice'
import { SECTIONS, shown } from '../staff-plan/lines'
import type { LocalContact } from './contact'
import { away, isDown, plans } from './held'
import { fetchPlan, isWantedAtOnce } from './planning'

/** The person's own plan beside the talk: with the yes that was given in the app, or one said aloud now. */
export function PlanPanel({ contact }: { contact: LocalContact }) {
  const words = deskText().plan
  return (
    <section class="desk-plan" aria-labelledby="desk-plan">
      <h2 id="desk-plan">{words.title}</h2>
      {contact.citizen_id ? <OfSomebody contact={contact} /> : <p>{words.anonymous}</p>}
    </section>
  )
}

type Standing = 'shut' | 'opening' | 'no-yes'

function OfSomebody({ contact }: { contact: LocalContact }) {
  const plan = plans.value[contact.id]
  const [standing, setStanding] = useState<Standing>(contact.sharing === false ? 'no-yes' : 'shut')
  const [trouble, setTrouble] = useState<string | null>(null)
  const isKnown = contact.version !== null
  const open = async (oralYes: boolean) => {
    setStanding('opening')
    setTrouble(null)
    try {
      await fetchPlan(contact.id, oralYes)
    } catch (error) {
      const isNoYes = error instanceof ApiProblem && error.code === 'no-yes'
      setStanding(isNoYes || oralYes ? 'no-yes' : 'shut')
      if (!isNoYes) setTrouble(isDown(error) ? deskText().away.plan : (explain(error, staffText()).message ?? null))
    }
  }
  useEffect(() => {
    if (isKnown && !plan && isWantedAtOnce(contact.id)) void open(false)
  }, [isKnown])
  if (plan) return <Opened plan={plan} />
  if (!contact.mine) return <p>{deskText().plan.colleague}</p>
  if (away.value) return <p>{deskText().away.plan}</p>
  return (
    <>
      {trouble && <Notice>{<p>{trouble}</p>}</Notice>}
      <Shut standing={isKnown ? standing : 'opening'} open={(oralYes) => void open(oralYes)} />
    </>
  )
}

function Shut({ standing, open }: { standing: Standing; open: (oralYes: boolean) => void }) {
  const words = deskText().plan
  if (standing === 'opening') return <p class="quiet">{words.opening}</p>
  if (standing === 'shut') {
    return (
      <>
        <p class="quiet">{words.noted}</p>
        <Button kind="primary" onClick={() => open(false)}>
          {words.open}
        </Button>
      </>
    )
  }
  return (
    <>
      <p class="quiet">{words.readAloud}</p>
      <blockquote class="desk-aloud">{words.sentence}</blockquote>
      <Checkbox id="oral-yes" label={words.oralYes} hint={words.oralYesHint} checked={false} onChange={() => open(true)} />
      <p>{words.noYes}</p>
    </>
  )
}

function Opened({ plan }: { plan: DeskPlan }) {
  const words = deskText().plan
  const lines = shown(plan.lines)
  return (
    <>
      <p class="quiet">
        {words.basis[plan.basis]} {words.noted}
      </p>
      {lines.length === 0 && <p class="empty">{words.empty}</p>}
      {SECTIONS.filter((section) => lines.some((line) => line.section === section)).map((section) => (
        <section key={section}>
          <h3>{sectionWords(section).name}</h3>
          <ul role="list">
            {lines
              .filter((line) => line.section === section)
              .map((line) => (
                <Line key={line.id} line={line} all={lines} />
              ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function Line({ line, all }: { line: SharedLine; all: readonly SharedLine[] }) {
  const words = deskText().plan
  const helps = all.filter((other) => line.links.includes(other.id))
  return (
    <li>
      {line.text.length > 1 && <p class="quiet">{words.both}</p>}
      {line.text.map((version) => (
        <p class="own-words" key={version.version}>
          {version.value}
        </p>
      ))}
      {line.phone
        .filter((each) => each.value)
        .map((each) => (
          <p key={each.version}>
            <a href={`tel:${(each.value ?? '').replace(/[^+\d]/g, '')}`}>{words.call(each.value ?? '')}</a>
          </p>
        ))}
      {helps.length > 0 && (
        <p class="quiet">
          {words.helps}: {helps.map((other) => other.text[0]?.value ?? '').join(', ')}
        </p>
      )}
    </li>
  )
}
