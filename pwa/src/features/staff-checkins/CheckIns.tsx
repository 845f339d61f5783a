import { useState } from 'preact/hooks'
import { openCheckIns, type SharedCheckIn, type SharedCheckIns, type SharedDay } from '../../api/staffCheckins'
import { explain } from '../../api/staffProblems'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffCheckinsText } from '../../text/staffCheckins'
import { Button } from '../../ui/Button'
import { sayDate, sayWhenBriefly } from '../../ui/days'
import { Notice } from '../../ui/Notice'
import { CurvePlace } from '../checkins/CurvePlace.tsx'
import './checkins.scss'

const LOCALE = { da: 'da-DK', en: 'en-GB' }

function Row({ item }: { item: SharedCheckIn }) {
  const words = staffCheckinsText()
  return (
    <tr>
      <th scope="row">{sayWhenBriefly(item.at, language.value, new Date())}</th>
      <td>{item.mood ?? words.unsaid}</td>
      <td>{item.urge ?? words.unsaid}</td>
      <td class="own-words">{item.line}</td>
    </tr>
  )
}

function Table({ items }: { items: readonly SharedCheckIn[] }) {
  const words = staffCheckinsText()
  return (
    <div class="check-ins-wide" role="region" aria-label={words.title} tabIndex={0}>
      <table class="check-ins">
        <thead>
          <tr>
            <th scope="col">{words.when}</th>
            <th scope="col">{words.mood}</th>
            <th scope="col">{words.urge}</th>
            <th scope="col">{words.words}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={item.id} item={item} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Days({ days }: { days: readonly SharedDay[] }) {
  const words = staffCheckinsText()
  if (days.length === 0) return null
  return (
    <details class="more">
      <summary>{words.days}</summary>
      <ul>
        {days.map((day) => (
          <li key={`${day.on} ${day.what}`}>{words.day(sayDate(day.on, language.value, new Date()), day.what, day.used)}</li>
        ))}
      </ul>
    </details>
  )
}

function Shown({ found, onOlder }: { found: SharedCheckIns; onOlder: () => void }) {
  const words = staffCheckinsText()
  if (!found.shared) return <p class="empty">{words.notShared}</p>
  return (
    <>
      {found.items.length === 0 && <p class="empty">{words.none}</p>}
      <CurvePlace points={found.items} words={words} locale={LOCALE[language.value]} />
      {found.items.length > 0 && (
        <>
          <p class="quiet">{words.scale}</p>
          <Table items={found.items} />
        </>
      )}
      {found.next_cursor && <Button onClick={onOlder}>{words.older}</Button>}
      <Days days={found.days} />
    </>
  )
}

/** What a person shares of the check-ins: fetched when somebody wants to read it, for each look is written down. */
export function CheckIns({ citizenId }: { citizenId: string }) {
  const words = staffCheckinsText()
  const [found, setFound] = useState<SharedCheckIns | null>(null)
  const [trouble, setTrouble] = useState('')
  const [busy, setBusy] = useState(false)
  const load = async (cursor?: string) => {
    setBusy(true)
    try {
      const page = await openCheckIns(citizenId, cursor)
      setFound((before) => (cursor && before ? { ...before, ...page, days: before.days, items: [...before.items, ...page.items] } : page))
      setTrouble('')
    } catch (error) {
      setTrouble(explain(error, staffText()).message ?? '')
    }
    setBusy(false)
  }
  return (
    <section aria-labelledby="check-ins-heading">
      <div class="section-top">
        <h2 id="check-ins-heading">{words.title}</h2>
        {!found && (
          <Button busy={busy} onClick={() => void load()}>
            {words.open}
          </Button>
        )}
      </div>
      {!found && <p class="quiet">{words.note}</p>}
      {trouble && (
        <Notice>
          <p>{trouble}</p>
        </Notice>
      )}
      <div aria-live="polite">{found && <Shown found={found} onOlder={() => void load(found.next_cursor ?? undefined)} />}</div>
    </section>
  )
}
