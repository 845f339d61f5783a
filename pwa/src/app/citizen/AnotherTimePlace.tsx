import { lazily } from '../../features/lazy.tsx'
import { text } from '../../text/text.ts'

const pages = lazily(() => import('../../features/appointments/AnotherTime.tsx'))

/** The page on which a person asks for another time. */
export function AnotherTimePlace({ id }: { id: string }) {
  return (
    <pages.Place heading={text.value.another.heading}>
      {({ AnotherTimePage }) => <AnotherTimePage key={id} id={id} />}
    </pages.Place>
  )
}
