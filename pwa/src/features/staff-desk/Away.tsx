import { deskText } from '../../text/desk'
import { Notice } from '../../ui/Notice'
import { away, unkept } from './held'

/** Said while the server does not answer, or the browser stores nothing. */
export function Away() {
  const words = deskText().away
  return (
    <>
      {away.value && (
        <Notice heading={words.title}>
          <p>{words.text}</p>
        </Notice>
      )}
      {unkept.value && (
        <Notice role="alert">
          <p>{words.unkept}</p>
        </Notice>
      )}
    </>
  )
}
