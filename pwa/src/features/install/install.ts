import { signal } from '@preact/signals'
import { isApplePhone, isInstalled } from '../../push/reminders.ts'

/** Chrome's offer to install, kept until the person asks for it. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>
  userChoice: Promise<{ outcome: 'accepted' | 'dismissed' }>
}

export type InstallWay = 'installed' | 'prompt' | 'apple' | 'menu'

const offer = signal<InstallPrompt | null>(null)
const justInstalled = signal(false)

/** Must listen early: the offer comes once, soon after the page has loaded. */
export function listenForInstall(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offer.value = event as InstallPrompt
  })
  addEventListener('appinstalled', () => (justInstalled.value = true))
}

/** How this browser puts an app on the phone. */
export function installWay(): InstallWay {
  if (justInstalled.value || isInstalled()) return 'installed'
  if (offer.value) return 'prompt'
  return isApplePhone() ? 'apple' : 'menu'
}

/** Asks the browser to install; call it from a tap. */
export async function install(): Promise<void> {
  const prompt = offer.value
  if (!prompt) return
  offer.value = null
  await prompt.prompt()
  justInstalled.value = (await prompt.userChoice).outcome === 'accepted'
}
