import { standing } from '../../offline/phone.ts'
import { isShared } from '../../offline/shared.ts'
import { coursesText } from '../../text/courses.ts'
import { exercisesText } from '../../text/exercises.ts'
import { questionnairesText } from '../../text/questionnaires.ts'
import { text } from '../../text/text.ts'
import { Page } from '../../ui/Page.tsx'
import { installWay } from '../install/install.ts'
import { LockNow } from '../lock/LockSection.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'

/** The places that are not needed every day. */
export function MorePage() {
  const words = text.value.more
  const isPaired = standing.value === 'paired'
  const places = [
    ...(isPaired ? [{ href: '/min-kode', name: words.code }] : []),
    ...(isPaired ? [{ href: '/beskeder', name: text.value.contact.messages }] : []),
    { href: '/maal', name: words.goals },
    { href: '/oevelser', name: exercisesText.value.heading },
    { href: '/skemaer', name: questionnairesText.value.heading },
    ...(isPaired ? [{ href: '/forloeb', name: coursesText.value.heading }] : []),
    { href: '/aabningstider', name: words.services },
    { href: '/indstillinger', name: words.settings },
    { href: isPaired ? '/henvendelser' : '/henvendelse', name: words.contacts },
    ...(isPaired ? [{ href: '/mine-data', name: text.value.rights.heading }] : []),
    ...(standing.value === 'unpaired' ? [{ href: '/par', name: words.pair }] : []),
    { href: '/hurtigt-vaek', name: text.value.leaving.heading },
    ...(isShared.value || installWay() === 'installed' ? [] : [{ href: '/installer', name: words.install }]),
  ]
  return (
    <Page heading={words.heading}>
      <ul class="link-list">
        {places.map((place) => (
          <li key={place.href}>
            <a href={place.href}>{place.name}</a>
          </li>
        ))}
      </ul>
      <LockNow />
      <LanguageSwitch />
    </Page>
  )
}
