import type { Citizen, CitizenChange } from '../../api/staffTypes'
import type { StaffText } from '../../text/staff'

type Editable = Pick<
  Citizen,
  'alias' | 'name' | 'cpr' | 'phone' | 'language' | 'address_protected' | 'home_municipality'
>

export interface Edited extends Record<string, string | boolean> {
  /** The version that the change will be made to. */
  version: string
  /** The record as it was when the typing began: what differs from it is what this person changed. */
  base: string
  alias: string
  name: string
  cpr: string
  clear_cpr: boolean
  phone: string
  language: string
  address_protected: boolean
  home_municipality: string
}

/** The record as it can be edited; the CPR number is masked, so its field begins empty. */
export function startEdit(citizen: Citizen): Edited {
  const { alias, name, cpr, phone, language, address_protected, home_municipality } = citizen
  const base: Editable = { alias, name, cpr, phone, language, address_protected, home_municipality }
  return {
    version: String(citizen.version),
    base: JSON.stringify(base),
    alias,
    name: name ?? '',
    cpr: '',
    clear_cpr: false,
    phone: phone ?? '',
    language,
    address_protected,
    home_municipality: home_municipality ?? '',
  }
}

function cprChange(edited: Edited): CitizenChange {
  if (edited.clear_cpr) return { cpr: null }
  return edited.cpr.trim() ? { cpr: edited.cpr.trim() } : {}
}

/** Only what this person changed; an emptied field takes its value away. */
export function changesIn(edited: Edited): CitizenChange {
  const base = JSON.parse(edited.base) as Editable
  const change: CitizenChange = cprChange(edited)
  if (edited.alias.trim() !== base.alias) change.alias = edited.alias.trim()
  for (const name of ['name', 'phone', 'home_municipality'] as const) {
    const value = edited[name].trim() || null
    if (value !== base[name]) change[name] = value
  }
  if (edited.language !== base.language) change.language = edited.language === 'en' ? 'en' : 'da'
  if (edited.address_protected !== base.address_protected) change.address_protected = edited.address_protected
  return change
}

export interface Difference {
  label: string
  yours: string
  theirs: string
}

type Name = keyof CitizenChange

function say(name: Name, value: Citizen[Name] | undefined, text: StaffText): string {
  if (name === 'language') return text.intake.languages[value === 'en' ? 'en' : 'da']
  if (typeof value === 'boolean') return value ? text.person.yes : text.person.no
  return value || text.person.none
}

/** Both versions of each field that this person changed and that now says something else. */
export function differences(theirs: Citizen, edited: Edited, text: StaffText): Difference[] {
  const base = JSON.parse(edited.base) as Editable
  const change = changesIn(edited)
  const labels: Record<Name, string> = {
    alias: text.intake.alias,
    name: text.intake.name,
    cpr: text.intake.cpr,
    phone: text.intake.phone,
    language: text.intake.languageLabel,
    address_protected: text.intake.protected,
    home_municipality: text.intake.municipality,
  }
  const bothChanged = (name: Name) => theirs[name] !== base[name] && theirs[name] !== change[name]
  return (Object.keys(change) as Name[]).filter(bothChanged).map((name) => ({
    label: labels[name],
    yours: say(name, change[name], text),
    theirs: say(name, theirs[name], text),
  }))
}
