import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { showNothing } from '../../offline/held.ts'
import { say, said } from '../said.ts'
import { answered, ask, choiceOf, decide } from './sharing.ts'

const ROWS = [{ purpose: 'contact-person', item_class: 'crisis-plan', given: true, readers: ['Karen'] }]

let answer: (response: Response) => void = () => undefined

/** It answers once, when it is told to; then the network is gone. */
function serverThatTakesItsTime(): void {
  const first = new Promise<Response>((resolve) => (answer = resolve))
  vi.stubGlobal('fetch', vi.fn().mockReturnValueOnce(first).mockRejectedValue(new TypeError('no network')))
}

const ready = () => answer(Response.json(ROWS))

afterEach(() => {
  showNothing()
  vi.unstubAllGlobals()
})

describe('who may read the plan', () => {
  it('is forgotten with everything else when the app is locked, left or given up', async () => {
    serverThatTakesItsTime()
    const asking = ask()
    ready()
    await asking
    expect(choiceOf('contact-person')).toMatchObject({ given: true, row: { readers: ['Karen'] } })

    showNothing()

    expect([answered.value, choiceOf('contact-person')]).toEqual([null, { given: false, row: null }])
  })

  it.each([
    ['asked', () => ask()],
    ['chosen', () => decide('contact-person', true)],
  ])('is not shown by an answer that comes after that (%s)', async (_what, begin) => {
    serverThatTakesItsTime()
    const asking = begin()

    showNothing()
    ready()
    await asking

    expect(answered.value).toBeNull()
  })
})

describe('a yes', () => {
  it('is not undone by an answer to what was asked before it', async () => {
    const answers: ((rows: unknown) => void)[] = []
    vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => answers.push((rows) => resolve(Response.json(rows)))))
    const asking = ask()
    const deciding = decide('contact-person', true)
    await vi.waitFor(() => expect(answers).toHaveLength(2))

    answers[1]?.(ROWS)
    await vi.waitFor(() => expect(choiceOf('contact-person').given).toBe(true))
    answers[0]?.([])
    await Promise.all([asking, deciding])

    expect(choiceOf('contact-person').given).toBe(true)
  })
})

describe('what was just said', () => {
  it('is not said any more when nothing may be shown, and cannot be undone by the next person', () => {
    say('Linjen er slettet.', { label: 'Fortryd', act: () => undefined })
    expect(said.value?.words).toBe('Linjen er slettet.')

    showNothing()

    expect(said.value).toBeNull()
  })
})
