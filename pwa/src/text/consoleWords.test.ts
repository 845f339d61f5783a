import { expect, it } from 'vitest'
import { staffCheckinsDa } from './staffCheckins.da'
import { staffCheckinsEn } from './staffCheckins.en'
import { staffGoalsDa } from './staffGoals.da'
import { staffMessagesDa } from './staffMessages.da'
import { staffMessagesEn } from './staffMessages.en'

const said = (texts: object): string[] => Object.values(texts).map(String)

it('check-ins and messages speak of the person, as the pages around them do', () => {
  const all = [staffCheckinsDa, staffCheckinsEn, staffMessagesDa, staffMessagesEn].flatMap(said)

  expect(all.filter((words) => /borger|citizen/i.test(words))).toEqual([])
})

it('whose idea a goal is, is answered in the gender of the idea', () => {
  expect([staffGoalsDa.ideas.citizen, staffGoalsDa.origins.citizen]).toEqual(['Personens egen', 'Personens eget'])
})
