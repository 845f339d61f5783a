/** One run of the app: everything the phone knows lives in these modules. Run anew, it starts anew. */
import { titlesOf } from '../../src/offline/goals.ts'
import { wordsOf } from '../../src/offline/overlay.ts'
import * as locking from '../../src/offline/locking.ts'
import { changeReminders, putGoal } from '../../src/offline/own.ts'
import * as phone from '../../src/offline/phone.ts'
import { dropMutation, isUnsent } from '../../src/offline/mutations.ts'
import { headsOf } from '../../src/offline/plan.ts'
import * as store from '../../src/offline/plan-store.ts'
import type { Answer, Goal } from '../../src/api/citizen.ts'
import type { PlanVersion } from '../../src/api/plan.ts'
import type { Command, Outcome, State } from './protocol.ts'

export class Impossible extends Error {}

function need<T>(found: T | null | undefined | false, what: string): T {
  if (found === null || found === undefined || found === false) throw new Impossible(what)
  return found
}

const lineOf = (id: string) => phone.records.value.lines.find((line) => line.id === id && !line.erased)

async function edit({ id, field, value, section, position }: Command): Promise<void> {
  const line = lineOf(id)
  const isErased = phone.records.value.lines.some((each) => each.id === id && each.erased)
  if (isErased || (!line && !section)) throw new Impossible('there is no such line')
  if (line && !section && !position) {
    const kept = field === 'text' ? store.editText(id, value ?? '') : store.editPhone(id, value ?? null)
    need(await kept, 'the store is full')
    return
  }
  const words = { [field]: { value: value ?? null, parents: line ? headsOf(line, field) : [] } }
  const fields = { ...(section && { section }), ...(position && { position }), ...words }
  need(await phone.change(() => ({ drafts: [{ entity: 'plan_line', entity_id: id, op: 'put', fields }] })), 'the store is full')
}

async function reply({ id, reply: said }: Command): Promise<void> {
  const appointment = need(phone.records.value.appointments.find((each) => each.id === id), 'there is no such appointment')
  await phone.answer(appointment, said as Answer)
}

function ofLine(id: string, kept: () => Promise<unknown>): Promise<unknown> {
  need(lineOf(id), 'there is no such line')
  return kept()
}

async function goal({ id, title, status }: Command): Promise<void> {
  if (title === undefined) need(phone.records.value.goals.find((each) => each.id === id), 'there is no such goal')
  await putGoal(id, { ...(title !== undefined && { title }), ...(status && { status: status as NonNullable<Goal['status']> }) })
}

/** Puts what is stored into the first format that anybody has used: answers waited in a table of their own. */
export async function age(): Promise<void> {
  const kept = await phone.change((rows) => {
    const old = rows.filter(({ value }) => value.entity === 'appointment' && value.op === 'reply' && isUnsent(value))
    const answers = old.map(({ value: { mutation_id: id, entity_id, fields } }) => ({
      table: 'reply' as const,
      key: entity_id,
      value: { id, appointment_id: entity_id, status: 'waiting', ...fields },
    }))
    return { drafts: [], changes: [...answers, ...old.map(dropMutation), { table: 'state', key: 'schema_version' }] }
  })
  need(kept, 'the store is full')
}

const PIN = '482915'

/** Puts everything behind a code. */
export async function lock(planOpen: boolean): Promise<void> {
  need((await locking.lockWith(PIN, planOpen)).outcome === 'right', 'the store is full')
}

async function unlock(): Promise<void> {
  need((await locking.unlock(PIN)).outcome === 'right', 'the code does not open')
  need((await locking.change(PIN, 'off')).outcome === 'right', 'the store is full')
}

async function giveUp(): Promise<void> {
  need(await locking.loseWhatIsLocked(), 'the store is full')
  await locking.putAwayGivenUp()
}

const COMMANDS: Record<string, (command: Command) => Promise<unknown>> = {
  edit,
  reply,
  goal,
  pair: ({ code }) => phone.pairWith(code),
  choose: ({ id, field, value }) => ofLine(id, () => store.chooseVersion(id, field, value ?? null)),
  move: ({ id, position }) => ofLine(id, () => store.placeLine(id, need(position, 'no position'))),
  delete: ({ id }) => ofLine(id, () => store.removeLine(id)),
  erase: ({ id }) => store.eraseLine(id),
  setting: async ({ fields }) => need(await changeReminders(fields), 'the store is full'),
  unlock,
  give_up: giveUp,
  dismiss: ({ id }) => store.dismissRefused(id),
}

/** Carries out what a person does. Throws `Impossible` if it cannot be done here. */
export async function carryOut(command: Command): Promise<void> {
  await need(COMMANDS[command.cmd], `unknown command ${command.cmd}`)(command)
}

/** Sends and fetches once. */
export async function synchronise(): Promise<Outcome> {
  await phone.refresh()
  if (phone.endedByServer.value) return 'ended'
  if (phone.needsCode.value) return 'expired'
  return phone.reached.value && phone.standing.value === 'paired' ? 'done' : 'later'
}

export const open = phone.open
/** Nothing that was begun is still under way. */
export const settle = phone.refresh

const heads = (versions: readonly PlanVersion[]) => versions.map(({ version, value }) => ({ version, value }))

/** What a person can see now. */
export function state(): State {
  const { lines, goals, appointments, profile, rejected } = phone.records.value
  const waiting = phone.queue.value.filter((each) => each.status === 'waiting')
  return {
    paired: phone.standing.value === 'paired',
    lines: Object.fromEntries(
      lines.map(({ id, section, position, text, phone: number, deleted, restored, erased }) => [
        id,
        { section, position, text: heads(text), phone: heads(number), deleted, restored, erased },
      ]),
    ),
    goals: Object.fromEntries(goals.map((each) => [each.id, { titles: titlesOf(each), status: each.status }])),
    replies: Object.fromEntries(appointments.map((each) => [each.id, each.reply])),
    settings: profile && {
      appointments: profile.reminders.appointments,
      two_hours_before: profile.reminders.two_hours_before,
    },
    refused: Object.fromEntries(rejected.map((each) => [each.id, each.content])),
    queue: waiting.flatMap((each) => wordsOf(each.fields)),
    waiting: waiting.length,
    whole: phone.wholeLoad.value,
  }
}
