import { useState } from 'preact/hooks'
import { type Distribution, getReport, type Report } from '../../api/staffCourses'
import type { Me } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffCoursesText } from '../../text/staffCourses'
import { Button } from '../../ui/Button'
import { ChoiceGroup } from '../../ui/Choices'
import { sayDate } from '../../ui/days'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { sayPercent } from '../staff-rates/figures'
import { Loaded } from './Loaded'
import { courseName, coursesAt, findCourse } from './names'
import './courses.scss'

const DEGREES = ['4', '3', '2', '1'] as const

/** The centre's courses, each with the way to what people thought of it. */
export function ReportsPage({ me }: { me: Me }) {
  const words = staffCoursesText()
  return (
    <section class="page">
      <p>
        <a href="/staff/courses">{words.back}</a>
      </p>
      <PageHeading>{words.reports}</PageHeading>
      <p class="quiet">{words.report.lead}</p>
      <ul class="people" role="list">
        {coursesAt(me.unit.slug, 'groups').map((course) => (
          <li key={course.code}>
            <a href={`/staff/courses/reports/${course.code}`}>{courseName(course.code)}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What people thought of one course, half a year or a year back: figures and words, never a name. */
export function ReportPage({ code }: { code: string }) {
  const words = staffCoursesText()
  const [months, setMonths] = useState('6')
  const found = useResource(`course-report:${code}:${months}`, 0, () => getReport(code, Number(months)))
  return (
    <section class="page">
      <p class="no-print">
        <a href="/staff/courses/reports">{words.report.all}</a>
      </p>
      <div class="section-top">
        <PageHeading>{words.reportOf(courseName(code))}</PageHeading>
        <span class="no-print">
          <Button onClick={() => print()}>{words.report.print}</Button>
        </span>
      </div>
      <div class="staff-form no-print">
        <ChoiceGroup
          id="months"
          label={words.report.span}
          options={[
            ['6', words.report.half],
            ['12', words.report.year],
          ]}
          chosen={[months]}
          onChange={([chosen]) => setMonths(chosen ?? '6')}
        />
      </div>
      <Loaded found={found}>{(report) => <Figures report={report} />}</Loaded>
    </section>
  )
}

function Figures({ report }: { report: Report }) {
  const words = staffCoursesText().report
  const say = (date: string) => sayDate(date, language.value, new Date())
  return (
    <>
      <p>
        {words.period(say(report.from), say(report.to))}. {report.people === 0 ? words.none : words.people(report.people, report.runs)}
      </p>
      {report.knowledge && <Answers title={words.knowledge} found={report.knowledge} />}
      <Answers title={words.useful} found={report.useful} />
      <Words report={report} />
      <Background report={report} />
    </>
  )
}

/** How many chose what; with few answers, only how many answered. */
function Answers({ title, found }: { title: string; found: Distribution }) {
  const words = staffCoursesText().report
  const { counts, high, answered } = found
  return (
    <section class="course-figure">
      <h2>{title}</h2>
      {counts === null || high === null ? (
        <p class="empty">{answered === 0 ? words.none : words.few(answered)}</p>
      ) : (
        <>
          <p>
            <strong>{words.high(high, answered, sayPercent(Math.round((100 * high) / Math.max(1, answered)), language.value))}</strong>
          </p>
          <table class="course-table">
            <thead>
              <tr>
                <th scope="col">{words.answer}</th>
                <th scope="col">{words.count}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {DEGREES.map((degree) => (
                <tr key={degree}>
                  <th scope="row">{words.degree[Number(degree) as 1 | 2 | 3 | 4]}</th>
                  <td>{counts[degree] ?? 0}</td>
                  <td aria-hidden="true">
                    <span class="course-bar" style={{ width: `${(100 * (counts[degree] ?? 0)) / Math.max(1, answered)}%` }} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  )
}

function Words({ report }: { report: Report }) {
  const words = staffCoursesText().report
  return (
    <section>
      <h2>{words.words}</h2>
      {!report.words_shown && <p class="empty">{words.wordsHidden}</p>}
      {report.words_shown && report.words.length === 0 && <p class="empty">{words.wordsNone}</p>}
      <ul>
        {report.words.map((each) => (
          <li class="own-words" key={each}>
            {each}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A figure from another time, in a frame of its own: never beside the centre's own, never a target. */
function Background({ report: { code, background } }: { report: Report }) {
  const words = staffCoursesText().report
  if (!background) return null
  const who = findCourse(code)?.background?.words[language.value]
  return (
    <aside class="course-apart" aria-label={words.background}>
      <h2>{words.background}</h2>
      <p>
        {words.backgroundText(sayPercent(background.percent, language.value), background.year)} {who}
      </p>
      <p class="quiet">
        {words.backgroundNote} {words.source(background.source['document'] ?? '', background.source['section'] ?? '')}
      </p>
    </aside>
  )
}
