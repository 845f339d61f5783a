import { fetchToday, me, type Todo, written } from '../../api/staffConsole'
import { explain } from '../../api/staffProblems'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffConsoleText } from '../../text/staffConsole'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { factsOf, grouped } from './todo'

/** What there is to see to today, the most urgent first. */
export function Today() {
  const text = staffText()
  const words = staffConsoleText().today
  const found = useResource('today', written.value, fetchToday)
  return (
    <section class="page today">
      <PageHeading quiet>{words.title}</PageHeading>
      <WaysOn />
      {found.data ? (
        <List items={found.data.items} />
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

/** On a narrow screen the list of people is a page of its own. */
function WaysOn() {
  const { caseload } = staffText()
  return (
    <p class="today-ways">
      <a class="button button-secondary" href="/staff/people">
        {staffConsoleText().today.people}
      </a>
      {me.value?.roles.includes('counsellor') && (
        <a class="button button-primary" href="/staff/new">
          {caseload.newPerson}
        </a>
      )}
    </p>
  )
}

function List({ items }: { items: readonly Todo[] }) {
  const words = staffConsoleText().today
  if (items.length === 0) return <p class="empty">{words.empty}</p>
  return (
    <>
      <p class="quiet">{words.lead}</p>
      {grouped(items).map(({ kind, todos }) => (
        <section key={kind} aria-labelledby={`today-${kind}`}>
          <h2 id={`today-${kind}`}>{words.kinds[kind]}</h2>
          <ul class="todos" role="list">
            {todos.map((todo) => (
              <Entry key={todo.id} todo={todo} />
            ))}
          </ul>
        </section>
      ))}
      <details class="more">
        <summary>{words.order}</summary>
        <p>{words.why}</p>
      </details>
    </>
  )
}

function Entry({ todo }: { todo: Todo }) {
  const words = staffConsoleText().today
  const facts = factsOf(todo, words, language.value, new Date())
  return (
    <li class="row todo">
      <a class="row-link" href={todo.link}>
        {todo.alias ?? words.somebody}
      </a>
      <span class="row-quiet">
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </span>
    </li>
  )
}
