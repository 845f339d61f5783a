import { lazily } from '../../features/lazy.tsx'
import { text } from '../../text/text.ts'

const pages = lazily(() => import('../../features/messages/MessageRoutes.tsx'))

/** Fetches the pages before anybody asks for them: they need no network afterwards. */
export const prepareMessages = pages.prepare

/** What the person and the contact person write to each other. */
export function MessagePlace({ here }: { here: string }) {
  return <pages.Place heading={text.value.contact.messages}>{({ MessageRoutes }) => <MessageRoutes key={here} here={here} />}</pages.Place>
}
