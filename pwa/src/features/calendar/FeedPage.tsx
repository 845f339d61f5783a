import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import * as api from '../../api/calendar.ts'
import { isShared } from '../../offline/shared.ts'
import { calendarText } from '../../text/calendar.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Copy } from '../../ui/Copy.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { explain } from '../trouble.ts'

/** `unknown`: nothing came back yet, so nothing is claimed. */
type Standing = 'unknown' | 'off' | 'on' | 'stopped' | { address: string }
type Work = 'asking' | 'making' | 'stopping' | null

function Explanation() {
  const words = calendarText.value.feed
  return (
    <>
      <p>{words.how}</p>
      <ul>
        <li>{words.what}</li>
        <li>{words.who}</li>
        <li>{words.secret}</li>
        <li>{words.late}</li>
      </ul>
      <p>{words.doubt}</p>
    </>
  )
}

/** Only ever the https address, to be copied: a `webcal:` link opens in one phone and nowhere in the next. */
function Made({ address }: { address: string }) {
  const words = calendarText.value.feed
  return (
    <Card heading={words.madeHeading}>
      <p class="calendar-address">
        <code>{address}</code>
      </p>
      <Copy text={address} label={words.copy} done={words.copied} />
      <p>{words.once}</p>
    </Card>
  )
}

interface StandingProps {
  standing: Standing
  work: Work
  onMake: () => void
  onStop: () => void
}

function Choices({ standing, work, onMake, onStop }: StandingProps) {
  const words = calendarText.value.feed
  const isOn = standing === 'on' || typeof standing === 'object'
  const make = isOn ? words.renew : words.make
  return (
    <>
      <p role="status">{standing === 'on' ? words.on : standing === 'stopped' && words.stopped}</p>
      {standing === 'on' && <p>{words.onHow}</p>}
      <div class="button-row">
        <Button kind={isOn ? 'secondary' : 'primary'} busy={work === 'making'} onClick={onMake}>
          {work === 'making' ? words.making : make}
        </Button>
        {isOn && (
          <Button kind="quiet" busy={work === 'stopping'} onClick={onStop}>
            {work === 'stopping' ? words.stopping : words.stop}
          </Button>
        )}
      </div>
    </>
  )
}

function Feed() {
  const words = calendarText.value.feed
  const standing = useSignal<Standing>('unknown')
  const work = useSignal<Work>('asking')
  const trouble = useSignal<string | null>(null)
  const attempt = async (kind: Work, act: () => Promise<Standing>) => {
    work.value = kind
    try {
      standing.value = await act()
      trouble.value = null
    } catch (error) {
      trouble.value = explain(error, text.value.trouble) ?? words.network
    }
    work.value = null
  }
  const ask = () => void attempt('asking', async () => ((await api.getFeed()).active ? 'on' : 'off'))
  useEffect(ask, [])
  const here = standing.value
  return (
    <>
      <Explanation />
      {typeof here === 'object' && <Made address={here.address} />}
      {here === 'unknown' && work.value && <p class="quiet">{words.asking}</p>}
      {here !== 'unknown' && (
        <Choices
          standing={here}
          work={work.value}
          onMake={() => void attempt('making', async () => ({ address: (await api.makeFeed()).address }))}
          onStop={() => void attempt('stopping', () => api.endFeed().then(() => 'stopped'))}
        />
      )}
      {trouble.value && (
        <Notice>
          <p>{trouble.value}</p>
          {here === 'unknown' && <Button onClick={ask}>{words.again}</Button>}
        </Notice>
      )}
      <p class="quiet">{words.ends}</p>
    </>
  )
}

/** A secret address for the person's own calendar, with what it gives away said first. */
export function FeedPage() {
  const words = calendarText.value.feed
  return (
    <Page heading={words.heading}>
      {isShared.value ? <p>{words.shared}</p> : <Feed />}
      <p>
        <a class="way-on" href="/indstillinger">
          {words.back}
        </a>
      </p>
    </Page>
  )
}
