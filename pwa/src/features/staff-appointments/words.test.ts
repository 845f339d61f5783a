import { describe, expect, it } from 'vitest'
import { ApiProblem } from '../../api/client'
import { explain } from '../../api/staffProblems'
import { missedDa } from '../../text/missed.da'
import { ratesDa } from '../../text/rates.da'
import { staffDa } from '../../text/staff.da'
import { staffEn } from '../../text/staff.en'
import { weekDa } from '../../text/week.da'
import { weekEn } from '../../text/week.en'

describe('the words about an appointment', () => {
  it('call the wish for another time the same on every page, and never "maybe"', () => {
    const sameInBoth = (short: string, long: string) => expect(short.toLowerCase()).toBe(long.toLowerCase())

    sameInBoth(staffDa.appointments.reply.tentative, weekDa.reply.tentative)
    sameInBoth(staffEn.appointments.reply.tentative, weekEn.reply.tentative)
    expect(staffDa.appointments.reply.tentative).toBe('vil gerne have en anden tid')
    expect(weekDa.wish.heading).toBe(weekDa.reply.tentative)
  })

  it('have one word for a good reason', () => {
    expect(new Set([weekDa.excused, missedDa.excused, ratesDa.noshow.excused])).toEqual(new Set(['Havde en god grund']))
  })

  it.each(['appointment-begun', 'appointment-not-yet', 'appointment-over', 'was-declined', 'undo-too-late'])(
    'say in both languages what to do about %s',
    (code) => {
      const refused = new ApiProblem(409, { code, errors: { starts_at: ['Possible from 10:00.'] } }, null)
      const said = [staffDa, staffEn].map((text) => explain(refused, text).message)

      expect(new Set(said).size).toBe(2)
      expect(said).not.toContain(staffDa.problem.conflict)
      expect(said).not.toContain(staffEn.problem.conflict)
    },
  )
})
