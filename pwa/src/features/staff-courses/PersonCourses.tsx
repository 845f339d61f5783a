import { me, written } from '../../api/staff'
import { changePath, listCitizenCourses, listPaths, type CitizenCourses, type CitizenRun, type Path } from '../../api/staffCourses'
import type { Citizen } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffCoursesText } from '../../text/staffCourses'
import { Button } from '../../ui/Button'
import { sayDate, sayWhenBriefly } from '../../ui/days'
import { sayDone } from '../../ui/flash'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { WithCitizen } from '../staff-person/WithCitizen'
import { explainCourse } from './explain'
import { Loaded } from './Loaded'
import { courseName, coursesAt, coverTitle, sessionTitle } from './names'
import './courses.scss'

interface Both {
  courses: CitizenCourses
  paths: Path[]
}

async function fetchBoth(citizenId: string): Promise<Both> {
  const [courses, paths] = await Promise.all([listCitizenCourses(citizenId), listPaths(citizenId)])
  return { courses, paths: paths.items }
}

/** One person's groups, the themes so far, and the talks that were agreed. */
export function PersonCourses({ citizenId }: { citizenId: string }) {
  return <WithCitizen citizenId={citizenId}>{(citizen) => <Page citizen={citizen} />}</WithCitizen>
}

function Page({ citizen }: { citizen: Citizen }) {
  const words = staffCoursesText().person
  const found = useResource(`courses:${citizen.id}`, written.value, () => fetchBoth(citizen.id))
  const page = `/staff/people/${citizen.id}`
  return (
    <section class="page">
      <p class="way-back">
        <a href={page}>{staffText().plan.toPerson}</a>
      </p>
      <PageHeading>{words.pageTitle(citizen.alias)}</PageHeading>
      <Loaded found={found}>
        {({ courses, paths }) => (
          <>
            <Groups courses={courses} page={page} />
            <Talks paths={paths} page={page} />
          </>
        )}
      </Loaded>
    </section>
  )
}

function Groups({ courses, page }: { courses: CitizenCourses; page: string }) {
  const words = staffCoursesText().person
  return (
    <section aria-labelledby="groups">
      <div class="section-top">
        <h2 id="groups">{staffCoursesText().title}</h2>
        <a class="button button-secondary" href={`${page}/courses/enrol`}>
          {words.enrol}
        </a>
      </div>
      {courses.items.length === 0 && <p class="empty">{words.none}</p>}
      {courses.items.map((item) => (
        <Group key={item.enrollment_id} item={item} />
      ))}
      {courses.coverage.map(({ code, coverage }) => coverage.length > 0 && <Themes key={code} code={code} coverage={coverage} />)}
    </section>
  )
}

/** The themes so far; what is open can be taken with any group. */
function Themes({ code, coverage }: CitizenCourses['coverage'][number]) {
  const words = staffCoursesText().person
  const open = coverage.filter((each) => !each.covered)
  return (
    <>
      <p>
        {courseName(code)}: {words.been(coverage.length - open.length, coverage.length)}.{open.length > 0 && ` ${words.missing}`}
      </p>
      <ul>
        {open.map((each) => (
          <li key={each.theme}>{coverTitle(code, each)}</li>
        ))}
      </ul>
    </>
  )
}

function Group({ item }: { item: CitizenRun }) {
  const { person: words, run: runWords } = staffCoursesText()
  const mine = item.sessions.filter((session) => item.numbers.includes(session.number))
  return (
    <section class="card" aria-label={courseName(item.code)}>
      <p>
        <a href={`/staff/courses/runs/${item.run_id}`}>{courseName(item.code)}</a> <span class="quiet">{words[item.status]}</span>
      </p>
      <ul>
        {mine.map((session) => {
          const said = item.attendance[String(session.number)]
          return (
            <li key={session.id}>
              {sayWhenBriefly(session.starts_at, language.value, new Date())}: {sessionTitle(item.code, session)}
              {said && <span class="quiet"> {runWords.presence[said]}</span>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Talks({ paths, page }: { paths: readonly Path[]; page: string }) {
  const words = staffCoursesText().person
  const mayAdd = coursesAt(me.value?.unit.slug ?? '', 'talks').length > 0
  if (!mayAdd && paths.length === 0) return null
  return (
    <section aria-labelledby="talks">
      <div class="section-top">
        <h2 id="talks">{words.talks}</h2>
        {mayAdd && (
          <a class="button button-secondary" href={`${page}/courses/talks`}>
            {words.addTalks}
          </a>
        )}
      </div>
      {paths.length === 0 && <p class="empty">{words.talksNone}</p>}
      {paths.map((path) => (
        <Talk key={path.id} path={path} />
      ))}
    </section>
  )
}

function Talk({ path }: { path: Path }) {
  const words = staffCoursesText().person
  const say = (date: string) => sayDate(date, language.value, new Date())
  const end = async () => {
    try {
      await changePath(path, { status: 'ended' })
      sayDone(words.endedTalks)
    } catch (error) {
      sayDone(explainCourse(error).message ?? staffText().problem.other)
    }
  }
  return (
    <section class="card" aria-label={courseName(path.code)}>
      <p>
        <strong>{courseName(path.code)}</strong> {words.since(say(path.from_on))}. {words.held(path.held, path.planned)}.
        {path.evaluate_on && ` ${words.evaluate(say(path.evaluate_on))}.`}
      </p>
      {path.status === 'active' && (
        <Button label={words.endTalksLabel(courseName(path.code))} onClick={() => void end()}>
          {words.endTalks}
        </Button>
      )}
    </section>
  )
}
