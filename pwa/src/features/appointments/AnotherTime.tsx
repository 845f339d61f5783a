import { useSignal } from '@preact/signals'
import type { Appointment } from '../../api/citizen.ts'
import { answer, records } from '../../offline/phone.ts'
import { anotherText } from '../../text/another.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { navigate } from '../../ui/navigation.ts'
import { Page } from '../../ui/Page.tsx'
import { instantNow, wallNow } from '../clock.ts'
import { useDraft } from '../draft.ts'
import { say } from '../said.ts'
import { SaidHere } from '../SaidHere.tsx'
import { isMissed, mayAnswer } from './order.ts'
import { LONGEST_NOTE, MOST, NO_SUGGESTION, toWishes, troubleWith, type Suggestion } from './wishes.ts'
import { whenOf } from './words.ts'

interface SuggestionProps {
  place: number
  value: Suggestion
  error: string | undefined
  onChange: (value: Suggestion) => void
}

const PARTS = ['morning', 'afternoon', 'clock'] as const

function SuggestionFields({ place, value, error, onChange }: SuggestionProps) {
  const words = anotherText.value
  const id = `wish-${place}`
  return (
    <fieldset class="form-group">
      <legend>{words.suggestion(place + 1)}</legend>
      <TextField
        id={id}
        type="date"
        label={words.date}
        error={error}
        value={value.date}
        inputAttributes={{ min: wallNow.value.date }}
        onInput={(date) => onChange({ ...value, date })}
      />
      <div class="choices" role="radiogroup" aria-label={words.part}>
        {PARTS.map((part) => (
          <div class="check" key={part}>
            <input
              type="radio"
              id={`${id}-${part}`}
              name={id}
              checked={value.part === part}
              onChange={() => onChange({ ...value, part })}
            />
            <label for={`${id}-${part}`}>{text.value.another.parts[part]}</label>
          </div>
        ))}
      </div>
      {value.part === 'clock' && (
        <TextField id={`${id}-time`} type="time" label={words.clock} value={value.time} onInput={(time) => onChange({ ...value, time })} />
      )}
    </fieldset>
  )
}

interface Typed {
  suggestions: Suggestion[]
  note: string
}

const nothingTyped = (): Typed => ({ suggestions: Array.from({ length: MOST }, () => NO_SUGGESTION), note: '' })

function AskForm({ appointment }: { appointment: Appointment }) {
  const words = anotherText.value
  const draft = useDraft<Typed>(`another:${appointment.id}`, nothingTyped)
  const wrong = useSignal<(string | null)[]>([])
  const noteWrong = useSignal<string | undefined>(undefined)
  const { suggestions, note } = draft.value
  const send = async () => {
    wrong.value = suggestions.map((one) => troubleWith(one, wallNow.value.date, instantNow.value, words))
    noteWrong.value = note.length > LONGEST_NOTE ? words.noteTooLong : undefined
    const first = wrong.value.findIndex((each) => each !== null)
    if (first >= 0) return document.getElementById(`wish-${first}`)?.focus()
    if (noteWrong.value) return document.getElementById('wish-note')?.focus()
    const own = note.trim()
    const isKept = await answer(appointment, 'tentative', { wishes: toWishes(suggestions), ...(own && { note: own }) })
    if (!isKept) return say(words.notSaved)
    draft.drop()
    navigate(`/aftaler/${appointment.id}`)
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <SaidHere />
      {suggestions.map((value, place) => (
        <SuggestionFields
          key={place}
          place={place}
          value={value}
          error={wrong.value[place] ?? undefined}
          onChange={(next) => draft.set({ note, suggestions: suggestions.map((one, each) => (each === place ? next : one)) })}
        />
      ))}
      <FreeText
        id="wish-note"
        label={words.note}
        hint={words.noteHint}
        error={noteWrong.value}
        value={note}
        onInput={(value) => draft.set({ suggestions, note: value })}
      />
      <Button kind="primary" type="submit" wide>
        {words.send}
      </Button>
    </form>
  )
}

/** Asks for another time: the booked one stands until somebody has moved it. */
export function AnotherTimePage({ id }: { id: string }) {
  const words = text.value
  const appointment = records.value.appointments.find((each) => each.id === id)
  const wasMissed = appointment !== undefined && isMissed(appointment)
  const isOpen = appointment !== undefined && (wasMissed || mayAnswer(appointment, instantNow.value))
  return (
    <Page heading={words.another.heading}>
      <p>
        <a class="way-on" href={`/aftaler/${id}`}>
          {anotherText.value.back}
        </a>
      </p>
      {isOpen ? (
        <>
          {!wasMissed && <p>{anotherText.value.now(whenOf(appointment, wallNow.value.date, words))}</p>}
          <p>{wasMissed ? words.missed.when : anotherText.value.stands}</p>
          <AskForm key={id} appointment={appointment} />
        </>
      ) : (
        <p>{anotherText.value.tooLate}</p>
      )}
    </Page>
  )
}
