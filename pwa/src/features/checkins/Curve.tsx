import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Series } from './series.ts'

const HEIGHT = 220
const DOTTED = [2, 5]
/** In seconds; a shorter time is shown as a week that ends with it. */
const WEEK = 7 * 86_400

interface CurveProps {
  series: Series
  moodName: string
  urgeName: string
  locale: string
  /** The end of the scale; it begins at 0. */
  highest: number
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

function options(width: number, { moodName, urgeName, locale, highest }: CurveProps): uPlot.Options {
  const font = `14px ${colour('--font')}`
  const grid = { stroke: colour('--line'), width: 1 }
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'Europe/Copenhagen' })
  const stroke = colour('--ink-quiet')
  const line = { width: 3, spanGaps: true, points: { show: true, size: 8 } }
  return {
    width,
    height: HEIGHT,
    cursor: { show: false },
    legend: { show: false },
    scales: { x: { range: (_self, from, to) => [Math.min(from, to - WEEK), to] }, y: { range: [0, highest] } },
    axes: [
      { stroke, font, grid, space: 70, values: (_self, ticks) => ticks.map((tick) => day.format(tick * 1000)), incrs: [1, 2, 7, 14, 30, 60, 120].map((days) => days * 86_400) },
      { stroke, font, grid, size: highest < 100 ? 32 : 44, incrs: [highest / 2] },
    ],
    series: [
      {},
      { ...line, label: moodName, stroke: colour('--accent') },
      { ...line, label: urgeName, stroke: colour('--ink'), dash: DOTTED },
    ],
  }
}

/** Mood and urge over time, for the eye; the numbers stand beside it as words. Drawn anew when the window changes. */
export function Curve(props: CurveProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const place = box.current
    if (!place) return
    let drawn: uPlot | null = null
    const draw = () => {
      drawn?.destroy()
      drawn = new uPlot(options(place.clientWidth, props), props.series, place)
    }
    draw()
    const dark = matchMedia('(prefers-color-scheme: dark)')
    addEventListener('resize', draw)
    dark.addEventListener?.('change', draw)
    return () => {
      removeEventListener('resize', draw)
      dark.removeEventListener?.('change', draw)
      drawn?.destroy()
    }
  }, [props.series, props.locale])
  return <div class="curve" ref={box} aria-hidden="true" />
}
