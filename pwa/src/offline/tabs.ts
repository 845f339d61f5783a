/** Several tabs of the same app: one talks to the server, all see the same. */

/** `lock`: it was turned on or off, changed, or shut by hand. */
type Message = 'changed' | 'forgotten' | 'lock'

const MESSAGES: readonly unknown[] = ['changed', 'forgotten', 'lock']

const CHANNEL = 'overblik'

// One for the page: a second one would hear what the first one says.
let shared: BroadcastChannel | null = null

function channel(): BroadcastChannel | null {
  if (typeof BroadcastChannel !== 'undefined') shared ??= new BroadcastChannel(CHANNEL)
  return shared
}

/** Tells the other tabs. */
export function tell(message: Message): void {
  channel()?.postMessage(message)
}

/** Calls back on what other tabs tell. */
export function listen(onMessage: (message: Message) => void): void {
  channel()?.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (MESSAGES.includes(event.data)) onMessage(event.data as Message)
  })
}

/** Runs the job when no other tab is at it. */
export async function alone(job: () => Promise<void>): Promise<void> {
  if ('locks' in navigator) await navigator.locks.request('overblik-sync', job)
  else await job()
}
