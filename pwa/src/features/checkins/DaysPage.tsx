import { useSignal, type Signal } from '@preact/signals'
import { choice, dayOf, forgetThing, sayDay, things } from '../../offline/checkin-store.ts'
import { checkinsText } from '../../text/checkins.ts'
import { text } from '../../text/text.ts'
import { describeDate } from '../../text/when.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Checkbox } from '../../ui/Field.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { Page } from '../../ui/Page.tsx'
import { wallNow } from '../clock.ts'
import { useDraft } from '../draft.ts'
import { canTell } from '../readers.ts'
import { say } from '../said.ts'
import { SaidHere } from '../SaidHere.tsx'
import { afterTap, gridOf, monthOf, shiftMonth } from './month.ts'
import { thingFrom } from './thing.ts'

const FIELD = 'day-thing'
const MONDAY = Date.parse('2026-11-23T00:00:00Z')
const DAY_MS = 86_400_000

function nameOf(month: string): string {
  return new Intl.DateTimeFormat(text.value.when.locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${month}-01T00:00:00Z`))
}

function Weekdays() {
  const short = new Intl.DateTimeFormat(text.value.when.locale, { weekday: 'narrow', timeZone: 'UTC' })
  return (
    <>
      {Array.from({ length: 7 }, (_, day) => (
        <span class="day-name" aria-hidden="true" key={day}>
          {short.format(MONDAY + day * DAY_MS)}
        </span>
      ))}
    </>
  )
}

interface DayProps {
  date: string
  thing: string | null
  isOffered: boolean
}

/** One day: a tap says yes, the next says no, the third takes it back. */
function Day({ date, thing, isOffered }: DayProps) {
  const words = checkinsText.value.days
  const today = wallNow.value.date
  const used = dayOf(date, thing)?.used ?? null
  const state = used === null ? 'open' : used ? 'yes' : 'no'
  const tap = async () => {
    const isKept = await sayDay({ on: date, what: thing, used: afterTap(used), isOffered })
    if (!isKept) say(words.notSaved)
  }
  return (
    <button
      type="button"
      class={`day day-${state}`}
      disabled={date > today}
      aria-current={date === today ? 'date' : undefined}
      aria-label={words.day(describeDate(date, today, text.value.when), words.state[state])}
      onClick={() => void tap()}
    >
      <span>{Number(date.slice(8))}</span>
      {state !== 'open' && <span class="day-said">{words.state[state]}</span>}
    </button>
  )
}

function Month({ thing, isOffered }: { thing: string | null; isOffered: boolean }) {
  const words = checkinsText.value.days
  const now = monthOf(wallNow.value.date)
  const month = useSignal(now)
  return (
    <section aria-label={thing ?? words.unnamed}>
      <div class="month-head">
        <Button kind="quiet" label={words.before} onClick={() => (month.value = shiftMonth(month.value, -1))}>
          ‹
        </Button>
        <h2 aria-live="polite">{nameOf(month.value)}</h2>
        <Button kind="quiet" label={words.after} disabled={month.value >= now} onClick={() => (month.value = shiftMonth(month.value, 1))}>
          ›
        </Button>
      </div>
      <div class="month">
        <Weekdays />
        {gridOf(month.value).map((date, place) =>
          date ? <Day key={date} date={date} thing={thing} isOffered={isOffered} /> : <span key={place} />,
        )}
      </div>
    </section>
  )
}

/** Which thing the days are about, in the person's own words. */
function Things({ chosen }: { chosen: Signal<string | null> }) {
  const words = checkinsText.value.days
  const typed = useDraft('day-thing', () => '')
  const wrong = useSignal<string | undefined>(undefined)
  // A draft from before stands in sight.
  const isAdding = useSignal(typed.value !== '')
  const all = [...new Set([null, ...things.value, chosen.value])]
  const add = () => {
    const found = thingFrom(typed.value, things.value)
    wrong.value = 'trouble' in found ? words[found.trouble] : undefined
    if ('trouble' in found) return document.getElementById(FIELD)?.focus()
    chosen.value = found.what
    typed.drop()
    isAdding.value = false
  }
  return (
    <>
      {all.length > 1 && (
        <div class="button-row" role="group" aria-label={words.about}>
          {all.map((what) => (
            <Button key={what ?? ''} pressed={what === chosen.value} onClick={() => (chosen.value = what)}>
              {what ?? words.unnamed}
            </Button>
          ))}
        </div>
      )}
      <details class="more-of-it" open={isAdding.value} onToggle={(event) => (isAdding.value = event.currentTarget.open)}>
        <summary>{words.add}</summary>
        <FreeText
          id={FIELD}
          label={words.addLabel}
          rows={1}
          error={wrong.value}
          value={typed.value}
          onInput={typed.set}
        />
        <p>
          <Button onClick={add}>{words.addButton}</Button>
        </p>
      </details>
    </>
  )
}

function Forget({ chosen }: { chosen: Signal<string | null> }) {
  const words = checkinsText.value.days
  const isAsking = useSignal(false)
  const close = () => (isAsking.value = false)
  const forget = async () => {
    const isKept = await forgetThing(chosen.value)
    close()
    if (isKept) chosen.value = things.value[0] ?? null
    say(isKept ? words.forgotten : words.notSaved)
  }
  if (!things.value.includes(chosen.value)) return null
  return (
    <>
      <Button onClick={() => (isAsking.value = true)}>{words.forget}</Button>
      <Dialog open={isAsking.value} heading={words.forgetHeading} onClose={close}>
        <p>{words.forgetText}</p>
        <div class="button-row">
          <Button onClick={() => void forget()}>{words.forgetYes}</Button>
          <Button kind="primary" onClick={close}>
            {words.forgetNo}
          </Button>
        </div>
      </Dialog>
    </>
  )
}

/** A month of days with a yes, a no or nothing each. Nothing is counted, and nothing is right or wrong. */
export function DaysPage() {
  const words = checkinsText.value
  const chosen = useSignal<string | null>(things.value[0] ?? null)
  const isOffered = useSignal(false)
  const mayOffer = canTell() && choice.value?.given === true
  return (
    <Page heading={words.days.heading}>
      <p>
        <a class="way-on" href="/lige-nu">
          {words.toNew}
        </a>
      </p>
      <SaidHere />
      <p>{words.days.intro}</p>
      <Things chosen={chosen} />
      <Month thing={chosen.value} isOffered={mayOffer && isOffered.value} />
      {mayOffer ? (
        <Checkbox
          id="days-offered"
          label={words.days.offer}
          hint={words.days.offerHint}
          checked={isOffered.value}
          onChange={(on) => (isOffered.value = on)}
        />
      ) : (
        <p class="quiet">{words.days.onlyYou}</p>
      )}
      <Forget chosen={chosen} />
    </Page>
  )
}
