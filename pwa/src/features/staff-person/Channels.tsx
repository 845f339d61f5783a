import { type Channel, type ChannelKind, listChannels, type Preview } from '../../api/staffChannels'
import { written } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import { channelsText } from '../../text/channels'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { sayDay } from '../../ui/days'
import { LoadState } from '../../ui/LoadState'
import { useResource } from '../../ui/resource'
import { KINDS } from './agreement'

function saySafe(channel: Channel): string {
  const words = channelsText()
  const { safe, hours_from: from, hours_until: until } = channel
  return safe === 'hours' && from !== null && until !== null ? words.between(from, until) : words.safe[safe]
}

// A Danish number reads in pairs.
function sayAddress(address: string): string {
  return address.replace(/^\+45(\d\d)(\d\d)(\d\d)(\d\d)$/, '+45 $1 $2 $3 $4')
}

function Standing({ channel }: { channel: Channel }) {
  const words = channelsText()
  return (
    <>
      <div>{sayAddress(channel.address)}</div>
      <div class="quiet">
        {saySafe(channel)}
        {channel.safe !== 'never' && !channel.is_agreed && `. ${words.agreeAgain}`}
        {channel.verified_at && `. ${words.agreedOn(sayDay(channel.verified_at, language.value, new Date()))}`}
      </div>
    </>
  )
}

interface KindProps {
  citizenId: string
  kind: ChannelKind
  channel: Channel | undefined
  preview: Preview | undefined
}

function Kind({ citizenId, kind, channel, preview }: KindProps) {
  const words = channelsText()
  return (
    <div>
      <dt>{words.kind[kind]}</dt>
      <dd>
        {channel ? <Standing channel={channel} /> : <span class="quiet">{words.safe.never}</span>}
        {preview && !preview.sender && <div class="quiet">{words.notSetUp}</div>}
        <a class="way-out" href={`/staff/people/${citizenId}/channels/${kind}`}>{words.change[kind]}</a>
      </dd>
    </div>
  )
}

/** Where we may write when no phone answers. */
export function Channels({ citizenId }: { citizenId: string }) {
  const words = channelsText()
  const text = staffText()
  const found = useResource(`channels:${citizenId}`, written.value, () => listChannels(citizenId))
  return (
    <section class="card" aria-labelledby="channels-heading">
      <h2 id="channels-heading" class="card-heading">
        {words.heading}
      </h2>
      <p class="quiet">{words.lead}</p>
      {found.data ? (
        <dl class="facts facts-short">
          {KINDS.map((kind) => (
            <Kind
              key={kind}
              citizenId={citizenId}
              kind={kind}
              channel={found.data?.items.find((one) => one.kind === kind)}
              preview={found.data?.previews.find((one) => one.kind === kind)}
            />
          ))}
        </dl>
      ) : (
        <LoadState
          loading={text.loading}
          trouble={found.error ? explain(found.error, text).message : undefined}
          retry={{ label: text.problem.retry, act: found.reload }}
        />
      )}
    </section>
  )
}
