/** What was agreed about the effort, as staff read and write it. */
import { call } from './staff'

export type Children = 'not-asked' | 'none' | 'at-home'

export interface PhaseStep {
  /** Null: from that day on none holds. */
  code: string | null
  from_on: string
  set_by_name: string
}

export interface CareTexts {
  background: string | null
  needs: string | null
  purpose: string | null
  effort: string | null
}

export interface WrittenCare extends CareTexts {
  methods: string[]
  children: Children
  review_on: string | null
}

export interface CarePlan extends WrittenCare {
  /** 0: nothing is written yet. */
  version: number
  written_at: string | null
  written_by_name: string | null
  /** Newest first. */
  phases: PhaseStep[]
}

export interface CareAtCentre extends CarePlan {
  offered_methods: string[]
  offered_phases: string[]
}

const of = (citizenId: string) => `/staff/citizens/${encodeURIComponent(citizenId)}`

export const getCarePlan = (citizenId: string): Promise<CareAtCentre> => call(`${of(citizenId)}/care-plan`)

export function writeCarePlan(citizenId: string, version: number, plan: WrittenCare): Promise<CareAtCentre> {
  return call(`${of(citizenId)}/care-plan`, { method: 'PUT', version, body: plan })
}

export function setPhase(citizenId: string, step: { code: string | null; from_on: string }): Promise<CareAtCentre> {
  return call(`${of(citizenId)}/phases`, { method: 'POST', body: step })
}
