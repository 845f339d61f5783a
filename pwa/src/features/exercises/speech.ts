/** Reading aloud with a voice that lies on the phone itself: no word goes to anybody else's server. */
import { useEffect, useLayoutEffect, useState } from 'preact/hooks'
import { language, type Language } from '../../text/language.ts'

const speech = () => (typeof speechSynthesis === 'undefined' ? null : speechSynthesis)

/** A voice of this language that needs no network; none if the phone has none. */
export function findVoice(voices: readonly SpeechSynthesisVoice[], spoken: Language): SpeechSynthesisVoice | null {
  return voices.find((each) => each.localService && each.lang.toLowerCase().replace('_', '-').split('-')[0] === spoken) ?? null
}

/** The voice for the language on the screen. Some phones name their voices only after a while. */
export function useVoice(): SpeechSynthesisVoice | null {
  const [voices, setVoices] = useState<SpeechSynthesisVoice[]>(() => speech()?.getVoices() ?? [])
  useEffect(() => {
    const from = speech()
    if (!from || typeof from.addEventListener !== 'function') return
    const look = () => setVoices(from.getVoices())
    look()
    from.addEventListener('voiceschanged', look)
    return () => from.removeEventListener('voiceschanged', look)
  }, [])
  return findVoice(voices, language.value)
}

/** Says the words as long as somebody wants it, and is silent at once when the page is left, in a hurry too. */
export function useReading(voice: SpeechSynthesisVoice | null, words: string | null): void {
  useLayoutEffect(() => {
    const from = speech()
    if (!from || !voice || words === null) return
    const said = new SpeechSynthesisUtterance(words)
    said.voice = voice
    said.lang = voice.lang
    const stop = () => from.cancel()
    const stopWhenHidden = () => document.visibilityState === 'hidden' && stop()
    stop()
    from.speak(said)
    addEventListener('leaving', stop)
    addEventListener('pagehide', stop)
    document.addEventListener('visibilitychange', stopWhenHidden)
    return () => {
      removeEventListener('leaving', stop)
      removeEventListener('pagehide', stop)
      document.removeEventListener('visibilitychange', stopWhenHidden)
      stop()
    }
  }, [voice, words])
}
