import { DeskCodePage } from '../desk-code/DeskCodePage.tsx'
import { ContactsPage } from './ContactsPage.tsx'
import { LookPage } from './LookPage.tsx'
import './claim.scss'

/** The pages about the crisis line, by address. */
export function ContactRoutes({ here }: { here: string }) {
  if (here === '/min-kode') return <DeskCodePage />
  return here === '/henvendelser' ? <ContactsPage /> : <LookPage />
}
