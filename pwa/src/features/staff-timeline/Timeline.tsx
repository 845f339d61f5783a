import { useState } from 'preact/hooks'
import { fetchTimeline, written } from '../../api/staffConsole'
import { staffConsoleText } from '../../text/staffConsole'
import { Button } from '../../ui/Button'
import { Lines } from './Lines'

/** What has happened with a person; fetched when somebody wants to read it, since each look is recorded. */
export function Timeline({ citizenId }: { citizenId: string }) {
  const words = staffConsoleText().line
  const [open, setOpen] = useState(false)
  return (
    <section aria-labelledby="line-heading">
      <div class="section-top">
        <h2 id="line-heading">{words.title}</h2>
        {!open && <Button onClick={() => setOpen(true)}>{words.show}</Button>}
      </div>
      <p class="quiet">{words.lead}</p>
      {open && <Lines subject={citizenId} version={written.value} fetch={(cursor) => fetchTimeline(citizenId, cursor)} />}
    </section>
  )
}
