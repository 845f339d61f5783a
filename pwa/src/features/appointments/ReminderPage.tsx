import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { text } from '../../text/text.ts'
import { navigate } from '../../ui/navigation.ts'
import { Page } from '../../ui/Page.tsx'
import { NotFound } from './AppointmentPage.tsx'
import { addressOf } from './leads.ts'

/** Where a tap on a reminder leads: what it is about, found on the phone first. */
export function ReminderPage({ occurrenceId }: { occurrenceId: string }) {
  const words = text.value.appointment
  const isMissing = useSignal(false)
  useEffect(() => {
    let isHere = true
    void addressOf(occurrenceId)
      .catch(() => null)
      .then((address) => {
        if (!isHere) return
        if (address) navigate(address, true)
        else isMissing.value = true
      })
    return () => {
      isHere = false
    }
  }, [occurrenceId])
  return isMissing.value ? <NotFound /> : <Page heading={words.heading}>{words.looking}</Page>
}
