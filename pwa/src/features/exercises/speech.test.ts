import { describe, expect, it } from 'vitest'
import { findVoice } from './speech.ts'

const voice = (lang: string, localService: boolean) => ({ lang, localService }) as SpeechSynthesisVoice

describe('the voice that reads aloud', () => {
  it('lies on the phone: what is read is sent to nobody', () => {
    expect(findVoice([voice('da-DK', false)], 'da')).toBeNull()
    expect(findVoice([voice('da-DK', false), voice('da-DK', true)], 'da')?.localService).toBe(true)
  })

  it('speaks the language on the screen, however the phone writes its name', () => {
    const voices = [voice('en_US', true), voice('da_DK', true), voice('dav', true)]

    expect(findVoice(voices, 'en')?.lang).toBe('en_US')
    expect(findVoice(voices, 'da')?.lang).toBe('da_DK')
    expect(findVoice([voice('dav', true)], 'da')).toBeNull()
  })
})
