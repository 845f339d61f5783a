import type { ComponentChildren, ComponentType } from 'preact'
import { isClosed } from '../../offline/held.ts'
import { endedByServer, needsCode, reached, standing, storage, wholeLoad } from '../../offline/phone.ts'
import { LanguageSwitch } from '../../features/settings/LanguageSwitch.tsx'
import { SharedDevice } from '../../features/pairing/SharedDevice.tsx'
import { isShared } from '../../offline/shared.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { CalendarIcon, HelpIcon, HomeIcon, MoreIcon, PlanIcon } from '../../ui/icons.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { path } from '../../ui/navigation.ts'
import { locksSoon } from './lock-watch.ts'

/** What the person should know about this phone right now; usually nothing. */
function Troubles() {
  const words = text.value.trouble
  const isPaired = standing.value === 'paired'
  return (
    <>
      {isPaired && isShared.value && <SharedDevice />}
      {storage.value === 'full' && (
        <Notice role="alert">
          <p>{words.full}</p>
        </Notice>
      )}
      {storage.value === 'memory' && (
        <Notice role="note">
          <p>{words.memory}</p>
        </Notice>
      )}
      {endedByServer.value && (
        <Notice>
          <p>{words.ended}</p>
        </Notice>
      )}
      {isPaired && needsCode.value && path.value !== '/par' && (
        <Notice>
          <p>{words.expired}</p>
          <p>
            <a class="way-on" href="/par">{words.newCode}</a>
          </p>
        </Notice>
      )}
      {isPaired && !reached.value && <p class="quiet" role="status">{wholeLoad.value ? words.offline : words.partial}</p>}
    </>
  )
}

function HelpLink({ place }: { place: 'top' | 'bottom' }) {
  return (
    <a class={`help-link help-link-${place}`} href="/hjaelp" aria-current={path.value === '/hjaelp' ? 'page' : undefined}>
      {place === 'bottom' && <HelpIcon />}
      {text.value.help}
    </a>
  )
}

interface Place {
  href: string
  name: string
  icon: ComponentType
}

function places(): Place[] {
  const words = text.value.places
  const home = { href: '/', name: words.home, icon: HomeIcon }
  const more = { href: '/mere', name: words.more, icon: MoreIcon }
  const plan = { href: '/min-plan', name: words.plan, icon: PlanIcon }
  if (standing.value !== 'paired') return [home, plan, more]
  return [home, plan, { href: '/aftaler', name: words.appointments, icon: CalendarIcon }, more]
}

function isHere(href: string): boolean {
  return href === '/' ? path.value === '/' : path.value.startsWith(href)
}

function Places() {
  return (
    <nav aria-label={text.value.places.label}>
      <ul>
        {places().map(({ href, name, icon: Icon }) => (
          <li key={href}>
            <a href={href} aria-current={isHere(href) ? 'page' : undefined}>
              <Icon />
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Touching anything keeps the app open; the button is for whoever looks for what to touch. */
function LocksSoon() {
  const words = text.value.lock
  return (
    <div role="status" class="locks-soon">
      {locksSoon.value && <p>{words.soon}</p>}
      {locksSoon.value && <Button>{words.stay}</Button>}
    </div>
  )
}

function BottomBar() {
  return (
    <footer class="bottom-bar">
      {/* Without the places, help stays where the thumb knows it. */}
      {isClosed.value ? <div class="places-room" /> : <Places />}
      <HelpLink place="bottom" />
    </footer>
  )
}

/** What surrounds every page: help at the top and at the bottom, the places, and what went wrong. */
export function Frame({ children }: { children: ComponentChildren }) {
  const words = text.value
  return (
    <>
      <header class="top-bar">
        <a class="skipnav" href="#main">
          {words.skip}
        </a>
        <span class="app-name">{words.appName}</span>
        <LanguageSwitch />
        <HelpLink place="top" />
      </header>
      <main id="main" tabIndex={-1}>
        <Troubles />
        {children}
      </main>
      <LocksSoon />
      <BottomBar />
    </>
  )
}
