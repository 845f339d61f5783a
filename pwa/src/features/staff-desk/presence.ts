/** An open contact never signs its worker out, whatever became of other contacts that this browser holds. */
import { ApiProblem } from '../../api/client'
import { call, lapsed, me } from '../../api/staff'
import { stayInContact } from '../../api/staffDesk'
import { away, isDown, open, plans, shutPlan, soon, TRY_AGAIN_MS } from './held'

const STILL_HERE_MS = 4 * 60_000
const STILL_YES_MS = 20_000

let beating: ReturnType<typeof setInterval> | undefined
let asking: ReturnType<typeof setInterval> | undefined

/** The server hears now and then that somebody is there. */
export function stayAwake(): void {
  clearInterval(beating)
  clearInterval(asking)
  asking = setInterval(() => {
    if (me.value && !lapsed.value && Object.keys(plans.value).length > 0) void askWhetherPlansMayStay()
  }, STILL_YES_MS)
  beating = setInterval(() => {
    if (me.value && !lapsed.value && open.value.length > 0) void sayStillHere()
  }, STILL_HERE_MS)
}

/** Of one contact that goes on, the newest first: one that was ended elsewhere, or forgotten, must not end the others. */
export async function sayStillHere(): Promise<void> {
  const known = open.value.filter((contact) => contact.version !== null).sort((a, b) => b.opened_at.localeCompare(a.opened_at))
  try {
    for (const { id } of known) if (await goesOn(id)) return void (away.value = false)
    if (known.length < open.value.length) await call('/staff/session')
    away.value = false
  } catch (error) {
    if (!isDown(error)) return
    away.value = true
    soon(TRY_AGAIN_MS)
  }
}

/** A no that the person says in the app takes the plan off the worker's screen, too; a dead server does not. */
export async function askWhetherPlansMayStay(): Promise<void> {
  try {
    for (const id of Object.keys(plans.value)) await goesOn(id)
  } catch (error) {
    if (!isDown(error)) return
    away.value = true
    soon(TRY_AGAIN_MS)
  }
}

async function goesOn(id: string): Promise<boolean> {
  try {
    const { may_read_plan: mayRead } = await stayInContact(id)
    if (!mayRead) shutPlan(id)
    return true
  } catch (error) {
    if (!(error instanceof ApiProblem) || ![404, 409].includes(error.status)) throw error
    shutPlan(id)
    return false
  }
}
