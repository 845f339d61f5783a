import { Button } from './Button'
import { Notice } from './Notice'

interface LoadStateProps {
  /** What went wrong in words; none while the first answer is on its way. */
  trouble?: string | undefined
  loading: string
  retry: { label: string; act: () => void }
}

/** What stands where an answer will stand: waiting is silent at first, trouble says what to do. */
export function LoadState({ trouble, loading, retry }: LoadStateProps) {
  if (!trouble) return <p class="loading quiet">{loading}</p>
  return (
    <Notice>
      <p>{trouble}</p>
      <Button onClick={retry.act}>{retry.label}</Button>
    </Notice>
  )
}
