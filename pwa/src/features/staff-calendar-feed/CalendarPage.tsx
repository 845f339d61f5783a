import { SHEET } from '../../api/staffSheets'
import { sheetsText } from '../../text/sheets'
import { PageHeading } from '../../ui/PageHeading'
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
        <p>
          <a href={SHEET} download="aftaler.csv">
            {words.take.link}
          </a>
        </p>
      </section>
      <BringSheet />
    </section>
  )
}
