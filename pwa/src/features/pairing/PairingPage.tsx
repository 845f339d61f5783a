import { text } from '../../text/text.ts'
import { lazily } from '../lazy.tsx'

const pages = lazily(() => import('./Pairing.tsx'))

interface PairingPageProps {
  initial: string | null
  onPaired: (language: string) => void
}

/** Connects this phone with a code from the contact person. */
export function PairingPage(props: PairingPageProps) {
  return <pages.Place heading={text.value.pairing.heading}>{({ Pairing }) => <Pairing {...props} />}</pages.Place>
}
