import { useState } from 'preact/hooks'
import { ApiProblem } from '../../api/client'
import { explain } from '../../api/staffProblems'
import { freePlace, listPlaces, type Night, takePlace } from '../../api/staffDeskWork'
import { deskText } from '../../text/desk'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { SelectField } from '../../ui/Choices'
import { copenhagenWall } from '../../ui/copenhagen'
import { sayWeekday } from '../../ui/days'
import { sayDone } from '../../ui/flash'
import { newIdentifier } from '../../ui/identifier'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { Away } from './Away'
import { listChoices } from './contactChoices'
import { Support } from './Support'

const NIGHTS_AHEAD = 7
const DAY_MS = 86_400_000

/** From yesterday, for until six in the morning the night is still yesterday evening's. */
function span(now: Date): [from: string, to: string] {
  const today = Date.parse(`${copenhagenWall(now).date}T00:00:00Z`)
  const day = (steps: number) => new Date(today + steps * DAY_MS).toISOString().slice(0, 10)
  return [day(-1), day(NIGHTS_AHEAD)]
}

/** The places for the night, and what each person wants this one night. */
export function PlacesPage() {
  const text = staffText()
  const words = deskText().places
  const [from, to] = span(new Date())
  const found = useResource(`desk:places:${from}`, 0, async () => {
    const [places, contacts] = await Promise.all([listPlaces(from, to), listChoices()])
    return { ...places, contacts }
  })
  return (
    <section class="page">
      <PageHeading>{words.title}</PageHeading>
      <Away />
      {found.data ? (
        <>
          <Places
            nights={found.data.items.filter((night) => night.date >= (found.data?.tonight ?? from))}
            tonight={found.data.tonight}
            contacts={found.data.contacts}
            reload={found.reload}
          />
          <Support contacts={found.data.contacts} />
        </>
      ) : (
        <LoadState
          loading={text.loading}
          trouble={found.error ? explain(found.error, text).message : undefined}
          retry={{ label: text.problem.retry, act: found.reload }}
        />
      )}
    </section>
  )
}

interface PlacesProps {
  nights: readonly Night[]
  tonight: string
  contacts: Awaited<ReturnType<typeof listChoices>>
  reload: () => void
}

function Places({ nights, tonight, contacts, reload }: PlacesProps) {
  const words = deskText().places
  const [contact, setContact] = useState('')
  const take = (step: Promise<unknown>) =>
    void step
      .then(
        () => sayDone(words.saved),
        (error: unknown) => {
          const isFull = error instanceof ApiProblem && error.code === 'no-place-free'
          sayDone(isFull ? words.fullNow : (explain(error, staffText()).message ?? ''))
        },
      )
      .finally(reload)
  return (
    <section aria-labelledby="desk-places">
      <h2 id="desk-places">{words.caption}</h2>
      <div class="staff-form">
        <SelectField
          id="place-contact"
          label={words.contact}
          options={[['', words.contactNone], ...contacts]}
          value={contact}
          onChange={setContact}
        />
      </div>
      <ul class="desk-nights" role="list">
        {nights.map((night) => (
          <OneNight
            key={night.date}
            night={night}
            isTonight={night.date === tonight}
            hold={() => take(takePlace({ id: newIdentifier(), date: night.date, contact_id: contact || null }))}
            release={(id) => take(freePlace(id))}
          />
        ))}
      </ul>
    </section>
  )
}

interface OneNightProps {
  night: Night
  isTonight: boolean
  hold: () => void
  release: (placeId: string) => void
}

function OneNight({ night, isTonight, hold, release }: OneNightProps) {
  const words = deskText().places
  const name = isTonight ? words.tonight : words.night(sayWeekday(night.date, language.value, new Date()))
  return (
    <li>
      <div>
        <strong>{name}</strong>
        <p>{night.free > 0 ? words.free(night.free, night.capacity) : words.full}</p>
        {night.taken.map((place) => (
          <p key={place.id} class="desk-taken">
            {words.taken(place.place, place.alias ?? words.somebody)}
            <Button kind="quiet" label={words.releaseNamed(name, place.place)} onClick={() => release(place.id)}>
              {words.release}
            </Button>
          </p>
        ))}
      </div>
      {night.free > 0 && (
        <Button label={words.takeNamed(name)} onClick={hold}>
          {words.take}
        </Button>
      )}
    </li>
  )
}
