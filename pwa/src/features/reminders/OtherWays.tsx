import { useSignal } from '@preact/signals'
import { listChannels, type OwnChannel, removeChannel } from '../../api/citizen.ts'
import { waysText } from '../../text/ways.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'

type Said = 'removed' | 'trouble' | null

function saySafe(channel: OwnChannel): string {
  const words = waysText.value
  const { safe, hours_from: from, hours_until: until } = channel
  if (safe !== 'never' && !channel.is_agreed) return words.askAgain
  return safe === 'hours' && from !== null && until !== null ? words.between(from, until) : words.safe[safe]
}

function Channel({ channel, onRemove }: { channel: OwnChannel; onRemove: () => void }) {
  const words = waysText.value
  return (
    <li>
      <p>
        {words.kind[channel.kind]}: {channel.masked}
        <br />
        <span class="quiet">{saySafe(channel)}</span>
      </p>
      <Button kind="quiet" onClick={onRemove}>
        {words.remove[channel.kind]}
      </Button>
    </li>
  )
}

/** Where the person has agreed that we may write besides the app: fetched when asked for, never kept on the phone. */
export function OtherWays() {
  const words = waysText.value
  const channels = useSignal<OwnChannel[] | null>(null)
  const said = useSignal<Said>(null)
  const work = async (act: () => Promise<unknown>, done: Said) => {
    said.value = null
    try {
      await act()
      channels.value = (await listChannels()).items
      said.value = done
    } catch {
      said.value = 'trouble'
    }
  }
  return (
    <Card heading={words.heading}>
      <p>{words.lead}</p>
      {channels.value === null ? (
        <Button onClick={() => void work(async () => undefined, null)}>{words.show}</Button>
      ) : channels.value.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <ul class="plain-list">
          {channels.value.map((one) => (
            <Channel key={one.kind} channel={one} onRemove={() => void work(() => removeChannel(one.kind), 'removed')} />
          ))}
        </ul>
      )}
      <p role="status" class="quiet">
        {said.value && words[said.value]}
      </p>
    </Card>
  )
}
