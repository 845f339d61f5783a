import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

let isFirst = true

/** One page: its heading takes the focus when the person comes to it, so that it is read aloud, and no key is lost. */
export function Page({ heading, children }: { heading: string; children: ComponentChildren }) {
  const title = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    if (!isFirst) title.current?.focus({ preventScroll: true })
    isFirst = false
  }, [])
  return (
    <>
      <h1 tabIndex={-1} ref={title}>
        {heading}
      </h1>
      {children}
    </>
  )
}
