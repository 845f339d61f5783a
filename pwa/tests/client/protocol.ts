/** What the model test says to a phone, and what it hears: tests/model/protocol.py. */
export interface Command {
  cmd: string
  base_url: string
  code: string
  id: string
  field: 'text' | 'phone'
  value?: string | null
  section?: string
  position?: string
  title?: string
  status?: string
  reply: string
  fields: { appointments?: boolean; two_hours_before?: boolean }
  seconds: number
  dies_after?: number
  plan_open: boolean
}

export type Outcome = 'done' | 'ended' | 'expired' | 'later'

export type State = Record<string, unknown>

export interface Answer {
  ok: boolean
  error?: string
  outcome?: Outcome
  died?: boolean
  state: State
}
