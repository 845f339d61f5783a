/** One exercise as somebody does it: from the library, or in a colleague's own words; chosen, or given. */
import { assignmentOf, type Assignment, type ExerciseRef, type OwnExercise } from '../../offline/exercise-store.ts'
import { language } from '../../text/language.ts'
import { findAt, findById, type LibraryExercise, type Step } from './library.ts'

export interface Exercise {
  ref: ExerciseRef
  /** Where its pages stand. */
  href: string
  name: string
  lead: string
  about: string[]
  after: string | null
  /** How to stop, in sight on each step of what may make things worse. */
  stop: string | null
  minutes: number | null
  isDraft: boolean
  steps: readonly Step[]
  own: OwnExercise | null
  given: Assignment | null
}

export function fromLibrary(found: LibraryExercise, given: Assignment | null = null): Exercise {
  const spoken = language.value
  return {
    ref: { library: found.id },
    href: given ? `/oevelser/givet/${given.id}` : `/oevelser/${found.at}`,
    name: found.name[spoken],
    lead: found.lead[spoken],
    about: found.text[spoken],
    after: found.after[spoken],
    stop: found.stop?.[spoken] ?? null,
    minutes: found.minutes,
    isDraft: found.draft[spoken],
    steps: found.steps,
    own: null,
    given,
  }
}

function fromColleague(own: OwnExercise, given: Assignment): Exercise {
  return {
    ref: given.ref,
    href: `/oevelser/givet/${given.id}`,
    name: own.title,
    lead: own.lead,
    about: [],
    after: null,
    stop: null,
    minutes: null,
    isDraft: false,
    steps: [],
    own,
    given,
  }
}

/** What was given; null where this app has no words for it. */
export function ofAssignment(given: Assignment): Exercise | null {
  if (given.own) return fromColleague(given.own, given)
  const found = 'library' in given.ref ? findById(given.ref.library) : undefined
  return found ? fromLibrary(found, given) : null
}

/** By the last part of its address. */
export function exerciseAt(at: string, isGiven: boolean): Exercise | null {
  if (isGiven) {
    const given = assignmentOf(at)
    return given ? ofAssignment(given) : null
  }
  const found = findAt(at)
  return found ? fromLibrary(found) : null
}

/** Under this the phone keeps what was begun and not finished. */
export function draftName({ ref, given }: Exercise): string {
  return `exercise:${given?.id ?? ('library' in ref ? ref.library : ref.own)}`
}
