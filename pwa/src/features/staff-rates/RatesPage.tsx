import { useState } from 'preact/hooks'
import { me } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import { getRates, type Rates } from '../../api/staffRates'
import { language } from '../../text/language'
import { ratesText } from '../../text/rates'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { SelectField } from '../../ui/Choices'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { MONTHS_SHOWN, monthsAgo, MOST_MONTHS, sayMonth, sayPercent } from './figures'
import { NoShows } from './NoShows'
import { WaitingTime } from './WaitingTime'

interface Span {
  from: string
  to: string
}

/** How often people did not come, and how long they waited, with what each number means beside it. */
export function RatesPage() {
  const words = ratesText()
  const [span, setSpan] = useState<Span>(() => ({ from: monthsAgo(MONTHS_SHOWN - 1, new Date()), to: monthsAgo(0, new Date()) }))
  const isWrong = span.from > span.to
  return (
    <section class="page rates">
      <div class="section-top">
        <PageHeading>{words.title}</PageHeading>
        <span class="no-print">
          <Button onClick={() => print()}>{words.print}</Button>
        </span>
      </div>
      <p class="quiet">{words.lead(me.value?.unit.name ?? '')}</p>
      <Months span={span} set={setSpan} error={isWrong ? words.wrong : undefined} />
      {!isWrong && <Found span={span} />}
    </section>
  )
}

function Months({ span, set, error }: { span: Span; set: (span: Span) => void; error: string | undefined }) {
  const words = ratesText()
  const now = new Date()
  const options = Array.from({ length: MOST_MONTHS }, (_, steps) => monthsAgo(steps, now)).map(
    (month) => [month, sayMonth(month, language.value)] as const,
  )
  return (
    <div class="staff-form side-by-side">
      <SelectField id="from" label={words.from} options={options} value={span.from} onChange={(from) => set({ ...span, from })} />
      <SelectField id="to" label={words.to} error={error} options={options} value={span.to} onChange={(to) => set({ ...span, to })} />
    </div>
  )
}

function Found({ span }: { span: Span }) {
  const text = staffText()
  const found = useResource(`rates:${span.from}:${span.to}`, 0, () => getRates(span))
  if (found.data) return <Figures rates={found.data} />
  return (
    <LoadState
      loading={text.loading}
      trouble={found.error ? explain(found.error, text).message : undefined}
      retry={{ label: text.problem.retry, act: found.reload }}
    />
  )
}

function Figures({ rates }: { rates: Rates }) {
  const words = ratesText()
  return (
    <>
      <NoShows rates={rates} />
      {rates.earlier && (
        <p class="rates-earlier">
          {words.earlier(rates.earlier.year, sayPercent(rates.earlier.percent, language.value))}{' '}
          <span class="quiet">{words.source(rates.earlier.source)}</span>
        </p>
      )}
      <WaitingTime waiting={rates.waiting} />
    </>
  )
}
