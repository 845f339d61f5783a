import { text } from '../../text/text.ts'
import { lazily } from '../lazy.tsx'

const pages = lazily(() => import('./Settings.tsx'))

/** Fetches the page before anybody asks for it: a phone is forgotten without a network, too. */
export const prepareSettings = pages.prepare

/** What the person decides about the app on this phone. */
export function SettingsPage() {
  return <pages.Place heading={text.value.more.settings}>{({ Settings }) => <Settings />}</pages.Place>
}
