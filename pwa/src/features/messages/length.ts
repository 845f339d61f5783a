import type { MessagesText } from '../../text/messages.ts'

/** As the house counts them. */
const LONGEST = 2000

/** What is wrong with a message that somebody wants to send, if anything. */
export function wrongWith(message: string, words: Pick<MessagesText, 'blank' | 'tooLong'>): string | undefined {
  const length = [...message.trim().normalize('NFC')].length
  if (length === 0) return words.blank
  return length > LONGEST ? words.tooLong(length - LONGEST) : undefined
}
