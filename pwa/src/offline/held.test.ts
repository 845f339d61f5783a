import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { answerForGood, choices, choose, lockState, openedVault, openOrDoWithout, reload } from './held.ts'
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

describe('what somebody chose or typed', () => {
  const DRAFT = 'draft:line'
  const onDisk = () => openedVault().get('state', DRAFT)

  beforeEach(async () => {
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined, removeItem: () => undefined })
    await openOrDoWithout()
  })

  it('stays away when it is put away in the moment in which it is being kept', async () => {
    const keeping = choose(DRAFT, 'words that were put away')
    await Promise.all([keeping, choose(DRAFT, undefined)])

    expect(await onDisk()).toBeUndefined()
  })

  it('stands while it is being kept, whatever is read from the disk meanwhile', async () => {
    const amend = openedVault().amend.bind(openedVault())
    let goOn: () => void = () => undefined
    vi.spyOn(openedVault(), 'amend').mockImplementationOnce(async (decide) => {
      await new Promise<void>((resolve) => (goOn = resolve))
      return amend(decide)
    })
    const keeping = choose(DRAFT, 'what I am writing')
    await vi.waitFor(() => expect(openedVault().amend).toHaveBeenCalled())
    await reload()
    expect(choices.value[DRAFT]).toBe('what I am writing')

    goOn()
    await keeping
    await reload()
    expect([choices.value[DRAFT], await onDisk()]).toEqual(['what I am writing', 'what I am writing'])
  })

  it('is kept also after the phone has refused to keep something', async () => {
    vi.spyOn(openedVault(), 'amend').mockRejectedValueOnce(new Error('broken'))
    await expect(choose(DRAFT, 'lost')).rejects.toThrow('broken')

    await choose(DRAFT, 'kept')

    expect(await onDisk()).toBe('kept')
  })
})
