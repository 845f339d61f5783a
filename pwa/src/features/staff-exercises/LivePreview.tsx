import { useEffect, useState } from 'preact/hooks'
import { type Preview, previewExercise } from '../../api/staffExercises'
import { staffExercisesText } from '../../text/staffExercises'
import { Blocks } from '../exercises/Blocks.tsx'

const PAUSE_MS = 400

/** What the phone would show of a text, a moment after the last key; undefined while it cannot be said. */
export function usePreview(body: string): { preview: Preview | undefined; failed: boolean } {
  const [found, setFound] = useState<{ preview: Preview | undefined; failed: boolean }>({ preview: undefined, failed: false })
  useEffect(() => {
    let isCurrent = true
    const wait = setTimeout(() => {
      previewExercise(body).then(
        (preview) => isCurrent && setFound({ preview, failed: false }),
        () => isCurrent && setFound((before) => ({ ...before, failed: true })),
      )
    }, PAUSE_MS)
    return () => {
      isCurrent = false
      clearTimeout(wait)
    }
  }, [body])
  return found
}

/** The text as the phone shows it, and line by line what it would not show. */
export function LivePreview({ lead, body }: { lead: string; body: string }) {
  const words = staffExercisesText().own
  const { preview, failed } = usePreview(body)
  return (
    <section class="on-phone" aria-label={words.preview}>
      <p class="quiet">{words.preview}</p>
      {lead && <p>{lead}</p>}
      {preview && preview.blocks.length > 0 ? <Blocks blocks={preview.blocks} /> : <p class="quiet">{words.nothing}</p>}
      <div role="status">
        {failed && <p class="quiet">{words.previewLater}</p>}
        {preview && preview.faults.length > 0 && (
          <>
            <p>{words.faults}</p>
            <ul>
              {preview.faults.map((fault, place) => (
                <li key={place}>{words.fault(fault.line, words.faultNames[fault.what])}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  )
}
