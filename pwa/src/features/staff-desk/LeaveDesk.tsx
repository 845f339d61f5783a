import { deskText } from '../../text/desk'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { unsent } from './held'

interface LeaveDeskProps {
  open: boolean
  onStay: () => void
  onGo: () => void
}

/** Signing out erases what this browser holds: asked first where something of it was not sent. */
export function LeaveDesk({ open, onStay, onGo }: LeaveDeskProps) {
  const words = deskText().leave
  return (
    <Dialog open={open} heading={words.title} onClose={onStay}>
      <p>{words.text(unsent.value)}</p>
      <div class="button-row">
        <Button kind="primary" onClick={onStay}>
          {words.stay}
        </Button>
        <Button onClick={onGo}>{words.go}</Button>
      </div>
    </Dialog>
  )
}
