import { useEffect, useRef, useState } from 'preact/hooks'
import { dropDraft, findDraft, keepDraft } from './drafts'

export type Values = Record<string, string | boolean | string[]>
export type Messages = Record<string, string>

/** What went wrong, in words: for the whole form, for single fields, or both. */
export interface Trouble {
  message?: string
  fields?: Messages
  /** Somebody else has changed the record since it was read. */
  stale?: boolean
  /** Worth saying that nothing typed is lost. */
  kept?: boolean
}

export interface FormOptions<V extends Values> {
  /** Names the draft; the same key finds what was typed before. */
  key: string
  /** False for secrets: they live as long as the page does. */
  draft?: boolean
  /** What the draft was typed on top of; kept with it. */
  base?: () => unknown
  initial: () => V
  /** What becomes of the values when one of them is changed, where others depend on it. */
  change?: (values: V, name: keyof V, value: V[keyof V]) => V
  check?: (values: V) => Messages
  send: (values: V) => Promise<void>
  /** What to say of it. May first fetch what stands now: until then the form is busy and sends nothing again. */
  explain: (error: unknown, values: V) => Trouble | Promise<Trouble>
}

export interface FormState<V extends Values> {
  values: V
  set: <K extends keyof V>(name: K, value: V[K]) => void
  trouble: Trouble
  /** Counts the tries, so that the summary takes focus each time. */
  attempt: number
  busy: boolean
  submit: () => Promise<void>
  /** Sets several at once, kept like what is typed. */
  fill: (values: V) => void
  /** Begins anew on the same page. */
  reset: (values: V) => void
  /** Forgets what was typed. */
  drop: () => void
}

/** One try to send: the draft is dropped only when the server has taken it. */
export async function attemptSend<V extends Values>(options: FormOptions<V>, values: V): Promise<Trouble | null> {
  const missing = options.check?.(values) ?? {}
  if (Object.keys(missing).length > 0) return { fields: missing }
  try {
    await options.send(values)
    dropDraft(options.key)
    return null
  } catch (error) {
    return options.explain(error, values)
  }
}

/** A form whose text survives errors, a lost sign-in and a look at another page. */
export function useForm<V extends Values>(options: FormOptions<V>): FormState<V> {
  const [values, setValues] = useState<V>(() => (options.draft === false ? undefined : findDraft<V>(options.key)) ?? options.initial())
  const [trouble, setTrouble] = useState<Trouble>({})
  const [attempt, setAttempt] = useState(0)
  const [busy, setBusy] = useState(false)
  const sending = useRef(false)
  const here = useRef(true)
  useEffect(
    () => () => {
      here.current = false
    },
    [],
  )

  const keep = (next: V) => {
    if (options.draft !== false) keepDraft(options.key, next, options.base?.())
  }
  const fill = (next: V) => {
    keep(next)
    setValues(next)
  }
  const set: FormState<V>['set'] = (name, value) => fill(options.change?.(values, name, value) ?? { ...values, [name]: value })
  const submit = async () => {
    if (sending.current) return
    sending.current = true
    setBusy(true)
    keep(values)
    const found = await attemptSend(options, values).finally(() => {
      sending.current = false
    })
    if (!here.current) return
    setBusy(false)
    setTrouble(found ?? {})
    setAttempt((count) => count + 1)
  }
  return { values, set, trouble, attempt, busy, submit, fill, reset: setValues, drop: () => dropDraft(options.key) }
}
