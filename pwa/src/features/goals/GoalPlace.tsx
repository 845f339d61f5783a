import type { ComponentChild } from 'preact'
import { text } from '../../text/text.ts'
import { pages } from './place.ts'

/** The person's goals: whose idea each one was, its steps, and how it goes. */
export function GoalPlace({ here, missing }: { here: string; missing: () => ComponentChild }) {
  return (
    <pages.Place heading={text.value.more.goals}>
      {({ GoalRoutes }) => <GoalRoutes key={here} here={here} missing={missing} />}
    </pages.Place>
  )
}
