import { useEffect, useState } from 'preact/hooks'
import { getLine, type OnLine } from '../../api/staffGoals'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { type StaffGoalsText, staffGoalsText } from '../../text/staffGoals'
import { Button } from '../../ui/Button'
import { sayWhen } from '../../ui/days'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { explain } from '../../api/staffProblems'
import { sayGoalDate, sayLevel } from './wording'

interface Place {
  citizenId: string
  goalId: string
}

function sayEvent({ code, detail, level }: OnLine, words: StaffGoalsText): string | null {
  if (level !== null) return sayLevel(level, words)
  if (!detail) return null
  if (code === 'review') return sayGoalDate(detail)
  const names: Record<string, string> = code === 'status' ? words.statuses : words.achievements
  return code === 'status' || code === 'achievement' || code === 'accepted' || code === 'declined' || code === 'proposed'
    ? (names[detail] ?? null)
    : detail
}

function sayMood({ mood, urge, detail }: OnLine, { line }: StaffGoalsText): string {
  return [mood !== null && line.mood(mood), urge !== null && line.urge(urge), detail].filter(Boolean).join(' · ')
}

function nameOf(item: OnLine, words: StaffGoalsText): string {
  if (item.kind === 'event') return words.history.kinds[item.code as keyof StaffGoalsText['history']['kinds']] ?? ''
  return item.kind === 'check-in' ? words.line.checkIn : words.line.appointment
}

function detailOf(item: OnLine, words: StaffGoalsText): string | null {
  if (item.kind === 'event') return sayEvent(item, words)
  if (item.kind === 'check-in') return sayMood(item, words)
  return staffText().appointments.kinds[item.detail as keyof ReturnType<typeof staffText>['appointments']['kinds']] ?? null
}

function Item({ item }: { item: OnLine }) {
  const words = staffGoalsText()
  const who = item.by === 'citizen' ? words.history.citizen : item.name
  const when = sayWhen(item.at, language.value, new Date())
  const detail = detailOf(item, words)
  return (
    <li class="goal-event">
      <p class="quiet">{who ? words.history.by(who, when) : when}</p>
      <p>
        <strong>{nameOf(item, words)}</strong>
        {detail && <span class="own-words">: {detail}</span>}
      </p>
    </li>
  )
}

/** Fetches the line page by page; what was fetched stays on the screen. */
function useLine(goalId: string) {
  const [found, setFound] = useState<{ items: OnLine[]; next: string | null } | null>(null)
  const [trouble, setTrouble] = useState('')
  const [busy, setBusy] = useState(false)
  const fetchMore = async (cursor?: string) => {
    setBusy(true)
    setTrouble('')
    try {
      const page = await getLine(goalId, cursor)
      setFound((before) => ({ items: [...(cursor ? (before?.items ?? []) : []), ...page.items], next: page.next_cursor }))
    } catch (error) {
      setTrouble(explain(error, staffText()).message ?? staffText().problem.other)
    }
    setBusy(false)
  }
  useEffect(() => void fetchMore(), [goalId])
  return { found, trouble, busy, fetchMore }
}

/** What belongs to one goal in order of time: appointments, shared check-ins, and what happened. */
export function LinePage({ citizenId, goalId }: Place) {
  const text = staffText()
  const words = staffGoalsText()
  const { found, trouble, busy, fetchMore } = useLine(goalId)
  return (
    <section class="page goal-page">
      <p>
        <a href={`/staff/people/${citizenId}/goals/${goalId}`}>{words.toGoal}</a>
      </p>
      <PageHeading>{words.line.title}</PageHeading>
      <p class="quiet">{words.line.lead}</p>
      {found?.items.length === 0 && <p class="empty">{words.history.empty}</p>}
      <ol class="goal-events" role="list">
        {found?.items.map((item) => (
          <Item key={`${item.kind}:${item.id}`} item={item} />
        ))}
      </ol>
      {found?.next && (
        <Button busy={busy} onClick={() => void fetchMore(found.next ?? undefined)}>
          {words.history.older}
        </Button>
      )}
      {(trouble || !found) && (
        <LoadState
          loading={text.loading}
          trouble={trouble || undefined}
          retry={{ label: text.problem.retry, act: () => void fetchMore(found?.next ?? undefined) }}
        />
      )}
    </section>
  )
}
