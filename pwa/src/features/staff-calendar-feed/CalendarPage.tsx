import { useState } from 'preact/hooks'
import { fetchSheet } from '../../api/staffSheets'
import { sheetsText } from '../../text/sheets'
import { Button } from '../../ui/Button'
import { PageHeading } from '../../ui/PageHeading'
import { saveFile } from '../file'
import { BringSheet } from './BringSheet'
import { Feed } from './Feed'
import './sheets.scss'

/** The counsellor's own appointments elsewhere: in a calendar, and in sheets out and in. */
export function CalendarPage() {
  const words = sheetsText()
  return (
    <section class="page page-wide elsewhere">
      <PageHeading>{words.title}</PageHeading>
      <p>
        <a href="/staff/week">{words.toWeek}</a>
      </p>
      <Feed />
      <section>
        <h2>{words.take.heading}</h2>
        <p>{words.take.what}</p>
        <TakeSheet />
      </section>
      <BringSheet />
    </section>
  )
}

/** Fetched by the console itself: the address bar gets no file of anybody. */
function TakeSheet() {
  const words = sheetsText().take
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const take = async () => {
    setState('busy')
    setState((await saveFile('aftaler.csv', fetchSheet)) ? 'idle' : 'failed')
  }
  return (
    <>
      <Button busy={state === 'busy'} onClick={() => void take()}>
        {words.link}
      </Button>
      <p role="status">{state === 'failed' && words.failed}</p>
    </>
  )
}
