/** What would keep a contact from being ended. Nothing has to be filled in, except what keeps a promise. */
import { deskText } from '../../text/desk'
import { type DeskValues, LONGEST_MINUTES } from './contact'

/** What is said at each field. */
export type Wrong = Partial<Record<'duration' | 'may_ring' | 'phone', string>>

export function check({ duration, may_ring, phone, wants_call_72h }: DeskValues): Wrong {
  const words = deskText()
  const minutes = duration.trim()
  const isWrong = minutes !== '' && !(/^\d{1,4}$/.test(minutes) && Number(minutes) <= LONGEST_MINUTES)
  return {
    ...(isWrong && { duration: words.contact.durationWrong }),
    ...(wants_call_72h && may_ring !== 'yes' && { may_ring: words.callback.callWithoutNumber }),
    ...(may_ring === 'yes' && !phone.trim() && { phone: words.callback.phoneMissing }),
  }
}
