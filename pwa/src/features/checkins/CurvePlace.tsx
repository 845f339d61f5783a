import { useEffect, useMemo, useState } from 'preact/hooks'
import { toSeries, type Point } from './series.ts'
import './curve.scss'

type Drawing = typeof import('./Curve.tsx')

interface CurvePlaceProps {
  points: readonly Point[]
  /** Without words for the second line there is one. */
  words: { mood: string; picture: string; legendMood: string; urge?: string; legendUrge?: string }
  locale: string
  highest?: number
}

/**
 * The curve with its legend. The drawing comes as a file of its own; where it does not come, the table beside it says
 * the same. Two points make the first line.
 */
export function CurvePlace({ points, words, locale, highest = 10 }: CurvePlaceProps) {
  const [drawing, setDrawing] = useState<Drawing | null>(null)
  const series = useMemo(() => toSeries(points), [points])
  useEffect(() => {
    import('./Curve.tsx').then(setDrawing, () => undefined)
  }, [])
  if (series[0].length < 2 || !drawing) return null
  return (
    <figure class="curve-figure">
      <drawing.Curve series={series} moodName={words.mood} urgeName={words.urge ?? ''} locale={locale} highest={highest} />
      <figcaption>
        <span class="visually-hidden">{words.picture}</span>
        <span class="curve-mood">{words.legendMood}</span>
        {words.legendUrge && <span class="curve-urge">{words.legendUrge}</span>}
      </figcaption>
    </figure>
  )
}
