import type { Rate, Rates } from '../../api/staffRates'
import { language } from '../../text/language'
import { ratesText } from '../../text/rates'
import { sayMonth, sayPercent } from './figures'

const COUNTS = ['numerator', 'denominator', 'held', 'late', 'excused', 'in_time', 'by_service', 'moved', 'unmarked'] as const

/** The rate month by month, newest first, with everything it is made of in the same row. */
export function NoShows({ rates }: { rates: Rates }) {
  const { noshow } = ratesText()
  const months = [...rates.months].reverse()
  return (
    <section>
      <h2>{noshow.title}</h2>
      <p>{noshow.definition}</p>
      <p class="quiet">{noshow.few}</p>
      <div class="rates-table" role="region" aria-label={noshow.caption} tabIndex={0}>
        <table>
          <caption class="visually-hidden">{noshow.caption}</caption>
          <Head />
          <tbody>
            {months.map((one) => (
              <Row key={one.month} label={sayMonth(one.month, language.value)} rate={one} />
            ))}
          </tbody>
          <tfoot>
            {rates.smaller.months.length > 0 && <Row label={noshow.smaller(sayMonths(rates.smaller.months))} rate={rates.smaller} />}
            <Row label={noshow.total} rate={rates.total} />
          </tfoot>
        </table>
      </div>
      {(rates.total.unmarked ?? 0) > 0 && <p class="quiet">{noshow.unmarkedNote}</p>}
    </section>
  )
}

function Head() {
  const { noshow } = ratesText()
  const counts = [
    noshow.numerator,
    noshow.denominator,
    noshow.held,
    noshow.late,
    noshow.excused,
    noshow.inTime,
    noshow.byService,
    noshow.moved,
    noshow.unmarked,
  ]
  return (
    <thead>
      <tr>
        {[noshow.month, noshow.percent, ...counts].map((label) => (
          <th key={label} scope="col">
            {label}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function sayMonths(months: readonly string[]): string {
  return months.map((month) => sayMonth(month, language.value)).join(', ')
}

function Row({ label, rate }: { label: string; rate: Rate }) {
  const { noshow } = ratesText()
  const isHidden = rate.denominator === null && COUNTS.every((name) => rate[name] === null)
  if (isHidden) {
    return (
      <tr>
        <th scope="row">{label}</th>
        <td colSpan={COUNTS.length + 1} class="quiet rates-hidden">
          {noshow.hidden}
        </td>
      </tr>
    )
  }
  return (
    <tr>
      <th scope="row">{label}</th>
      <td class={rate.percent === null ? 'quiet' : 'rates-share'}>{share(rate)}</td>
      {COUNTS.map((name) => (
        <td key={name}>{rate[name] ?? noshow.hidden}</td>
      ))}
    </tr>
  )
}

function share(rate: Rate): string {
  const { noshow } = ratesText()
  if (rate.percent !== null) return sayPercent(rate.percent, language.value)
  if (rate.denominator === null) return noshow.hidden
  return rate.denominator === 0 ? noshow.none : noshow.countsOnly
}
