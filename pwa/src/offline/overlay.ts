/** What a person sees: what the server told, with everything that waits applied on top. Nothing is stored. */
import type { Answer, Appointment, GoalEvent, GoalStep, Profile, ReminderSettings, Wish } from '../api/citizen.ts'
import type { CheckIn, UsedDay } from '../api/checkins.ts'
import type { Message } from '../api/messages.ts'
import type { PlanLine, RejectedEdit } from '../api/plan.ts'
import { applyToCheckIn, applyToDay } from './checkins.ts'
import { applyToEvent, applyToGoals, applyToStep } from './goals.ts'
import { applyToMessage } from './messages.ts'
import type { QueuedMutation } from './mutations.ts'
import { applyToLine } from './plan.ts'
import type { Records } from './records.ts'

type Fields = QueuedMutation['fields']

/** The words of a change, as the person wrote them. */
export function wordsOf(fields: Fields): string[] {
  const things = (fields['things'] ?? []) as { what: string }[]
  const parts = [fields['text'], fields['phone'], fields['title'], fields['line'], fields['what'], fields['words'], fields['note'], ...Object.values(fields['fields'] ?? {}), ...things.map(({ what }) => what)] as (string | { value?: string | null } | undefined)[]
  const values = parts.map((part) => (typeof part === 'string' ? part : part?.value))
  return values.filter((value): value is string => typeof value === 'string' && value !== '')
}

/** Applies what waits to the things that it is about, in the order in which it was made. */
export function applyEach<T extends { id: string }>(
  items: readonly T[],
  mutations: readonly QueuedMutation[],
  apply: (item: T | undefined, mutation: QueuedMutation) => T | undefined,
): T[] {
  const byId = new Map(items.map((item) => [item.id, item]))
  for (const mutation of mutations) {
    const changed = apply(byId.get(mutation.entity_id), mutation)
    if (changed) byId.set(changed.id, changed)
  }
  return [...byId.values()]
}

interface Said {
  revision: number
  reply: Answer
  wishes?: Wish[]
  note?: string
}

/** An answer counts for the time that the person saw. */
function applyReply(appointment: Appointment | undefined, { fields }: QueuedMutation): Appointment | undefined {
  const { revision, reply, wishes = [], note = null } = fields as unknown as Said
  return appointment?.revision === revision ? { ...appointment, reply, wishes, wish_note: note } : appointment
}

function applySettings(profile: Profile | null, mutations: readonly QueuedMutation[]): Profile | null {
  const changes = mutations.map(({ fields: { seen: _seen, ...chosen } }) => chosen as Partial<ReminderSettings>)
  return profile && { ...profile, reminders: Object.assign({}, profile.reminders, ...changes) as ReminderSettings }
}

/** A refused change whose words did not come back from the server yet. */
function asRejected(mutation: QueuedMutation): RejectedEdit {
  return {
    id: mutation.rejected_id ?? mutation.mutation_id,
    entity: mutation.entity,
    entity_id: mutation.entity_id,
    content: wordsOf(mutation.fields).join('\n'),
    reason: mutation.code ?? '',
    at: mutation.device_at,
  }
}

function rejectedOf(records: Records, queue: readonly QueuedMutation[], dismissed: ReadonlySet<string>): RejectedEdit[] {
  const pulled = new Set(records.rejected.map((each) => each.id))
  const own = queue.filter((each) => each.status === 'refused').map(asRejected)
  const all = [...records.rejected, ...own.filter((each) => !pulled.has(each.id))]
  return all.filter((each) => !dismissed.has(each.id))
}

/** Applies the queue to what the server told. */
export function applyQueue(records: Records, queue: readonly QueuedMutation[]): Records {
  if (queue.length === 0) return records
  const applied = queue.filter((each) => each.status !== 'refused')
  const of = (entity: QueuedMutation['entity']) => applied.filter((each) => each.entity === entity)
  const review = of('plan').pop()
  const dismissed = new Set(of('rejected_edit').map((each) => each.entity_id))
  return {
    ...records,
    profile: applySettings(records.profile, of('reminder_settings')),
    appointments: applyEach<Appointment>(records.appointments, of('appointment'), applyReply),
    goals: applyToGoals(records.goals, applied),
    steps: applyEach<GoalStep>(records.steps, of('goal_step'), applyToStep),
    events: applyEach<GoalEvent>(records.events, of('goal_event'), applyToEvent),
    checkins: applyEach<CheckIn>(records.checkins, of('checkin'), applyToCheckIn),
    messages: applyEach<Message>(records.messages, of('message'), applyToMessage),
    days: applyEach<UsedDay>(records.days, of('used_day'), applyToDay),
    lines: applyEach<PlanLine>(records.lines, of('plan_line'), applyToLine),
    plan: review ? { id: review.entity_id, review_on: review.fields['review_on'] as string | null } : records.plan,
    rejected: rejectedOf(records, queue, dismissed),
  }
}
