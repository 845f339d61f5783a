import { describe, expect, it } from 'vitest'
import { randomFrom } from '../../tests/offline/random.ts'
import type { PlanLine } from '../api/plan.ts'
import { toMutation, type Draft, type QueuedMutation } from './mutations.ts'
import { applyToLine, emptyLine, headsOf, inOrder, isShown } from './plan.ts'

const draft = (op: Draft['op'], fields: Draft['fields']) => toMutation({ entity: 'plan_line', entity_id: 'a', op, fields })
const write = (value: string, parents: string[]) => draft('put', { text: { value, parents } })
const textsOf = (line: PlanLine | undefined) => line?.text.map((head) => head.value) ?? []

async function begun(value = 'Gå en tur'): Promise<PlanLine> {
  const first = await draft('put', { section: 'own-actions', position: 'a0', text: { value, parents: [] } })
  return applyToLine(undefined, first) as PlanLine
}

describe('applyToLine', () => {
  it('shows new words in place of those the person saw', async () => {
    const line = await begun()

    const changed = applyToLine(line, await write('Gå en lang tur', headsOf(line)))

    expect(textsOf(changed)).toEqual(['Gå en lang tur'])
  })

  it('lets words stand beside those the person had not seen', async () => {
    const line = await begun()

    const changed = applyToLine(line, await write('Ringe til Bo', []))

    expect(textsOf(changed)).toEqual(['Gå en tur', 'Ringe til Bo'])
    expect(textsOf(applyToLine(changed, await write('Ringe til Bo', headsOf(changed as PlanLine))))).toEqual(['Ringe til Bo'])
  })

  it('does not show a version twice that the server has told of already', async () => {
    const line = await begun()
    const edit = await write('Ny', headsOf(line))
    const told = applyToLine(line, edit) as PlanLine

    expect(applyToLine(told, edit)?.text).toEqual(told.text)
  })

  it('takes a line out that was seen whole, and brings it back flagged when it was not', async () => {
    const line = await begun()

    const gone = applyToLine(line, await draft('delete', { parents: headsOf(line) })) as PlanLine
    const kept = applyToLine(line, await draft('delete', { parents: [] })) as PlanLine
    const back = applyToLine(gone, await write('Dog', headsOf(line))) as PlanLine

    expect([isShown(gone), isShown(kept), kept.restored]).toEqual([false, true, true])
    expect([isShown(back), back.restored]).toEqual([true, true])
  })

  it('lets nothing bring back a word of a line that is gone for good', async () => {
    const line = await begun()
    const erased = applyToLine(line, await draft('erase', {})) as PlanLine

    const after = applyToLine(erased, await write('Hemmeligt', headsOf(line)))

    expect(after).toMatchObject({ erased: true, text: [], phone: [] })
  })

  it('makes no line out of a change to one it does not know', async () => {
    expect(applyToLine(undefined, await write('x', []))).toBeUndefined()
    expect(applyToLine(undefined, await draft('delete', { parents: [] }))).toBeUndefined()
  })
})

describe('inOrder', () => {
  it('goes by section, then by position, and keeps equal positions apart by id', () => {
    const line = (id: string, section: PlanLine['section'], position: string) => ({ ...emptyLine(id), section, position })
    const lines = [line('d', 'practical', 'a'), line('c', 'own-actions', 'b'), line('b', 'own-actions', 'Z'), line('a', 'own-actions', 'b')]

    expect(inOrder(lines).map((each) => each.id)).toEqual(['b', 'a', 'c', 'd'])
  })
})

describe('edits of two devices in any order', () => {
  it('leave every text that nobody has replaced, in whatever order they arrive', async () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const random = randomFrom(seed)
      const base = await begun('0')
      const devices = [base, base]
      const edits: QueuedMutation[][] = [[], []]
      for (let step = 1; step <= 8; step += 1) {
        const device = random.below(2)
        const line = devices[device] as PlanLine
        const edit = await write(`${seed}/${step}`, headsOf(line))
        devices[device] = applyToLine(line, edit) as PlanLine
        edits[device]?.push(edit)
      }
      const apply = (order: QueuedMutation[]) => order.reduce<PlanLine>((line, edit) => applyToLine(line, edit) as PlanLine, base)

      const [first, second] = edits as [QueuedMutation[], QueuedMutation[]]
      const oneWay = textsOf(apply([...first, ...second])).sort()
      const otherWay = textsOf(apply([...second, ...first])).sort()

      const standing = devices.flatMap(textsOf).filter((value) => value !== '0')
      expect(oneWay).toEqual(otherWay)
      expect(oneWay).toEqual([...new Set(standing)].sort())
    }
  })
})
