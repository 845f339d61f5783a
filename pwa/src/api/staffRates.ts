/** The figures of the centre: no-shows, and days to the first talk. Never by colleague. */
import { call } from './staff'

export interface Rate {
  numerator: number
  denominator: number
  /** Null where there are too few, or all were one colleague's. */
  percent: number | null
  held: number
  late: number
  excused: number
  in_time: number
  by_service: number
  moved: number
  unmarked: number
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
  total: Rate
  waiting: Waiting
  earlier: { year: number; percent: number; source: string } | null
}

/** Months as `2026-11`, both included. */
export const getRates = (months: { from: string; to: string }): Promise<Rates> => call('/staff/rates', { query: months })
