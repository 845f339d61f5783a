import { useLayoutEffect, useRef } from 'preact/hooks'

/** The heading of a page; takes focus as it appears, so that it is read first and no key pressed after it is lost. */
export function PageHeading({ children, quiet = false }: { children: string; quiet?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    if (!quiet) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <h1 class="page-heading" tabIndex={-1} ref={heading}>
      {children}
    </h1>
  )
}
