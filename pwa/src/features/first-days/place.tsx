import { records } from '../../offline/phone.ts'
import { lazily } from '../lazy.tsx'

const parts = lazily(() => import('./FirstDays.tsx'))

/** Which day of the guarantee this is, as long as a first talk is waited for. */
export function FirstDaysPlace() {
  const clock = records.value.profile?.first_contact
  if (!clock?.has_clock || clock.stopped_on) return null
  return <parts.Place>{({ FirstDays }) => <FirstDays clock={clock} />}</parts.Place>
}
