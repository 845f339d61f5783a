import { navigate } from '../../ui/navigation.ts'

/** Registers the service worker; the app works without one. */
export function startWorker(): void {
  if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js', { scope: '/' }).catch(() => undefined)
}

function isOpenMessage(data: unknown): data is { type: 'open'; path: string } {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'open' && 'path' in data && typeof data.path === 'string'
}

/** A tap on a notification opens its page in the app that is already open. */
export function listenToWorker(): void {
  if (!('serviceWorker' in navigator)) return
  navigator.serviceWorker.addEventListener('message', (event) => {
    if (isOpenMessage(event.data) && /^\/[^/]/.test(event.data.path)) navigate(event.data.path)
  })
}

/** A new version takes over while nobody looks: pages and kept files always belong together. */
export function takeOverWhenHidden(): void {
  if (!('serviceWorker' in navigator)) return
  let isAsked = false
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'hidden') return
    void navigator.serviceWorker.getRegistration().then((registration) => {
      isAsked = registration?.waiting !== null && registration?.waiting !== undefined
      registration?.waiting?.postMessage('activate')
      if (!isAsked) void registration?.update().catch(() => undefined)
    })
  })
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (isAsked) location.reload()
  })
}
