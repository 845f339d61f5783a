import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { explain } from '../../api/staffProblems'
import { fetchStatisticsSheet, getStatistics, type Statistics, type StatisticsQuery, type Way } from '../../api/staffDeskWork'
import { deskText } from '../../text/desk'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { SelectField } from '../../ui/Choices'
import { copenhagenWall } from '../../ui/copenhagen'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { saveFile } from '../file'
import { monthsAgo, sayMonth, sayPercent } from '../staff-rates/figures'
import { optionsOf } from './words'

const WAYS: readonly Way[] = ['month', 'channel', 'reason', 'gender', 'hour']
const MONTHS_SHOWN = 12
const LONGEST_DAYS = 3 * 366

function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000
}

/** How the crisis line is used: contacts, and everything that is in no group beside them. */
export function StatisticsPage() {
  const words = deskText().statistics
  const [query, setQuery] = useState<StatisticsQuery>(() => ({
    from: `${monthsAgo(MONTHS_SHOWN - 1, new Date())}-01`,
    to: copenhagenWall(new Date()).date,
    by: 'month',
  }))
  const days = daysBetween(query.from, query.to)
  const isWrong = !(days >= 0 && days <= LONGEST_DAYS)
  const set = (change: Partial<StatisticsQuery>) => setQuery({ ...query, ...change })
  return (
    <section class="page rates desk-figures">
      <PageHeading>{words.title}</PageHeading>
      <p class="quiet">{words.lead}</p>
      <div class="staff-form side-by-side no-print">
        <TextField id="figures-from" type="date" label={words.from} value={query.from} onInput={(from) => set({ from })} />
        <TextField
          id="figures-to"
          type="date"
          label={words.to}
          error={isWrong ? words.wrong : undefined}
          value={query.to}
          onInput={(to) => set({ to })}
        />
        <SelectField
          id="figures-by"
          label={words.by}
          options={WAYS.map((way) => [way, words.bys[way]])}
          value={query.by}
          onChange={(by) => set({ by: by as Way })}
        />
      </div>
      {!isWrong && <Found query={query} />}
    </section>
  )
}

function Found({ query }: { query: StatisticsQuery }) {
  const text = staffText()
  const words = deskText().statistics
  const found = useResource(`desk:figures:${query.from}:${query.to}:${query.by}`, 0, () => getStatistics(query))
  if (!found.data) {
    return (
      <LoadState
        loading={text.loading}
        trouble={found.error ? explain(found.error, text).message : undefined}
        retry={{ label: text.problem.retry, act: found.reload }}
      />
    )
  }
  const save = async () => {
    const isHere = await saveFile('henvendelser.csv', () => fetchStatisticsSheet({ ...query, language: language.value }))
    if (!isHere) sayDone(words.csvFailed)
  }
  return (
    <>
      <Figures figures={found.data} />
      <div class="button-row no-print">
        <Button onClick={() => void save()}>{words.csv}</Button>
        <Button onClick={() => print()}>{words.print}</Button>
      </div>
    </>
  )
}

/** A key of the figures in words. */
function nameOf(by: Way, key: string): string {
  const words = deskText()
  const known: Record<string, string> = {
    ...(by === 'channel' && words.channels),
    ...(by === 'gender' && words.genders),
    ...(by === 'reason' && Object.fromEntries(optionsOf('reasons'))),
  }
  if (by === 'month') return sayMonth(key, language.value)
  if (by === 'hour') return words.statistics.hourOf(key, String((Number(key) + 1) % 24).padStart(2, '0'))
  return known[key] ?? key
}

