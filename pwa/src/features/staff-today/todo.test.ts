import { describe, expect, it } from 'vitest'
import type { Todo } from '../../api/staffConsole'
import { staffConsoleDa } from '../../text/staffConsole.da'
import { factsOf, grouped } from './todo'

const now = new Date('2026-11-23T09:00:00Z')
const some: Todo = {
  kind: 'talk-today',
  id: 'a',
  citizen_id: 'c',
  alias: 'Solsort',
  mine: true,
  in_place_of: null,
  since: null,
  due_on: null,
  starts_at: null,
  day: null,
  title: null,
  wants_talk: null,
  link: '/staff/people/c',
}
const facts = (more: Partial<Todo>) => factsOf({ ...some, ...more }, staffConsoleDa.today, 'da', now)

describe('the list of today', () => {
  it('keeps the order and puts each kind together', () => {
    const items: Todo[] = [
      { ...some, kind: 'waiting-message', id: '1' },
      { ...some, kind: 'waiting-message', id: '2' },
      { ...some, id: '3' },
    ]

    expect(grouped(items).map(({ kind, todos }) => [kind, todos.map((one) => one.id)])).toEqual([
      ['waiting-message', ['1', '2']],
      ['talk-today', ['3']],
    ])
    expect(grouped([])).toEqual([])
  })

  it('says which day it is and until when, without a word of blame afterwards', () => {
    expect(facts({ kind: 'guarantee-soon', day: 12, due_on: '2026-11-25' })).toEqual(['Dag 12, senest 25. november'])
    expect(facts({ kind: 'guarantee-soon', day: 16, due_on: '2026-11-21' })).toEqual(['Dag 16, fristen var 21. november'])
  })

  it('says when to call, since when somebody waits, and in whose place', () => {
    expect(facts({ kind: 'missed-talk', due_on: '2026-11-23', since: '2026-11-20T09:00:00Z' })).toEqual([
      'Siden fredag 20. november kl.\u00a010.00',
      'Ring i dag',
    ])
    expect(facts({ kind: 'closer-contact', due_on: '2026-11-24', wants_talk: true, title: 'Sove' })).toEqual([
      'Sove',
      'Ring i morgen',
      'Ønsker en samtale',
    ])
    expect(facts({ in_place_of: 'Anders', starts_at: '2026-11-23T13:00:00Z' })).toEqual(['i dag kl.\u00a014.00', 'I stedet for Anders'])
  })

  it('says who has nobody, to whom it is told', () => {
    expect(facts({ mine: false })).toEqual(['Ingen kontaktperson eller stedfortræder er på arbejde'])
  })
})
