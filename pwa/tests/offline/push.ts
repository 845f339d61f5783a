/** A server that answers pushes as a test says. */
import { vi } from 'vitest'
import type { PushResult, SentMutation } from '../../src/api/plan.ts'

export type Sent = SentMutation
type Said = Partial<PushResult> & { result: string }

export const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

/** Everything that was sent, in order. */
export function answerPush(say: (sent: Sent) => Said | Promise<Said>): Sent[] {
  const all: Sent[] = []
  vi.stubGlobal('fetch', async (_address: string, init: RequestInit) => {
    const { mutations } = JSON.parse(String(init.body)) as { mutations: Sent[] }
    const results = []
    for (const sent of mutations) {
      all.push(sent)
      const { mutation_id, client_seq } = sent
      results.push({ mutation_id, client_seq, data: null, problem: null, ...(await say(sent)) })
    }
    return json({ results, last_seq: mutations.at(-1)?.client_seq ?? 0 })
  })
  return all
}

export function refusePush(status: number, code: string, errors: Record<string, string[]> = {}): void {
  vi.stubGlobal('fetch', async () => json({ code, errors }, status))
}