function Figures({ figures }: { figures: Statistics }) {
  const words = deskText().statistics
  const names = (keys: readonly string[]) => keys.map((key) => nameOf(figures.by, key)).join(words.together)
  const hidden = figures.not_shown.map((month) => sayMonth(month, language.value)).join(', ')
  const { mentioned } = figures
  const parts = partsOf(figures)
  return (
    <>
      {figures.audience === 'analyst' && <p>{words.analyst}</p>}
      {hidden && <p class="quiet">{words.notShown(hidden)}</p>}
      {figures.by === 'reason' && <p class="quiet">{words.reasonNote}</p>}
      {figures.total === 0 && <p class="empty">{words.empty}</p>}
      <Table caption={`${words.title}: ${words.bys[figures.by]}`}>
        <thead>
          <tr>
            <th scope="col">{words.bys[figures.by]}</th>
            <th scope="col">{words.count}</th>
            {mentioned && <th scope="col">{words.mentioned}</th>}
          </tr>
        </thead>
        <tbody>
          {figures.rows.map((row) => (
            <tr key={row.keys.join()}>
              <th scope="row">{names(row.keys)}</th>
              <td>{row.count}</td>
              {mentioned && <td>{row.keys.length === 1 ? (mentioned[row.keys[0] ?? ''] ?? '') : ''}</td>}
            </tr>
          ))}
          {figures.gaps.map((gap) => (
            <tr key={gap.code}>
              <th scope="row">
                {words.gapsTitle}: {words.gaps[gap.code]}
              </th>
              <td>{gap.count}</td>
              {mentioned && <td />}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            <td>{figures.total}</td>
            {mentioned && <td />}
          </tr>
        </tfoot>
      </Table>
      {parts.length > 1 && <p class="quiet">{words.adds(`${parts.join(' + ')} = ${figures.total}`)}</p>}
      <Beside figures={figures} />
    </>
  )
}

/** What adds up to the total: 176 + 116 + 42 + 4 = 338. */
function partsOf(figures: Statistics): number[] {
  return [...figures.rows, ...figures.gaps].map((part) => part.count).filter((count) => count > 0)
}

function Table({ caption, children }: { caption: string; children: ComponentChildren }) {
  return (
    <div class="rates-table" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="visually-hidden">{caption}</caption>
        {children}
      </table>
    </div>
  )
}

/** What only the own unit sees: who came again, how safe people felt, and the follow-ups. */
function Beside({ figures: { callers, safety, follow_ups } }: { figures: Statistics }) {
  const words = deskText().statistics
  return (
    <>
      {callers && (
        <Facts
          title={words.again}
          facts={[
            [words.knownPeople, callers.known_people],
            [words.cameAgain, callers.came_again],
            [words.ofAgain, callers.contacts_of_came_again],
            [words.unknown, callers.contacts_unknown],
          ]}
        />
      )}
      {safety && (
        <Facts
          title={words.safety}
          lead={words.safetyOf(safety.answered, safety.contacts)}
          facts={[
            [words.safer, safety.safer],
            [words.same, safety.same],
            [words.lessSafe, safety.less_safe],
          ]}
        />
      )}
      {follow_ups && <FollowUps figures={follow_ups} />}
    </>
  )
}

function FollowUps({ figures }: { figures: NonNullable<Statistics['follow_ups']> }) {
  const words = deskText().statistics
  const percent = figures.answered_percent === null ? '' : sayPercent(figures.answered_percent, language.value)
  return (
    <>
      <Facts
        title={words.followUps}
        facts={[
          [words.agreed, figures.agreed],
          [words.waiting, figures.waiting],
          [words.done, figures.done],
          [words.notReached, figures.not_reached],
          [words.declined, figures.declined],
        ]}
      />
      <Facts
        title={words.changed}
        lead={words.answeredOf(figures.answered, figures.agreed, percent)}
        facts={(['yes', 'some', 'no'] as const).map((answer) => [words.changedValues[answer], figures.changed[answer]])}
      />
    </>
  )
}

function Facts({ title, lead, facts }: { title: string; lead?: string; facts: readonly (readonly [string, number])[] }) {
  return (
    <section>
      <h2>{title}</h2>
      {lead && <p>{lead}</p>}
      <dl class="facts rates-facts">
        {facts.map(([label, count]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
