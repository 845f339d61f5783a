import type { ComponentChild } from 'preact'
import type { Block } from '../../offline/exercise-store.ts'

/** What a colleague wrote, as plain text in paragraphs, points and headings. */
export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  const shown: ComponentChild[] = []
  let points: ComponentChild[] = []
  const endList = () => {
    if (points.length > 0) shown.push(<ul key={shown.length}>{points}</ul>)
    points = []
  }
  blocks.forEach(({ kind, text }, place) => {
    if (kind === 'li') return points.push(<li key={place}>{text}</li>)
    endList()
    shown.push(kind === 'h' ? <h2 key={shown.length}>{text}</h2> : <p key={shown.length}>{text}</p>)
  })
  endList()
  return <>{shown}</>
}
