import { putAwayRefused, refusedLeaving } from '../../offline/course-store.ts'
import { coursesText } from '../../text/courses.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'

/** A no that the house could not take, until the person has seen it: else the time would come back without a word. */
export function RefusedLeavings() {
  const words = coursesText.value.leave
  return (
    <>
      {refusedLeaving.value.map(({ id, because }) => (
        <Notice role="status" key={id}>
          <p>{words[because]}</p>
          <p>
            <Button kind="quiet" onClick={() => void putAwayRefused(id)}>
              {text.value.refused.seen}
            </Button>
          </p>
        </Notice>
      ))}
    </>
  )
}
