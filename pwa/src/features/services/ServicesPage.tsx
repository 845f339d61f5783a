import { text } from '../../text/text.ts'
import { lazily } from '../lazy.tsx'

const pages = lazily(() => import('./Services.tsx'))

/** When the centres can be reached. */
export function ServicesPage() {
  return <pages.Place heading={text.value.services.heading}>{({ Services }) => <Services />}</pages.Place>
}
