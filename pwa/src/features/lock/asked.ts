import { signal } from '@preact/signals'

/** The page that waits behind the lock while the person reads the plan. */
export const askedFor = signal('/')
