import type { ComponentChild } from 'preact'
import { text } from '../../text/text.ts'
import { lazily } from '../lazy.tsx'

type Parts = typeof import('./parts.ts')

const parts = lazily<Parts>(() => import('./parts.ts'))

/** Fetches what belongs to the lock, long before somebody stands in front of it. */
export const prepareLock = parts.prepare

/** A part of somebody else's page. */
export const LockPart = parts.Place

/** A page of the lock. */
export function LockPlace({ children }: { children: (parts: Parts) => ComponentChild }) {
  return <parts.Place heading={text.value.lock.heading}>{children}</parts.Place>
}
