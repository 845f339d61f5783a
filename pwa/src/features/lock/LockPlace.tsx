import { useSignal } from '@preact/signals'
import type { ComponentChild, ComponentChildren } from 'preact'
import { lockState } from '../../offline/held.ts'
import { text } from '../../text/text.ts'
import { lazily } from '../lazy.tsx'

type Parts = typeof import('./parts.ts')

const parts = lazily<Parts>(() => import('./parts.ts'))

/** Fetches what belongs to the lock, long before somebody stands in front of it. */
export const prepareLock = parts.prepare

/** With a lock on, what can be carried out of the app is there only after the code was typed once more. */
export function Proven({ children, onRight }: { children: ComponentChildren; onRight?: () => void }) {
  const isProven = useSignal(lockState.peek() !== 'open')
  const go = () => {
    isProven.value = true
    onRight?.()
  }
  return isProven.value ? <>{children}</> : <parts.Place>{({ ProvePin }) => <ProvePin onRight={go} />}</parts.Place>
}

/** A page of the lock. */
export function LockPlace({ children }: { children: (parts: Parts) => ComponentChild }) {
  return <parts.Place heading={text.value.lock.heading}>{children}</parts.Place>
}
