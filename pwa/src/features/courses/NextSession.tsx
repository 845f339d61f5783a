import { sessions } from '../../offline/course-store.ts'
import { coursesText } from '../../text/courses.ts'
import { Card } from '../../ui/Card.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { instantNow } from '../clock.ts'
import { findNext, isAhead } from './groups.ts'
import { whenIs } from './words.ts'

/**
 * The next time of a course, on the first page; of a cancelled one it is said, so that nobody comes in vain.
 * What it is about stands one tap further: others may see the first page over a shoulder.
 */
export function NextSession() {
  const words = coursesText.value
  const now = instantNow.value
  const off = sessions.value.find((each) => each.status === 'cancelled' && each.my === 'enrolled' && isAhead(each, now))
  const next = findNext(sessions.value, now)
  return (
    <>
      {off && (
        <Notice role="note">
          <p>
            <strong>{words.off}:</strong> <a href={`/forloeb/gang/${off.id}`}>{whenIs(off)}</a>
          </p>
        </Notice>
      )}
      {next && (
        <Card heading={words.heading}>
          <p class="when">
            <a href={`/forloeb/gang/${next.id}`}>{whenIs(next)}</a>
          </p>
        </Card>
      )}
    </>
  )
}
