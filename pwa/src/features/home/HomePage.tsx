import { lostAll, records, standing, wholeLoad } from '../../offline/phone.ts'
import { text } from '../../text/text.ts'
import { Card } from '../../ui/Card.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { findCalledOff, findNext } from '../appointments/order.ts'
import { Reply, UndeliveredReplies } from '../appointments/Reply.tsx'
import { detailOf, whenOf } from '../appointments/words.ts'
import { instantNow, wallNow } from '../clock.ts'
import { FirstDaysPlace } from '../first-days/place.tsx'
import { InstallHint } from '../install/InstallGuide.tsx'
import { LeavingOnce } from '../leaving/Leaving.tsx'
import { LockCard } from '../lock/LockCard.tsx'
import { RefusedEdits } from '../refused/RefusedEdits.tsx'
import { RemindersCard } from '../reminders/Reminders.tsx'
import { TurnedOffElsewhere } from '../reminders/TurnedOffElsewhere.tsx'
import { ContactCard, hasAnswer } from './ContactCard.tsx'
import { DoorsPlace } from './DoorsPlace.tsx'
import { Lost } from './Lost.tsx'
import { PlanCard } from './PlanCard.tsx'

/** Nobody should go in vain. */
function CalledOff() {
  const words = text.value
  const off = findCalledOff(records.value.appointments, instantNow.value)
  if (!off) return null
  return (
    <Notice role="note">
      <p>
        <strong>{words.home.off}:</strong> <a href={`/aftaler/${off.id}`}>{whenOf(off, wallNow.value.date, words)}</a>
      </p>
    </Notice>
  )
}

function NextAppointment() {
  const words = text.value
  const next = findNext(records.value.appointments, instantNow.value)
  if (!next)
    return (
      <Card heading={words.home.next}>
        <p>{wholeLoad.value ? `${words.home.none} ${words.home.noneMore}` : words.home.loading}</p>
      </Card>
    )
  return (
    <Card heading={words.home.next}>
      <p class="when">
        <a href={`/aftaler/${next.id}`}>{whenOf(next, wallNow.value.date, words)}</a>
      </p>
      <p>{detailOf(next, words)}</p>
      <Reply key={next.id} appointment={next} />
    </Card>
  )
}

/** A few taps for how it is; nothing about it stands on the first page. */
function CheckInLink() {
  return (
    <p>
      <a class="row-link" href="/lige-nu">
        {text.value.home.checkIn}
      </a>
    </p>
  )
}

function PairedHome() {
  const isAsked = records.value.goals.some((goal) => goal.origin === 'staff' && goal.status === 'proposed')
  return (
    <Page heading={text.value.home.heading}>
      <UndeliveredReplies except={findNext(records.value.appointments, instantNow.value)?.id} />
      <RefusedEdits />
      <CalledOff />
      {hasAnswer() && (
        <Notice role="note">
          <a href="/beskeder">{text.value.contact.answered}</a>
        </Notice>
      )}
      <TurnedOffElsewhere />
      <NextAppointment />
      <DoorsPlace />
      <CheckInLink />
      <p>
        <a class="row-link" href="/maal">
          {text.value.home.goals}
          {isAsked && `: ${text.value.home.suggestion}`}
        </a>
      </p>
      <PlanCard />
      <ContactCard />
      <FirstDaysPlace />
      <RemindersCard />
      <LockCard />
      <LeavingOnce />
      <InstallHint />
    </Page>
  )
}

function UnpairedHome() {
  const words = text.value.start
  return (
    <Page heading={words.heading}>
      <RefusedEdits />
      {lostAll.value && <Lost />}
      <p>{words.intro}</p>
      <p>
        <a class="button button-primary button-wide" href="/par">
          {words.haveCode}
        </a>
      </p>
      <p>{words.noCode}</p>
      {!lostAll.value && <PlanCard />}
      <CheckInLink />
      <DoorsPlace />
      <LockCard />
      <LeavingOnce />
      <p>
        <a class="way-on" href="/aabningstider">{words.services}</a>
      </p>
    </Page>
  )
}

/** The first page: what comes next, and whom to call. */
export function HomePage() {
  return standing.value === 'paired' ? <PairedHome /> : <UnpairedHome />
}
