import { useSignal } from '@preact/signals'
import { Unreachable } from '../../api/client.ts'
import { confirmClaim, previewClaim, type KeptContact } from '../../api/crisisLine.ts'
import { records, refresh } from '../../offline/phone.ts'
import { crisisLineText } from '../../text/crisisLine.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { explain } from '../trouble.ts'
import { Facts } from './Facts.tsx'

interface ClaimProps {
  code: string
  onClaimed: () => void
}

interface PreviewProps {
  contact: KeptContact
  isBusy: boolean
  onYes: () => void
  onNo: () => void
}

/** Word for word what the crisis line reads afterwards, and under which name. */
function Preview({ contact, isBusy, onYes, onNo }: PreviewProps) {
  const words = crisisLineText.value.claim
  const alias = records.value.profile?.alias
  return (
    <>
      <h3>{words.preview}</h3>
      <p>{words.who}</p>
      {alias && <p>{words.alias(alias)}</p>}
      <Facts contact={contact} />
      <p>{words.others}</p>
      <Button kind="primary" wide busy={isBusy} onClick={onYes}>
        {words.yes}
      </Button>
      <Button wide onClick={onNo}>
        {words.no}
      </Button>
    </>
  )
}

/** An anonymous contact becomes the person's own: only here, only by its code, and only after it was seen who can read it. */
export function ClaimCard({ code, onClaimed }: ClaimProps) {
  const words = crisisLineText.value
  const preview = useSignal<KeptContact | null>(null)
  const isBusy = useSignal(false)
  const said = useSignal('')
  const tryTo = async (work: () => Promise<void>) => {
    isBusy.value = true
    said.value = ''
    try {
      await work()
    } catch (error) {
      said.value = error instanceof Unreachable ? words.look.unsure : (explain(error, text.value.trouble) ?? words.look.unknown)
      isBusy.value = false
    }
  }
  const look = () =>
    tryTo(async () => {
      preview.value = (await previewClaim(code)).contact
      isBusy.value = false
    })
  const claim = () =>
    tryTo(async () => {
      await confirmClaim(code)
      void refresh()
      onClaimed()
    })
  return (
    <Card heading={words.claim.heading}>
      <p>{words.claim.what}</p>
      <p role="status">{said.value}</p>
      {preview.value ? (
        <Preview contact={preview.value} isBusy={isBusy.value} onYes={() => void claim()} onNo={() => (preview.value = null)} />
      ) : (
        <Button busy={isBusy.value} onClick={() => void look()}>
          {words.claim.ask}
        </Button>
      )}
    </Card>
  )
}
