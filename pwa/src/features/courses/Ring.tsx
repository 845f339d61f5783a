import type { Standing } from './coverage.ts'

const RADIUS = 42
const ROUND = 2 * Math.PI * RADIUS
const GAP = 5

/** One arc for each theme; the list beside it says the same in words. */
export function Ring({ standings }: { standings: readonly Standing[] }) {
  const length = ROUND / Math.max(1, standings.length)
  const been = standings.filter((each) => each === 'been').length
  return (
    <svg class="course-ring" viewBox="0 0 100 100" aria-hidden="true">
      {standings.map((standing, place) => (
        <circle
          key={place}
          class={`course-arc course-arc-${standing}`}
          cx="50"
          cy="50"
          r={RADIUS}
          stroke-dasharray={`${length - GAP} ${ROUND - length + GAP}`}
          stroke-dashoffset={-place * length}
          transform="rotate(-90 50 50)"
        />
      ))}
      <text x="50" y="58" text-anchor="middle">
        {been}/{standings.length}
      </text>
    </svg>
  )
}
