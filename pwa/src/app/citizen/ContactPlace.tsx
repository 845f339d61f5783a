import { lazily } from '../../features/lazy.tsx'
import { text } from '../../text/text.ts'

const pages = lazily(() => import('../../features/claim/ContactRoutes.tsx'))

/** Fetches the pages before somebody is on the phone and needs the code. */
export const prepareContacts = pages.prepare

/** What a person says when calling, and what the crisis line has written down. */
export function ContactPlace({ here }: { here: string }) {
  return <pages.Place heading={text.value.more.contacts}>{({ ContactRoutes }) => <ContactRoutes here={here} />}</pages.Place>
}
