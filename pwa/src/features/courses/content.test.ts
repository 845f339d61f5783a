import { describe, expect, it } from 'vitest'
import { themeOf } from './content.ts'

const OLD = {
  title: { da: 'Før', en: 'Before' },
  before: { da: ['Som det stod'], en: ['As it stood'] },
  after: { da: [], en: [] },
  bring: null,
  draft: { da: true, en: true },
}

describe('the words of a theme', () => {
  it('are those that the group was planned with', () => {
    expect(themeOf({ code: 'learning', theme: 'violence', theme_words: OLD })).toEqual(OLD)
  })

  it('are those of this app where none came along', () => {
    expect(themeOf({ code: 'learning', theme: 'violence', theme_words: null })?.before.da.length).toBeGreaterThan(0)
    expect(themeOf({ code: 'learning', theme: 'own-theme' })).toBeNull()
  })
})
