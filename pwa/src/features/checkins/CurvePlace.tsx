import { useMemo } from 'preact/hooks'
import { lazily } from '../lazy.tsx'
import { toSeries, type Point } from './series.ts'

const curve = lazily(() => import('./Curve.tsx'))

interface CurvePlaceProps {
  points: readonly Point[]
  words: { mood: string; urge: string; picture: string; legendMood: string; legendUrge: string }
  locale: string
}

/** The curve with its legend; the drawing comes as a file of its own. Two points make the first line. */
export function CurvePlace({ points, words, locale }: CurvePlaceProps) {
  const series = useMemo(() => toSeries(points), [points])
  if (series[0].length < 2) return null
  return (
    <figure class="curve-figure">
      <curve.Place>{({ Curve }) => <Curve series={series} moodName={words.mood} urgeName={words.urge} locale={locale} />}</curve.Place>
      <figcaption>
        <span class="visually-hidden">{words.picture}</span>
        <span class="curve-mood">{words.legendMood}</span>
        <span class="curve-urge">{words.legendUrge}</span>
      </figcaption>
    </figure>
  )
}
