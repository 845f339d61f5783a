/** Answers on their way: kept as a draft on the phone until they are saved. */
import { choice, eraseResult, putResult, type Result, type Thing } from '../../offline/measure-store.ts'
import { choose } from '../../offline/phone.ts'
import { questionnairesText } from '../../text/questionnaires.ts'
import { navigate } from '../../ui/navigation.ts'
import { useDraft, type Draft } from '../draft.ts'
import { canTell } from '../readers.ts'
import { say } from '../said.ts'
import { begunOf, countsFor } from './asked.ts'
import type { Definition } from './definitions.ts'
import { askAfter } from './wish.ts'

export interface Answering {
  /** Null: not begun. */
  step: number | null
  items: Record<string, number>
  things: Thing[]
  /** Null: as the choice says. */
  offered: boolean | null
  /** When the begun ones were written from which this goes on; null: from none. */
  from: string | null
}

export function emptyThing(weeks: number): Thing {
  return { what: '', weeks: Array<number | null>(weeks).fill(null) }
}

const draftName = (code: string) => `questionnaire:${code}`

/** What was begun before, on this phone or another, is taken up again. */
export function useAnswering(definition: Definition): Draft<Answering> {
  return useDraft<Answering>(draftName(definition.code), () => {
    const begun = begunOf(definition.code)
    const things = begun?.things.length ? begun.things : [emptyThing(definition.weeks)]
    return { step: null, items: begun?.items ?? {}, things, offered: null, from: begun?.at ?? null }
  })
}

/** Whether the contact person shall see it: as ticked, or as the choice says; nobody where there is nobody. */
export function isOfferedIn({ offered }: Answering): boolean {
  return canTell() && (offered ?? choice.value?.given ?? false)
}

interface Save {
  definition: Definition
  draft: Draft<Answering>
  complete: boolean
  things?: Thing[]
}

/** Keeps the answers, whole or begun, and leads on. */
export async function save({ definition, draft, complete, things = [] }: Save): Promise<void> {
  const words = questionnairesText.value.form
  const { code, version } = definition
  const asked = countsFor(code)
  const isOffered = complete && isOfferedIn(draft.value)
  const id = await putResult({
    code,
    version,
    items: draft.value.items,
    things,
    complete,
    asked: asked ? { plan_id: asked.plan.id, window_key: asked.window.key } : null,
    isOffered,
    goesOn: begunOf(code)?.id ?? null,
    goesOnFrom: draft.value.from,
  })
  if (id === null) return say(words.notSaved)
  draft.drop()
  if (complete) askAfter(id)
  navigate(complete ? `/skemaer/svar/${id}` : '/skemaer', true)
  say(complete ? (isOffered ? words.savedOffered : words.saved) : words.savedLater)
}

/** Deletes answers for good; what was going on with them on this phone goes as well. */
export async function erase({ id, code, complete }: Result): Promise<boolean> {
  const isGone = await eraseResult(id)
  if (isGone && !complete) await choose(`draft:${draftName(code)}`, undefined)
  return isGone
}
