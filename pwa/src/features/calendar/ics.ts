/** A calendar file of one appointment, made on the phone without a network: the very file the server makes. */
import type { Appointment } from '../../api/citizen.ts'

export const FILE_NAME = 'aftale.ics'
const MAKER = '-//Overblik//DA'
/** Its address is a secret: what is typed as a place there never goes into a calendar. */
const WITHOUT_PLACE: readonly string[] = ['krisecenter']
const LONGEST_LINE = 75
const MINUTE = 60_000

type Source = Pick<Appointment, 'id' | 'revision' | 'starts_at' | 'duration_minutes' | 'mode' | 'place' | 'status' | 'unit_slug'>

interface Wish {
  title: string
  withPlace: boolean
  /** When the file is made, as an instant. */
  at: string
}

/** The place that may stand in a calendar, if there is one. */
export function placeOf(appointment: Pick<Source, 'mode' | 'place' | 'unit_slug'>): string | null {
  if (appointment.mode !== 'in-person' || WITHOUT_PLACE.includes(appointment.unit_slug)) return null
  return appointment.place
}

function stamp(instant: string | number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
}

/** Signs that mean something in the format lose that meaning (RFC 5545, 3.3.11). */
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n')
}

/** Lines of at most 75 bytes, never cut inside a letter or right after a backslash (RFC 5545, 3.1). */
function folded(line: string): string {
  const bytes = (text: string) => new TextEncoder().encode(text).length
  const pieces: string[] = []
  let piece = ''
  for (const letter of line) {
    if (piece && bytes(piece) + bytes(letter) >= LONGEST_LINE) {
      const mark = piece.length > 1 && /[\\^]$/.test(piece) ? piece.slice(-1) : ''
      pieces.push(mark ? piece.slice(0, -1) : piece)
      piece = mark
    }
    piece += letter
  }
  return [...pieces, piece].join('\r\n ')
}

export function makeFile(appointment: Source, wish: Wish): string {
  const starts = Date.parse(appointment.starts_at)
  const place = wish.withPlace ? placeOf(appointment) : null
  const lines = [
    'BEGIN:VCALENDAR',
    `PRODID:${MAKER}`,
    'VERSION:2.0',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${appointment.id}`,
    `DTSTAMP:${stamp(wish.at)}`,
    `DTSTART:${stamp(starts)}`,
    `DTEND:${stamp(starts + appointment.duration_minutes * MINUTE)}`,
    `SEQUENCE:${appointment.revision}`,
    `STATUS:${appointment.status === 'cancelled' ? 'CANCELLED' : 'CONFIRMED'}`,
    `SUMMARY:${escaped(wish.title)}`,
    ...(place === null ? [] : [`LOCATION:${escaped(place)}`]),
    'CLASS:PRIVATE',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

/** Hands a file to the browser, which keeps it or opens it in the calendar. */
export function save(content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: 'text/calendar;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = FILE_NAME
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), MINUTE)
}
