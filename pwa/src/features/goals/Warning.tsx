import { warningWords, type Warning as Name } from '../../text/goals.ts'

/** What a goal says of itself; the mark says that no professional has read it yet. */
export function Warning({ name }: { name: Name }) {
  const { text, mark } = warningWords(name)
  return (
    <div class="notice goal-warning" role="note">
      {text.map((each) => (
        <p key={each}>
          <strong>{each}</strong>
        </p>
      ))}
      {mark && <p class="draft-mark">{mark}</p>}
    </div>
  )
}
