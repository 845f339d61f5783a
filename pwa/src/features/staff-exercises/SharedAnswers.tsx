import type { PersonExercises, SharedAnswer } from '../../api/staffExercises'
import { staffExercisesText } from '../../text/staffExercises'
import { type Library, nameOf, questionOf, sayAnswer } from './wording'

/** What came of exercises, as far as the person lets it be seen. Nothing tells how much there is besides. */
export function SharedAnswers({ found, library }: { found: PersonExercises; library: Library }) {
  const words = staffExercisesText()
  if (!found.shared) return <p class="empty">{words.notShared}</p>
  if (found.answers.length === 0) return <p class="empty">{words.noAnswers}</p>
  return (
    <ul class="given-list" role="list">
      {found.answers.map((answer) => (
        <li key={answer.id} class="given">
          <Answer answer={answer} library={library} />
        </li>
      ))}
    </ul>
  )
}

function Answer({ answer, library }: { answer: SharedAnswer; library: Library }) {
  const words = staffExercisesText()
  return (
    <>
      <h3>{nameOf(library, answer.ref, answer.title)}</h3>
      <p>{sayAnswer(answer.on, answer.outcome)}</p>
      <dl class="facts">
        {answer.how !== null && <Fact label={words.how}>{words.hows[answer.how] ?? ''}</Fact>}
        {Object.entries(answer.fields).map(([step, text]) => (
          <Fact key={step} label={questionOf(library, answer.ref, step)}>
            {text}
          </Fact>
        ))}
        {answer.note && <Fact label={words.noteLabel}>{answer.note}</Fact>}
      </dl>
    </>
  )
}

function Fact({ label, children }: { label: string; children: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd class="own-words">{children}</dd>
    </div>
  )
}
