import { dismissRefused, refusedEdits } from '../../offline/plan-store.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Copy } from '../../ui/Copy.tsx'

/** Words that could not be saved: in full, to be copied, until the person puts them away. */
export function RefusedEdits({ of }: { of?: readonly string[] }) {
  const words = text.value.refused
  const edits = refusedEdits.value.filter((each) => !of || of.includes(each.entity))
  return (
    <>
      {edits.map((edit) => (
        <div class="notice no-print" role="status" key={edit.id}>
          <p class="notice-heading">{words.heading}</p>
          {edit.texts.map((each, place) => (
            <p class="own-words" key={place}>
              {each}
            </p>
          ))}
          <Copy text={edit.content} label={words.copy} done={words.copied} />
          <p>
            <Button kind="quiet" onClick={() => void dismissRefused(edit.id)}>
              {words.seen}
            </Button>
          </p>
        </div>
      ))}
    </>
  )
}
