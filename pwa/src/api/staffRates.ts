/** The figures of the centre: no-shows, and days to the first talk. Never by colleague. */
import { call } from './staff'

/** Everything is null where it would say too much about few people or one colleague. */
export interface Rate {
  numerator: number | null
  denominator: number | null
  percent: number | null
  held: number | null
  late: number | null
  excused: number | null
  in_time: number | null
  by_service: number | null
  moved: number | null
  unmarked: number | null
}

/** Several months as one, and which they are. */
export interface MonthsTogether extends Rate {
  months: string[]
}

export interface Waiting {
  came: number
  held: number
  median_days: number | null
  within_14: number
  decided: number
  percent_within_14: number | null
  waiting: number
  waiting_over_14: number
  ended_without: number
}

export interface Rates {
  from: string
  to: string
  months: (Rate & { month: string })[]
  /** The months that are shown only together. */
  smaller: MonthsTogether
  total: MonthsTogether
  waiting: Waiting
  earlier: { year: number; percent: number; source: string } | null
}

/** Months as `2026-11`, both included. */
export const getRates = (months: { from: string; to: string }): Promise<Rates> => call('/staff/rates', { query: months })
