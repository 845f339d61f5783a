import { describe, expect, it } from 'vitest'
import type { Trial } from '../../api/trial.ts'
import { trialDa as words } from '../../text/trial.da.ts'
import { stepsOf } from './steps.ts'

const trial = (known: Partial<Trial>): Trial => ({
  planned_at: '2026-11-23T09:00:00Z',
  handed: false,
  answer: 'none',
  shown: false,
  over: false,
  ...known,
})

const lines = (known: Partial<Trial>) => stepsOf(trial(known), words).map(({ text, done }) => `${done ? '✓' : '·'} ${text}`)

describe('the steps of a trial', () => {
  it('say what is waited for', () => {
    expect(lines({})).toEqual(['✓ Prøven er klar', '· Ikke sendt endnu'])
    expect(lines({ handed: true, answer: 'waiting' }).at(-1)).toBe(`· ${words.waiting}`)
    expect(lines({ handed: true, answer: 'accepted' }).at(-1)).toBe(`· ${words.notShown}`)
  })

  it('end with the notice on the screen', () => {
    const steps = lines({ handed: true, answer: 'accepted', shown: true, over: true })

    expect(steps).toHaveLength(4)
    expect(steps.at(-1)).toBe('✓ Vist på denne telefon')
  })

  it('say plainly when it did not come', () => {
    expect(lines({ over: true }).at(-1)).toBe(`· ${words.notSent}`)
    expect(lines({ handed: true, answer: 'refused', over: true }).at(-1)).toBe(`· ${words.refused}`)
    expect(lines({ handed: true, answer: 'accepted', over: true }).at(-1)).toBe(`· ${words.neverShown}`)
  })
})
