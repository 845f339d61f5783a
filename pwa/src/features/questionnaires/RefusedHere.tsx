import { refusedHere } from '../../offline/measure-store.ts'
import { dismissRefused } from '../../offline/plan-store.ts'
import { questionnairesText } from '../../text/questionnaires.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'

/** That answers, or a wish for a call, could not be kept. Own words are shown in full elsewhere. */
export function RefusedHere() {
  const words = questionnairesText.value
  return (
    <>
      {refusedHere.value.map(({ id, entity }) => (
        <div class="notice" role="status" key={id}>
          <p>{entity === 'measure_call' ? words.call.refused : words.form.refused}</p>
          <p>
            <Button kind="quiet" onClick={() => void dismissRefused(id)}>
              {text.value.refused.seen}
            </Button>
          </p>
        </div>
      ))}
    </>
  )
}
