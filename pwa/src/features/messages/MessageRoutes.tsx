import { MessagesPage } from './MessagesPage.tsx'
import { WritePage } from './WritePage.tsx'
import './messages.scss'

/** The pages of the messages, by address. */
export function MessageRoutes({ here }: { here: string }) {
  return here === '/beskeder/ny' ? <WritePage /> : <MessagesPage />
}
