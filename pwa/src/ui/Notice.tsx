import type { ComponentChildren } from 'preact'

interface NoticeProps {
  children: ComponentChildren
  heading?: string
  /** `status` is read when it appears; `alert` interrupts, for lost sign-in or full storage only. */
  role?: 'status' | 'alert' | 'note'
}

/** A quiet message that says what happened and what the person can do next. */
export function Notice({ children, heading, role = 'status' }: NoticeProps) {
  return (
    <div class="notice" role={role}>
      {heading && <p class="notice-heading">{heading}</p>}
      {children}
    </div>
  )
}
