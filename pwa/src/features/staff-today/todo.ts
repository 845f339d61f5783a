import type { Todo, TodoKind } from '../../api/staffConsole'
import type { StaffConsoleText } from '../../text/staffConsole'
import { copenhagenWall } from '../../ui/copenhagen'
import { sayNearDate, sayWhen } from '../../ui/days'

export interface Group {
  kind: TodoKind
  todos: Todo[]
}

/** The list in the order the server gave it, each kind together. */
export function grouped(items: readonly Todo[]): Group[] {
  const groups: Group[] = []
  for (const todo of items) {
    const last = groups[groups.length - 1]
    if (last?.kind === todo.kind) last.todos.push(todo)
    else groups.push({ kind: todo.kind, todos: [todo] })
  }
  return groups
}

/** What there is to know about one thing to do, in a few words each. */
export function factsOf(todo: Todo, words: StaffConsoleText['today'], language: 'da' | 'en', now: Date): string[] {
  return [
    todo.title,
    todo.starts_at && sayWhen(todo.starts_at, language, now),
    dayFact(todo, words, language, now),
    todo.since && words.since(sayWhen(todo.since, language, now)),
    dueFact(todo, words, language, now),
    todo.wants_talk ? words.wantsTalk : null,
    todo.in_place_of && words.inPlaceOf(todo.in_place_of),
    todo.mine || todo.kind === 'crisis-follow-up' ? null : words.nobody,
  ].filter((fact): fact is string => Boolean(fact))
}

function dayFact({ day, due_on: limit }: Todo, words: StaffConsoleText['today'], language: 'da' | 'en', now: Date): string | null {
  if (day === null || limit === null) return null
  const said = sayNearDate(limit, language, now)
  return limit < copenhagenWall(now).date ? words.over(day, said) : words.day(day, said)
}

function dueFact({ kind, day, due_on: due }: Todo, words: StaffConsoleText['today'], language: 'da' | 'en', now: Date): string | null {
  if (due === null || day !== null) return null
  const said = sayNearDate(due, language, now)
  return kind === 'review-due' || kind === 'crisis-follow-up' ? words.due(said) : words.ring(said)
}
