import { text } from '../../text/text.ts'
import { pages } from './place.ts'

/** The person's goals and whose idea each one was. */
export function GoalsPage() {
  return <pages.Place heading={text.value.goals.heading}>{({ Goals }) => <Goals />}</pages.Place>
}
