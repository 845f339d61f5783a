import type { ComponentChild } from 'preact'
import { lazily } from '../../features/lazy.tsx'
import { text } from '../../text/text.ts'

const pages = lazily(() => import('../../features/checkins/CheckInRoutes.tsx'))

/** Fetches the pages before anybody asks for them: they need no network afterwards. */
export const prepareCheckIns = pages.prepare

/** How it goes right now, and how it has been. */
export function CheckInPlace({ here, missing }: { here: string; missing: () => ComponentChild }) {
  return (
    <pages.Place heading={text.value.home.checkIn}>
      {({ CheckInRoutes }) => <CheckInRoutes key={here} here={here} missing={missing} />}
    </pages.Place>
  )
}
