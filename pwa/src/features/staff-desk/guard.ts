import { effect } from '@preact/signals'
import { me } from '../../api/staff'
import { arrive, depart, forgetWho, soon } from './held'
import { stayAwake } from './presence'

/** The console's own files are kept, so that the desk opens while the server is down. */
function startWorker(): void {
  if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/staff/sw.js', { scope: '/staff/' }).catch(() => undefined)
}

/** Gives the desk's contacts to the one who wrote them, and to nobody else. */
export function guardDesk(): void {
  let last: string | null | undefined
  effect(() => {
    const person = me.value
    const id = person?.roles.includes('crisis-line') ? person.id : null
    if (person === undefined || id === last) return
    last = id
    if (!person || id === null) {
      depart()
      void forgetWho()
      return
    }
    void arrive(person)
    stayAwake()
    startWorker()
  })
  addEventListener('online', () => soon(0))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') soon(0)
  })
}
