import { describe, expect, it } from 'vitest'
import type { SharedLine } from '../../api/staffTypes'
import { changedLine, newLine, shown, withLine, wrongWords } from './lines'

const line = (id: string, more: Partial<SharedLine> = {}): SharedLine => ({
  id,
  section: 'own-actions',
  position: 'a0',
  text: [{ version: `v-${id}`, value: id, author: 'citizen', author_name: null, at: '2026-11-22T04:00:00Z' }],
  phone: [],
  links: [],
  deleted: false,
  restored: false,
  erased: false,
  history: [],
  ...more,
})

const words = { required: 'required', tooLong: 'long', phoneWrong: 'phone' }

describe('a shared plan in the console', () => {
  it('leaves out what the person has taken away', () => {
    const lines = [line('b', { position: 'a1' }), line('gone', { deleted: true }), line('erased', { erased: true }), line('a')]

    expect(shown(lines).map((each) => each.id)).toEqual(['a', 'b'])
  })

  it('puts a new line at the end of its section', () => {
    const edit = newLine([line('a'), line('b', { position: 'a5' })], 'new', 'm', { section: 'own-actions', text: ' bath ', phone: '' })

    expect(edit).toEqual({ id: 'new', mutation_id: 'm', section: 'own-actions', position: 'a6', text: { value: 'bath', parents: [] } })
  })

  it('names the versions that were on the screen, so that what came since stays beside it', () => {
    expect(changedLine(line('a'), 'm', 'walk', ['v-a'])).toEqual({ id: 'a', mutation_id: 'm', text: { value: 'walk', parents: ['v-a'] } })
  })

  it('shows the answer of the server and keeps what the line said before', () => {
    const before = line('a', { history: [{ ...line('a').text[0]!, field: 'text', current: false }] })
    const { history: _, ...answer } = line('a', { position: 'a9' })

    const [after] = withLine([before], answer)

    expect(after?.position).toBe('a9')
    expect(after?.history).toHaveLength(1)
  })

  it('says which words cannot be saved', () => {
    expect(wrongWords({ text: ' ' }, words)).toEqual({ text: 'required' })
    expect(wrongWords({ text: 'x'.repeat(2001), phone: '1' }, words)).toEqual({ text: 'long', phone: 'phone' })
    expect(wrongWords({ text: 'Lise', phone: '20 30 40 50' }, words)).toEqual({})
  })
})
