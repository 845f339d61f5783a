import { useSignal } from '@preact/signals'
import { fileAddress } from '../../api/calendar.ts'
import type { Appointment } from '../../api/citizen.ts'
import { records } from '../../offline/phone.ts'
import { isShared } from '../../offline/shared.ts'
import { calendarText } from '../../text/calendar.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Field.tsx'
import { Page } from '../../ui/Page.tsx'
import { FILE_NAME, makeFile, placeOf, save } from './ics.ts'

function Take({ appointment }: { appointment: Appointment }) {
  const words = calendarText.value
  const withPlace = useSignal(false)
  const saved = useSignal(false)
  const keep = () => {
    save(makeFile(appointment, { title: words.title, withPlace: withPlace.value, at: new Date().toISOString() }))
    saved.value = true
  }
  return (
    <>
      <p>{words.take.what}</p>
      <p>{words.take.who}</p>
      {placeOf(appointment) !== null && (
        <Checkbox
          id="with-place"
          label={words.take.place}
          hint={words.take.placeHint}
          checked={withPlace.value}
          onChange={(on) => (withPlace.value = on)}
        />
      )}
      <Button kind="primary" wide onClick={keep}>
        {words.take.save}
      </Button>
      <p role="status">{saved.value && words.take.saved}</p>
      <p class="quiet">{words.take.moves}</p>
      <p>
        <a class="way-on" href={fileAddress(appointment.id, withPlace.value)} download={FILE_NAME}>
          {words.take.fetch}
        </a>
      </p>
      <p>
        <a class="way-on" href={`/aftaler/${appointment.id}`}>
          {words.take.back}
        </a>
      </p>
    </>
  )
}

/** One appointment for the phone's own calendar, made here, so that it needs no network. */
export function TakePage({ id }: { id: string }) {
  const words = calendarText.value
  const appointment = records.value.appointments.find((each) => each.id === id)
  const isHere = appointment !== undefined && !isShared.value
  return (
    <Page heading={words.take.heading}>
      {isHere ? (
        <Take appointment={appointment} />
      ) : (
        <>
          <p>{isShared.value ? words.feed.shared : words.take.missing}</p>
          <p>
            <a class="way-on" href="/aftaler">
              {words.take.all}
            </a>
          </p>
        </>
      )}
    </Page>
  )
}
