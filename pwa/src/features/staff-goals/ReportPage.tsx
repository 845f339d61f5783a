import { getReport, type GoalReport, type ReportedGoal } from '../../api/staffGoals'
import { explain } from '../../api/staffProblems'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffGoalsText } from '../../text/staffGoals'
import { Button } from '../../ui/Button'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { WithCitizen } from '../staff-person/WithCitizen'
import { sayNumber } from '../staff-rates/figures'

const COLUMNS = ['importance', 'difficulty', 'baseline', 'reached', 'weight'] as const

/** How far the goals have come, with the one figure for it and what it means; to be printed. */
export function ReportPage({ citizenId }: { citizenId: string }) {
  return <WithCitizen citizenId={citizenId}>{({ alias }) => <Report citizenId={citizenId} alias={alias} />}</WithCitizen>
}

function Report({ citizenId, alias }: { citizenId: string; alias: string }) {
  const text = staffText()
  const words = staffGoalsText()
  const { reportPage } = words
  const found = useResource(`goal-report:${citizenId}`, 0, () => getReport(citizenId))
  return (
    <section class="page goal-report">
      <p class="way-back no-print">
        <a href={`/staff/people/${citizenId}`}>{words.toPerson}</a>
      </p>
      <div class="section-top">
        <PageHeading>{reportPage.title(alias)}</PageHeading>
        <span class="no-print">
          <Button onClick={() => print()}>{reportPage.print}</Button>
        </span>
      </div>
      {found.data ? (
        <Found report={found.data} />
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

function Found({ report: { goals, t_score: t } }: { report: GoalReport }) {
  const { reportPage } = staffGoalsText()
  if (goals.length === 0) return <p class="empty">{reportPage.empty}</p>
  return (
    <>
      <Table goals={goals} />
      {t ? (
        <dl class="facts rates-facts">
          {(
            [
              [reportPage.tStart, t.baseline],
              [reportPage.tNow, t.reached],
              [reportPage.change, t.change],
            ] as const
          ).map(([label, number]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{saySigned(number)}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p>{reportPage.noT}</p>
      )}
      <p>{reportPage.reading}</p>
      <p class="quiet">{reportPage.definition}</p>
    </>
  )
}

/** With a real minus sign, which is also read aloud as one. */
function saySigned(number: number): string {
  return sayNumber(number, language.value).replace('-', '\u2212')
}

function Table({ goals }: { goals: readonly ReportedGoal[] }) {
  const words = staffGoalsText()
  const { reportPage } = words
  return (
    <div class="rates-table" role="region" aria-label={reportPage.caption} tabIndex={0}>
      <table>
        <caption class="visually-hidden">{reportPage.caption}</caption>
        <thead>
          <tr>
            {[reportPage.goal, words.statusLabel, ...COLUMNS.map((each) => reportPage[each])].map((label) => (
              <th key={label} scope="col" class={label === words.statusLabel ? 'rates-words' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {goals.map((goal) => (
            <tr key={goal.id}>
              <th scope="row">{goal.title}</th>
              <td class="rates-words">{words.statuses[goal.status]}</td>
              {COLUMNS.map((each) => (
                <td key={each}>{goal[each] === null ? '' : saySigned(goal[each])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
