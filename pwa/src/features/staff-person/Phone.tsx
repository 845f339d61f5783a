import { useSignal } from '@preact/signals'
import { useState } from 'preact/hooks'
import { type LostPhone, makePairingCode } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Citizen, Pairing } from '../../api/staffTypes'
import { channelsText } from '../../text/channels'
import { language } from '../../text/language'
import { type StaffText, staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { sayDay } from '../../ui/days'
import { Notice } from '../../ui/Notice'
import { SendTrial } from '../staff-trial/SendTrial'
import { PairingCode } from './PairingCode'
import { takeFreshCode } from './freshCode'
import { Quiet } from './Quiet'

function standing(citizen: Citizen, text: StaffText): string {
  if (!citizen.paired) return text.phone.notPaired
  return citizen.reachable ? text.phone.paired : text.phone.pairedQuiet
}

function pause(citizen: Citizen, text: StaffText): string | null {
  const until = citizen.reminders?.paused_until
  if (until) return text.phone.pausedUntil(sayDay(until, language.value, new Date()))
  return citizen.reminders && !citizen.reminders.appointments ? text.phone.remindersOff : null
}

/** One code at a time; asking twice while the first is on its way asks once. */
function usePairing(citizenId: string) {
  const [fresh] = useState(() => takeFreshCode(citizenId))
  const pairing = useSignal<Pairing | null>(fresh?.pairing ?? null)
  const trouble = useSignal('')
  const busy = useSignal(false)
  const make = async () => {
    if (busy.value) return
    busy.value = true
    trouble.value = ''
    try {
      pairing.value = await makePairingCode(citizenId)
    } catch (error) {
      trouble.value = explain(error, staffText()).message ?? staffText().problem.other
    } finally {
      busy.value = false
    }
  }
  return { pairing, trouble, busy, make, lost: fresh?.lost ?? null }
}

/** What the loss means for other ways to write: said once, right after it was reported. */
function OtherWays({ citizenId, lost }: { citizenId: string; lost: Omit<LostPhone, 'pairing'> }) {
  const words = channelsText()
  return (
    <>
      {lost.sms_stopped && <Notice>{words.lost.smsStopped}</Notice>}
      {lost.email_in_use && (
        <Notice>
          {words.lost.email} <a href={`/staff/people/${citizenId}/channels/email`}>{words.change.email}</a>
        </Notice>
      )}
    </>
  )
}

/** The person's phone: how it stands, a code to connect it, and what to do when it is gone. */
export function Phone({ citizen }: { citizen: Citizen }) {
  const text = staffText()
  const { pairing, trouble, busy, make, lost } = usePairing(citizen.id)
  const paused = pause(citizen, text)
  return (
    <section class="card" aria-labelledby="phone-heading">
      <h2 id="phone-heading" class="card-heading">
        {text.phone.title}
      </h2>
      <p>{standing(citizen, text)}</p>
      {paused && <p>{paused}</p>}
      {lost && pairing.value && <Notice>{text.phone.lostDone(lost.ended_sessions)}</Notice>}
      {lost && <OtherWays citizenId={citizen.id} lost={lost} />}
      {trouble.value && <Notice>{trouble.value}</Notice>}
      {pairing.value && (
        <PairingCode
          pairing={pairing.value}
          onHide={() => {
            pairing.value = null
          }}
        />
      )}
      <div class="card-actions">
        <Button busy={busy.value} onClick={() => void make()}>
          {pairing.value ? text.phone.newCode : text.phone.makeCode}
        </Button>
        <a href={`/staff/people/${citizen.id}/lost-phone`}>{text.phone.lost}</a>
      </div>
      <Quiet citizen={citizen} />
      {citizen.reachable && <SendTrial citizenId={citizen.id} />}
    </section>
  )
}
