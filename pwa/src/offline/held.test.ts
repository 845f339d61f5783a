import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { answerForGood, choices, lockState, openedVault, openOrDoWithout, reload } from './held.ts'
import { StorageRefused } from './vault.ts'

const QUESTION = 'lock_answered'
const kept = () => openedVault().get('state', QUESTION)

describe('an answer to what is asked only once', () => {
  beforeEach(async () => {
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined, removeItem: () => undefined })
    await openOrDoWithout()
    await openedVault().write([{ table: 'state', key: QUESTION }])
    await reload()
  })

  it('counts when it is kept and not before, so that nobody is asked again', async () => {
    const keptWhenShown: Promise<unknown>[] = []
    const stop = choices.subscribe((now) => {
      if (now[QUESTION]) keptWhenShown.push(kept())
    })

    const answering = answerForGood(QUESTION)
    expect(choices.value[QUESTION]).toBeUndefined()
    await answering

    expect(await Promise.all(keptWhenShown)).toEqual([true])
    stop()
  })

  it('is not undone by a look at the phone that began before it', async () => {
    const looking = reload()
    await Promise.all([answerForGood(QUESTION), looking])

    expect(choices.value[QUESTION]).toBe(true)
  })

  it('lets the question go for now where the phone stores nothing more', async () => {
    vi.spyOn(openedVault(), 'write').mockRejectedValueOnce(new StorageRefused('full'))

    await answerForGood(QUESTION)

    expect([choices.value[QUESTION], await kept()]).toEqual([true, undefined])
  })

  it('shows nothing on a page that was locked before it was kept', async () => {
    const answering = answerForGood(QUESTION)
    lockState.value = 'locked'
    await answering

    expect(choices.value[QUESTION]).toBeUndefined()
    lockState.value = 'none'
  })
})
