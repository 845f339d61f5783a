import { listChannels, type OwnChannel } from '../../api/citizen.ts'
import { isShared } from '../../offline/shared.ts'
import { waysText } from '../../text/ways.ts'
import { Button } from '../../ui/Button.tsx'
import { navigate } from '../../ui/navigation.ts'
import { Page } from '../../ui/Page.tsx'

/** Where we wrote until the last phone was lost; nothing on a device that others use, or when it cannot be asked now. */
export async function channelsToAgree(): Promise<OwnChannel[]> {
  if (isShared.value) return []
  try {
    return (await listChannels()).items.filter((one) => one.safe !== 'never' && !one.is_agreed)
  } catch {
    return [] // the settings show it, too
  }
}

/** Said once to the phone after a lost one: where nothing is written any more, and whom to tell. */
export function AfterLoss({ channels }: { channels: OwnChannel[] }) {
  const words = waysText.value
  return (
    <Page heading={words.afterLoss.heading}>
      <p>{words.afterLoss.text}</p>
      <ul>
        {channels.map((one) => (
          <li key={one.kind}>
            {words.kind[one.kind]}: {one.masked}
          </li>
        ))}
      </ul>
      <Button kind="primary" wide onClick={() => navigate('/', true)}>
        {words.afterLoss.go}
      </Button>
    </Page>
  )
}
