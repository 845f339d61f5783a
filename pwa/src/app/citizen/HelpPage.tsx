import { useLayoutEffect, useRef } from 'preact/hooks'
import { askedFor } from '../../features/lock/asked.ts'
import { isClosed, lockState, planAtHand, planOpen, showPlanAlone, standing } from '../../offline/held.ts'
import { planLines } from '../../offline/plan-store.ts'
import { language } from '../../text/language.ts'
import { text } from '../../text/text.ts'
import { cameFrom, navigate } from '../../ui/navigation.ts'

/** The static help, which stood in the page before any script. */
const help = document.getElementById('hjaelp')

const STEPS = '/min-plan/trin'

/** The plan opens from here without a code only where its owner wants it so. */
async function openSteps(event: Event): Promise<void> {
  if (lockState.value !== 'locked' || planAtHand.value) return
  event.preventDefault()
  askedFor.value = cameFrom()
  await showPlanAlone().catch(() => false)
  // Where the phone's store did not give it, the lock stands there and says so.
  navigate(STEPS)
}

/** To the plan and to what a person says on the phone: twice, for nobody should have to look for it. Below also to the exercises. */
function Onward({ big = false }: { big?: boolean }) {
  const words = text.value
  const hasPlan = planLines.value.length > 0 || (planOpen.value && lockState.value === 'locked')
  return (
    <>
      {hasPlan && (
        <a class={big ? 'button button-primary button-wide' : 'way-on'} href={STEPS} onClick={(event) => void openSteps(event)}>
          {big ? words.home.planSteps : words.places.plan}
        </a>
      )}
      {standing.value === 'paired' && (
        <a class={big ? 'button button-secondary button-wide' : 'way-on'} href="/min-kode">
          {big ? words.more.code : words.more.codeShort}
        </a>
      )}
      {big && !isClosed.value && (
        <a class="button button-secondary button-wide" href="/oevelser">
          {words.home.exercises}
        </a>
      )}
    </>
  )
}

/** Shows the help that the page came with; it needs nothing but the page. */
export function HelpPage() {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
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
      <p class="help-ways">
        <a class="way-on" href={cameFrom()}>{text.value.back}</a>
        <Onward />
      </p>
      <div ref={place} />
      <Onward big />
    </>
  )
}
