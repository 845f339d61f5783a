/** A phone for the model test: one JSON command a line on stdin, one JSON answer a line on stdout. */
import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Script } from 'node:vm'
import { environment, evict, forgetEverything, install } from './browser.ts'
import type { Answer, Command, Outcome } from './protocol.ts'

type Phone = typeof import('./phone.ts')

const DATABASE = 'overblik'
const NOWHERE = () => false
const EVERYWHERE = () => true
const PAIRING = (path: string) => path.endsWith('/public/pairings') || path.endsWith('/citizen/session')

type Run = (module: { exports: Partial<Phone> }, exports: Partial<Phone>, require: null) => void

// Run from its text: unlike an imported module, a run that is over leaves the memory.
const code = readFileSync(new URL('phone.cjs', `file://${process.argv[1]}`), 'utf8')
const run = new Script(`(function (module, exports, require) {${code}\n})`).runInThisContext() as Run

let phone: Phone

/** Starts the app anew: not a variable of the run before is left, only what it has stored. */
async function start(): Promise<void> {
  const module: { exports: Partial<Phone> } = { exports: {} }
  run(module, module.exports, null)
  phone = module.exports as Phone
  await phone.open()
}

/** Does something while there is a network for it, and waits until all that it began has come to an end. */
async function within<T>(reach: (path: string, method: string) => boolean, work: () => Promise<T>): Promise<T> {
  environment.reach = reach
  try {
    return await work()
  } finally {
    environment.reach = NOWHERE
    await phone.settle()
  }
}

async function reset(baseUrl: string): Promise<void> {
  await forgetEverything([DATABASE])
  environment.baseUrl = baseUrl
  await start()
}

/** Sends and fetches until the app is killed in the middle of it, if it comes so far. */
async function syncAndDie(writes: number): Promise<Outcome> {
  environment.writesLeft = writes
  try {
    return await within(EVERYWHERE, () => phone.synchronise())
  } catch (error) {
    if (environment.writesLeft >= 0) throw error
    return 'later'
  }
}

async function carryOut(command: Command): Promise<Outcome | undefined> {
  if (command.cmd === 'reset') await reset(command.base_url)
  else if (command.cmd === 'kill') await start()
  else if (command.cmd === 'evict') await evict([DATABASE]).then(start)
  else if (command.cmd === 'upgrade') await phone.age().then(() => phone.settle()).then(start)
  else if (command.cmd === 'lock') await within(NOWHERE, () => phone.lock(command.plan_open)).then(start)
  else if (command.cmd === 'unpair') environment.cookies.clear()
  else if (command.cmd === 'clock') environment.clockOffsetMs = command.seconds * 1000
  else if (command.dies_after !== undefined) return syncAndDie(command.dies_after)
  else if (command.cmd === 'sync') return within(EVERYWHERE, () => phone.synchronise())
  else if (command.cmd !== 'state') await within(command.cmd === 'pair' ? PAIRING : NOWHERE, () => phone.carryOut(command))
  return undefined
}

async function answer(line: string): Promise<Answer> {
  const command = JSON.parse(line) as Command
  try {
    const outcome = await carryOut(command)
    const died = environment.writesLeft < 0
    environment.writesLeft = Infinity
    if (died) await start()
    return { ok: true, ...(outcome && { outcome: died && outcome === 'done' ? 'later' : outcome }), died, state: phone.state() }
  } catch (error) {
    return { ok: false, error: String(error), state: phone.state() }
  }
}

async function listen(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(line))}\n`)
  }
  process.exit(0)
}

install()
void listen()
