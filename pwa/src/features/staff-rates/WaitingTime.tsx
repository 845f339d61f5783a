import type { ComponentChildren } from 'preact'
import type { Waiting } from '../../api/staffRates'
import { language } from '../../text/language'
import { ratesText } from '../../text/rates'
import { sayNumber, sayPercent } from './figures'

/** How long people waited for their first talk, with those who still wait beside it. */
export function WaitingTime({ waiting: found }: { waiting: Waiting }) {
  const { waiting } = ratesText()
  const within = waiting.of(found.within_14, found.decided)
  return (
    <section>
      <h2>{waiting.title}</h2>
      <p>{waiting.definition}</p>
      <dl class="facts rates-facts">
        <Fact label={waiting.came}>{found.came}</Fact>
        <Fact label={waiting.held}>{found.held}</Fact>
        <Fact label={waiting.median}>
          {found.median_days === null ? waiting.tooFew : waiting.days(sayNumber(found.median_days, language.value))}
        </Fact>
        <Fact label={waiting.within}>
          {found.percent_within_14 === null ? within : `${sayPercent(found.percent_within_14, language.value)} (${within})`}
        </Fact>
        <Fact label={waiting.waiting}>
          {found.waiting}
          {found.waiting > 0 && `, ${waiting.over(found.waiting_over_14)}`}
        </Fact>
        <Fact label={waiting.ended}>{found.ended_without}</Fact>
      </dl>
    </section>
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
