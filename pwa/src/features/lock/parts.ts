/** All of the lock that comes as one file. */
export { CodePages } from './CodePages.tsx'
export { GonePage } from './GonePage.tsx'
export { LockPage } from './LockPage.tsx'
export { ProvePin } from './ProvePin.tsx'
