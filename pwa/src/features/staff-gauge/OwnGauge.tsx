import { fetchGauge, me, written } from '../../api/staffConsole'
import { staffConsoleText } from '../../text/staffConsole'
import { useResource } from '../../ui/resource'

/** How many people I am the contact person of, beside the centre's own figure; nothing where there is none. */
export function OwnGauge() {
  const words = staffConsoleText().gauge
  const found = useResource('gauge', written.value, fetchGauge).data
  const own = found?.items.find((one) => one.staff_id === me.value?.id)
  if (!own) return null
  return (
    <p class="gauge-line quiet">
      <span>{words.own(own.cases, own.figure)}</span>
      <span class="visually-hidden">. {words.meaning}</span>
    </p>
  )
}

/** Said before a person is given to somebody whose figure is reached; it stops nobody. */
export function AboveFigure({ staffId, role }: { staffId: string; role: string }) {
  const words = staffConsoleText().gauge
  const found = useResource('gauge', written.value, fetchGauge).data
  const load = found?.items.find((one) => one.staff_id === staffId)
  return (
    <p role="status">
      {load && role === 'contact-person' && load.cases >= load.figure ? words.above(load.name, load.cases, load.figure) : ''}
    </p>
  )
}
