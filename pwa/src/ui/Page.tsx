import type { ComponentChildren } from 'preact'

let isFirst = true

/** At once: whoever presses a key a moment later must not be moved then. */
function takeFocus(title: HTMLElement | null): void {
  if (title && !isFirst) title.focus({ preventScroll: true })
  isFirst = false
}

/** One page: its heading takes the focus when the person comes to it, so that it is read aloud. */
export function Page({ heading, children }: { heading: string; children: ComponentChildren }) {
  return (
    <>
      <h1 tabIndex={-1} ref={takeFocus}>
        {heading}
      </h1>
      {children}
    </>
  )
}
