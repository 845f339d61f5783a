import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { LeaveLink } from './LeaveLink.tsx'

interface DialogProps {
  open: boolean
  heading: string
  children: ComponentChildren
  onClose: () => void
}

function show(dialog: HTMLDialogElement): void {
  if (typeof dialog.showModal === 'function') dialog.showModal()
  else dialog.setAttribute('open', '')
  // The question is read first; the way out lies one step before it.
  dialog.querySelector('h2')?.focus()
}

/** A question that needs an answer first. The browser keeps focus inside; Escape closes. */
export function Dialog({ open, heading, children, onClose }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = box.current
    if (!dialog || !open || dialog.open) return
    const before = document.activeElement
    show(dialog)
    return () => {
      if (dialog.open) dialog.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [open])
  if (!open) return null
  return (
    <dialog
      ref={box}
      class="dialog"
      aria-labelledby="dialog-heading"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <LeaveLink />
      <h2 id="dialog-heading" tabIndex={-1}>{heading}</h2>
      {children}
    </dialog>
  )
}
