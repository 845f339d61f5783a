import { useEffect, useRef } from 'preact/hooks'
import { planLines } from '../../offline/plan-store.ts'
import { language } from '../../text/language.ts'
import { text } from '../../text/text.ts'
import { cameFrom } from '../../ui/navigation.ts'

/** The static help, which stood in the page before any script. */
const help = document.getElementById('hjaelp')

/** Shows the help that the page came with; it needs nothing but the page. */
export function HelpPage() {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!help) return
    const home = help.parentElement
    place.current?.append(help)
    document.documentElement.classList.add('shows-help')
    help.querySelectorAll('h2').forEach((title) => title.setAttribute('tabindex', '-1'))
    help.querySelector<HTMLElement>(`:lang(${language.value}) > h2`)?.focus({ preventScroll: true })
    return () => {
      document.documentElement.classList.remove('shows-help')
      if (home?.isConnected) home.append(help)
      else document.body.append(help)
    }
  }, [])
  return (
    <>
      <h1 class="visually-hidden">{text.value.appName}</h1>
      <p>
        <a class="way-on" href={cameFrom()}>{text.value.back}</a>
      </p>
      {planLines.value.length > 0 && (
        <p>
          <a class="button button-secondary button-wide" href="/min-plan">
            {text.value.home.openPlan}
          </a>
        </p>
      )}
      <div ref={place} />
    </>
  )
}
