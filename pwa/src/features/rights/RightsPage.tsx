import { text } from '../../text/text.ts'
import { lazily } from '../lazy.tsx'

const pages = lazily(() => import('./Rights.tsx'))

/** What the person may ask of those who hold something about them. */
export function RightsPage() {
  return <pages.Place heading={text.value.rights.heading}>{({ Rights }) => <Rights />}</pages.Place>
}
