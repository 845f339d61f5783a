import { describe, expect, it } from 'vitest'
import { neutralDa } from '../text/neutral.ts'
import { ownPath, readMessage } from './message.ts'

const ORIGIN = 'https://app.example'
const OCCURRENCE = '01938d00-0000-7000-8000-000000000001'
const REMINDER = '01938d00-0000-7000-8000-000000000003'
const DELIVERY = '01938d00-0000-7000-8000-000000000002'
const read = (raw: string | null) => readMessage(raw, ORIGIN, neutralDa)

const whole = {
  web_push: 8030,
  mutable: true,
  notification: { title: 'Du har en påmindelse', body: 'Åbn appen', navigate: `${ORIGIN}/r/${OCCURRENCE}`, lang: 'da', tag: REMINDER },
  id: DELIVERY,
  occurrence: OCCURRENCE,
  revision: 3,
  ack: 'geheim',
}

describe('readMessage', () => {
  it('reads a whole message', () => {
    const message = read(JSON.stringify(whole))

    expect(message.notice).toEqual({
      title: 'Du har en påmindelse',
      body: 'Åbn appen',
      lang: 'da',
      path: `/r/${OCCURRENCE}`,
      tag: REMINDER,
      revision: 3,
      silent: false,
    })
    expect(message.acknowledgement).toEqual({ delivery_id: DELIVERY, secret: 'geheim' })
  })

  it('wakes nobody when it says so, and only then', () => {
    const told = (silent: unknown) => read(JSON.stringify({ ...whole, notification: { ...whole.notification, silent } })).notice.silent

    expect([told(true), told(false), told('yes'), told(undefined)]).toEqual([true, false, false, false])
  })

  it.each([
    ['no data', null],
    ['bad JSON', '{"notification":'],
    ['not an object', '[1,2]'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['4 kB of text', JSON.stringify({ notification: { title: 'x'.repeat(4096) } })],
    ['wrong types', JSON.stringify({ notification: { title: 7 }, id: {}, revision: '3', ack: [], occurrence: 1 })],
  ])('shows the neutral words for %s, and acknowledges nothing', (_name, raw) => {
    const message = read(raw)

    expect(message.notice).toMatchObject({ title: neutralDa.title, tag: 'neutral', path: '/', revision: 0 })
    expect(message.acknowledgement).toBeNull()
  })

  it('finds our fields in the notification, where the browser hands over that alone', () => {
    const { notification, ...fields } = whole

    const message = read(JSON.stringify({ notification: { ...notification, data: fields } }))

    expect(message.acknowledgement).toEqual({ delivery_id: DELIVERY, secret: 'geheim' })
    expect(message.notice.revision).toBe(3)
  })
})

describe('ownPath', () => {
  it.each([
    [`${ORIGIN}/r/1`, '/r/1'],
    ['/aftaler', '/aftaler'],
    ['https://evil.example/r/1', '/'],
    ['//evil.example/x', '/'],
    ['javascript:alert(1)', '/'],
    [`${ORIGIN}/api/v1/citizen/me`, '/'],
    ['http://[', '/'],
    [7, '/'],
  ])('%s leads to %s', (address, path) => {
    expect(ownPath(address, ORIGIN)).toBe(path)
  })
})
