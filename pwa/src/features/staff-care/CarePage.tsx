import type { ComponentChildren } from 'preact'
import { written } from '../../api/staff'
import type { CareAtCentre } from '../../api/staffCare'
import { language } from '../../text/language'
import { methodName } from '../../text/careNames'
import { warningWords } from '../../text/goals'
import { staffCareText } from '../../text/staffCare'
import { Button } from '../../ui/Button'
import { sayDate, sayWhen } from '../../ui/days'
import { PageHeading } from '../../ui/PageHeading'
import { WithCitizen } from '../staff-person/WithCitizen'
import { isEmpty, PARTS } from './careValues'
import { Phases } from './Phases'
import { WithCare } from './WithCare'

/** What was agreed with a person, and the phase it is in; to be read, changed and printed. */
export function CarePage({ citizenId }: { citizenId: string }) {
  return (
    <WithCitizen citizenId={citizenId}>
      {({ alias }) => (
        <WithCare citizenId={citizenId} version={written.value}>
          {(plan) => <Whole citizenId={citizenId} alias={alias} plan={plan} />}
        </WithCare>
      )}
    </WithCitizen>
  )
}

function Whole({ citizenId, alias, plan }: { citizenId: string; alias: string; plan: CareAtCentre }) {
  const words = staffCareText()
  const person = `/staff/people/${citizenId}`
  return (
    <article class="page">
      <p class="way-back no-print">
        <a href={person}>{words.toPerson}</a>
      </p>
      <PageHeading>{words.titleOf(alias)}</PageHeading>
      {isEmpty(plan) ? <p class="empty">{words.none}</p> : <Written plan={plan} />}
      <p class="form-actions no-print">
        <a class="button button-primary" href={`${person}/care-plan/edit`}>
          {isEmpty(plan) ? words.write : words.change}
        </a>
        {!isEmpty(plan) && <Button onClick={() => print()}>{words.print}</Button>}
      </p>
      {!isEmpty(plan) && <p class="quiet no-print">{words.printNote}</p>}
      <Phases citizenId={citizenId} plan={plan} />
    </article>
  )
}

function Written({ plan }: { plan: CareAtCentre }) {
  const words = staffCareText()
  const now = new Date()
  return (
    <>
      <p class="quiet">{words.version(plan.version, plan.written_by_name ?? '', sayWhen(plan.written_at ?? '', language.value, now))}</p>
      <dl class="facts">
        {PARTS.map((part) => (
          <Fact key={part} label={words.parts[part]}>
            <span class="own-words">{plan[part] ?? words.unsaid}</span>
          </Fact>
        ))}
        <Fact label={words.methods}>{plan.methods.map(methodName).join(', ') || words.unsaid}</Fact>
        <Fact label={words.children}>{words.childrenAnswers[plan.children]}</Fact>
      </dl>
      {plan.children === 'at-home' && <AboutChildren />}
      {plan.review_on && <p>{words.reviewOn(sayDate(plan.review_on, language.value, now))}</p>}
    </>
  )
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** What the person reads, too: that staff may have a duty. */
export function AboutChildren() {
  const { text, mark } = warningWords('children')
  return (
    <div class="notice" role="note">
      {text.map((each) => (
        <p key={each}>{each}</p>
      ))}
      {mark && <p class="draft-mark">{mark}</p>}
    </div>
  )
}
