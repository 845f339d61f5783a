import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { isLocked } from '../../offline/held.ts'
import { choices, choose } from '../../offline/phone.ts'
import { language } from '../../text/language.ts'
import { text } from '../../text/text.ts'
import { describeDate } from '../../text/when.ts'
import { Card } from '../../ui/Card.tsx'
import { Checkbox } from '../../ui/Field.tsx'
import { Page } from '../../ui/Page.tsx'
import { BackWhenLocked } from '../BackWhenLocked.tsx'
import { wallNow } from '../clock.ts'
import { loadBook, type Centre, type Hours, type Service, type ServiceBook } from './book.ts'
import { openingOf, sameDays } from './opening.ts'

const MINE = 'services_mine'

function mine(): string[] {
  const chosen = choices.value[MINE]
  return Array.isArray(chosen) ? (chosen as string[]) : []
}

function setMine(id: string, applies: boolean): void {
  const others = mine().filter((each) => each !== id)
  void choose(MINE, applies ? [...others, id] : others)
}

/** Only for the one who ticked "Det gælder mig": "open now" means nothing to anybody else. */
function OpenNow({ service, book }: { service: Service; book: ServiceBook }) {
  const lang = language.value
  const labels = book.labels[lang]
  const opening = openingOf(service, book, wallNow.value)
  if (opening.state === 'unknown') return null
  if (opening.state === 'closed') return <p class="state">{labels.closed_now}</p>
  if (opening.state === 'ask') return <p class="state">{labels.ask_first}</p>
  const until = opening.state === 'open' ? text.value.services.openUntil(opening.until) : null
  // Where being open does not mean that somebody is in, only that is said.
  return <p class="state">{service.when_open?.[lang] ?? service.open_now?.[lang] ?? until}</p>
}

function Week({ hours }: { hours: Hours }) {
  const words = text.value.services
  return (
    <ul class="hours">
      {sameDays(hours.week).map(({ from, to, opens, closes }) => (
        <li key={`${from}${opens}`}>
          {words.days[from - 1]} {to > from && `${words.to} ${words.days[to - 1]} `}
          {words.hours(opens, closes)}
        </li>
      ))}
    </ul>
  )
}

function Exceptions({ hours }: { hours: Hours }) {
  const words = text.value
  const coming = hours.exceptions.filter((each) => each.on >= wallNow.value.date)
  if (coming.length === 0) return null
  const describe = (each: Hours['exceptions'][number]) => {
    if (each.state === 'closed') return words.services.closed
    return each.opens && each.closes ? words.services.hours(each.opens, each.closes) : words.services.ask
  }
  return (
    <>
      <p class="quiet">{words.services.exceptions}</p>
      <ul class="hours">
        {coming.map((each) => (
          <li key={each.on}>
            {describeDate(each.on, wallNow.value.date, words.when)}: {describe(each)}
          </li>
        ))}
      </ul>
    </>
  )
}

function KnownHours({ hours, book }: { hours: Hours; book: ServiceBook }) {
  const labels = book.labels[language.value]
  if (hours.kind === 'always') return <p class="state">{labels.always_open}</p>
  return (
    <>
      <Week hours={hours} />
      <Exceptions hours={hours} />
      <p class="quiet">{labels.old_source}</p>
    </>
  )
}

function ServiceItem({ centre, service, book }: { centre: Centre; service: Service; book: ServiceBook }) {
  const lang = language.value
  const id = `${centre.slug}-${service.id}`
  const applies = mine().includes(id)
  const { hours } = service
  return (
    <li class="service">
      <h3>{service.name[lang]}</h3>
      <p class="quiet">{service.audience[lang]}</p>
      {service.text[lang].map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {hours.kind === 'unknown' ? <p>{book.labels[lang].hours_unknown}</p> : <KnownHours hours={hours} book={book} />}
      {hours.kind !== 'unknown' && !isLocked.value && (
        <>
          <Checkbox id={`mine-${id}`} label={text.value.services.mine} checked={applies} onChange={(on) => setMine(id, on)} />
          {applies && <OpenNow service={service} book={book} />}
        </>
      )}
    </li>
  )
}

function CentreCard({ centre, book }: { centre: Centre; book: ServiceBook }) {
  const lang = language.value
  const hasDraft = centre.draft[lang] || centre.services.some((service) => service.draft[lang])
  return (
    <Card heading={centre.name[lang]}>
      {centre.text[lang].map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <p>
        <a class="phone-link" href={`tel:${centre.phone.tel}`}>
          {text.value.contact.call(centre.phone.display)}
        </a>
      </p>
      <ul class="plain-list">
        {centre.services.map((service) => (
          <ServiceItem key={service.id} centre={centre} service={service} book={book} />
        ))}
      </ul>
      {hasDraft && <p class="draft-mark">{book.labels[lang].draft}</p>}
    </Card>
  )
}

/** When the centres can be reached. Nothing is worked out where the sources give no hours. */
export function Services() {
  const words = text.value.services
  const book = useSignal<ServiceBook | null>(null)
  const isMissing = useSignal(false)
  useEffect(() => {
    loadBook().then(
      (loaded) => (book.value = loaded),
      () => (isMissing.value = true),
    )
  }, [])
  return (
    <Page heading={words.heading}>
      <BackWhenLocked />
      {!isLocked.value && <p>{words.intro}</p>}
      {isMissing.value && <p role="status">{text.value.trouble.network}</p>}
      {book.value?.centres.map((centre) => (
        <CentreCard key={centre.slug} centre={centre} book={book.value as ServiceBook} />
      ))}
    </Page>
  )
}
