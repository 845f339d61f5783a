import { describe, expect, it } from 'vitest'
import type { CourseSetting } from '../../api/staffCourses'
import { staffCoursesDa } from '../../text/staffCourses.da'
import { checkSetting, startSetting, toSetting } from './settings'

const GROUP: CourseSetting = { code: 'learning', kind: 'rolling', sessions: 5, talks_min: null, talks_max: null, themes: [{ id: 'violence', title: null }, { id: 'law', title: 'Vores navn' }], version: 2 }
const TALKS: CourseSetting = { ...GROUP, code: 'supportive', kind: 'talks', sessions: null, talks_min: 6, talks_max: 8, themes: [] }

describe('how a centre wants its courses', () => {
  it('stays as it was where nothing is typed', () => {
    expect(toSetting(GROUP, startSetting(GROUP))).toEqual(GROUP)
    expect(toSetting(TALKS, startSetting(TALKS))).toEqual(TALKS)
  })

  it('takes an own name for a theme, gives the content its own back, and puts a new one last', () => {
    const typed = { ...startSetting(GROUP), titles: ['Hvad er vold?', ' '], added: 'Søvn' }

    expect(toSetting(GROUP, typed).themes).toEqual([
      { id: 'violence', title: 'Hvad er vold?' },
      { id: 'law', title: null },
      { id: null, title: 'Søvn' },
    ])
  })

  it('lets a theme of its own go that has no name any more', () => {
    const withOwn = { ...GROUP, themes: [...GROUP.themes, { id: 'own-1', title: 'Søvn' }] }

    expect(toSetting(withOwn, { ...startSetting(withOwn), titles: ['', 'Vores navn', ''] }).themes).toEqual(GROUP.themes)
  })

  it('says what is wrong with a count', () => {
    const words = staffCoursesDa.settingsPage

    expect(checkSetting(GROUP, { ...startSetting(GROUP), sessions: '27' }, staffCoursesDa)).toEqual({ sessions: words.number })
    expect(checkSetting(TALKS, { ...startSetting(TALKS), talks_max: '5' }, staffCoursesDa)).toEqual({ talks_max: words.order })
    expect(checkSetting(TALKS, { ...startSetting(TALKS), talks_min: '', talks_max: '' }, staffCoursesDa)).toEqual({})
  })
})
