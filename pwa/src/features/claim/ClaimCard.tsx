import { useSignal } from '@preact/signals'
import { Unreachable } from '../../api/client.ts'
import { confirmClaim, previewClaim, type KeptContact } from '../../api/crisisLine.ts'
import { refresh } from '../../offline/phone.ts'
import { crisisLineText } from '../../text/crisisLine.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Facts } from './Facts.tsx'
import { reasonOf } from './trouble.ts'

/** One step of claiming: busy while the server is asked, and what it came to if nothing came of it. */
function useStep(work: () => Promise<void>) {
  const isBusy = useSignal(false)
  const said = useSignal('')
  const take = async () => {
    isBusy.value = true
    said.value = ''
    try {
      await work()
    } catch (error) {
      said.value = error instanceof Unreachable ? crisisLineText.value.look.unsure : reasonOf(error)
      isBusy.value = false
    }
  }
  return { isBusy, said, take }
}

interface OfferProps {
  code: string
  onPreview: (contact: KeptContact) => void
}

/** Nothing is tied to anybody by itself: the person may look first at what it would mean. */
export function ClaimCard({ code, onPreview }: OfferProps) {
  const words = crisisLineText.value.claim
  const { isBusy, said, take } = useStep(async () => onPreview((await previewClaim(code)).contact))
  return (
    <Card heading={words.heading}>
      <p>{words.what}</p>
      <p role="status">{said.value}</p>
      <Button busy={isBusy.value} onClick={() => void take()}>
        {words.ask}
      </Button>
    </Card>
  )
}

interface PreviewProps {
  code: string
  contact: KeptContact
  onClaimed: () => void
  onNo: () => void
}

/** Word for word what the crisis line reads afterwards, and that it does not learn who; then a yes or a no. */
export function ClaimPreview({ code, contact, onClaimed, onNo }: PreviewProps) {
  const words = crisisLineText.value.claim
  const { isBusy, said, take } = useStep(async () => {
    await confirmClaim(code)
    void refresh()
    onClaimed()
  })
  return (
    <>
      <p>{words.who}</p>
      <Facts contact={contact} />
      <p>{words.others}</p>
      <p>{words.after}</p>
      <p role="status">{said.value}</p>
      <Button kind="primary" wide busy={isBusy.value} onClick={() => void take()}>
        {words.yes}
      </Button>
      <Button wide onClick={onNo}>
        {words.no}
      </Button>
    </>
  )
}
