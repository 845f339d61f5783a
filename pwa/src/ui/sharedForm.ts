import { useRef, useState } from 'preact/hooks'
import { findBase, findDraft, keepDraft } from './drafts'
import { type FormOptions, type FormState, type Trouble, useForm, type Values } from './form'
import { bothChanged, mergeValues } from './merge'

/** A record as the server has it: its version, and its words as the form holds them. */
export interface Standing<V extends Values> {
  version: number
  values: V
}

export interface SharedFormOptions<V extends Values> extends Pick<FormOptions<V>, 'key'> {
  /** What was fetched for this page. */
  standing: Standing<V>
  /** What is wrong; `before` is what the form builds on. */
  check?: (values: V, before: V) => Record<string, string>
  /** Sends on top of `seen`; what the server took on the way to an error is put into it. */
  send: (values: V, seen: { current: Standing<V> }) => Promise<void>
  explain: (error: unknown) => Trouble
  /** Fetches what stands now, after somebody else was faster. */
  newest: () => Promise<Standing<V>>
  /** What to say then. */
  changed: () => string
}

export interface SharedForm<V extends Values> {
  form: FormState<V>
  /** What both have changed, as it stands at the server: nothing of it is hidden from the one who saves. */
  theirs: Partial<V>
}

/** What was typed on top of an older version, put on what stands now. */
function takeUp<V extends Values>(key: string, standing: Standing<V>): Partial<V> {
  const [draft, base] = [findDraft<V>(key), findBase<Standing<V>>(key)]
  if (!draft || !base) return {}
  keepDraft(key, mergeValues(base.values, draft, standing.values), standing)
  return bothChanged(base.values, draft, standing.values)
}

/**
 * A form for a record that others write too.
 *
 * Whoever was faster, before the form was opened again or before it was sent: their words stand
 * where this one wrote nothing, and `theirs` names the fields that both have changed.
 */
export function useSharedForm<V extends Values>(options: SharedFormOptions<V>): SharedForm<V> {
  const { key, standing } = options
  const [theirs, setTheirs] = useState<Partial<V>>(() => takeUp(key, standing))
  const seen = useRef(standing)
  const meet = (now: Standing<V>) => {
    const { values: before } = seen.current
    seen.current = now
    // What was typed while it was fetched counts too; without a draft somebody has left the form.
    const mine = findDraft<V>(key)
    if (!mine) return
    const merged = mergeValues(before, mine, now.values)
    keepDraft(key, merged, now)
    form.reset(merged)
    setTheirs(bothChanged(before, mine, now.values))
  }
  const explain = async (error: unknown): Promise<Trouble> => {
    const found = options.explain(error)
    if (!found.stale) return found
    try {
      meet(await options.newest())
    } catch (second) {
      return options.explain(second)
    }
    return { message: options.changed() }
  }
  const form = useForm<V>({
    key,
    base: () => seen.current,
    initial: () => standing.values,
    check: (values) => options.check?.(values, seen.current.values) ?? {},
    send: (values) => options.send(values, seen),
    explain,
  })
  return { form, theirs }
}
