import { beforeEach, describe, expect, it } from 'vitest'
import { dropAllDrafts, findDraft, keepDraft } from './drafts'
import { attemptSend, type FormOptions } from './form'

interface Note extends Record<string, string> {
  title: string
}

function options(change: Partial<FormOptions<Note>>): FormOptions<Note> {
  return {
    key: 'note',
    initial: () => ({ title: '' }),
    send: async () => undefined,
    explain: () => ({ message: 'no' }),
    ...change,
  }
}

describe('sending a form', () => {
  beforeEach(dropAllDrafts)

  it('forgets the draft when the server has taken it', async () => {
    keepDraft('note', { title: 'Gå en tur' })

    const trouble = await attemptSend(options({}), { title: 'Gå en tur' })

    expect(trouble).toBeNull()
    expect(findDraft('note')).toBeUndefined()
  })

  it('keeps the draft when it does not arrive', async () => {
    keepDraft('note', { title: 'Gå en tur' })
    const send = () => Promise.reject(new Error('no network'))

    const trouble = await attemptSend(options({ send }), { title: 'Gå en tur' })

    expect(trouble).toEqual({ message: 'no' })
    expect(findDraft('note')).toEqual({ title: 'Gå en tur' })
  })

  it('sends nothing while something is missing', async () => {
    let sent = 0
    const send = async () => {
      sent += 1
    }
    const check = () => ({ title: 'Skal udfyldes.' })

    const trouble = await attemptSend(options({ send, check }), { title: '' })

    expect(trouble).toEqual({ fields: { title: 'Skal udfyldes.' } })
    expect(sent).toBe(0)
  })

  it('lets what went wrong be told by what was typed', async () => {
    const send = () => Promise.reject(new Error('refused'))
    const explain = (_error: unknown, values: Note) => ({ fields: { title: values.title } })

    expect(await attemptSend(options({ send, explain }), { title: 'x' })).toEqual({ fields: { title: 'x' } })
  })

  it('has not ended before what stands now has been fetched, so that a second try is made on that', async () => {
    const send = () => Promise.reject(new Error('stale'))
    let fetched: () => void = () => undefined
    const explain = async () => {
      await new Promise<void>((resolve) => (fetched = resolve))
      return { message: 'stale' }
    }
    let told: unknown = 'nothing yet'

    const trying = attemptSend(options({ send, explain }), { title: 'x' }).then((trouble) => (told = trouble))
    await new Promise((resolve) => setTimeout(resolve))
    expect(told).toBe('nothing yet')

    fetched()
    await trying
    expect(told).toEqual({ message: 'stale' })
  })

  it('forgets everything when another person signs in', () => {
    keepDraft('note', { title: 'a' })
    keepDraft('other', { title: 'b' })

    dropAllDrafts()

    expect([findDraft('note'), findDraft('other')]).toEqual([undefined, undefined])
  })
})
