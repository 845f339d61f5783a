import { questionnairesText } from '../../text/questionnaires.ts'
import { askedNow } from './asked.ts'

/** The way to the questions from the first page; that there are some is said, not what they are about. */
export function QuestionsDoor() {
  const words = questionnairesText.value
  return (
    <p>
      <a class="row-link" href="/skemaer">
        {askedNow().length > 0 ? words.doorAsked : words.door}
      </a>
    </p>
  )
}
