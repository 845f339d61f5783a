import type { FirstContact } from '../../api/citizen.ts'
import { firstDaysText } from '../../text/firstDays.ts'
import { language } from '../../text/language.ts'
import { Card } from '../../ui/Card.tsx'
import { wallNow } from '../clock.ts'
import { daysLines } from './days.ts'

/** The right to get started in time, and which day this is. */
export function FirstDays({ clock }: { clock: FirstContact }) {
  const words = firstDaysText()
  const lines = daysLines(clock, wallNow.value.date, words, language.value)
  if (lines.length === 0) return null
  return (
    <Card heading={words.heading}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </Card>
  )
}
