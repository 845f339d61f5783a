import { useEffect, useRef } from 'preact/hooks'

/** The heading of a page; takes focus when the page opens, so that it is read first. */
export function PageHeading({ children, quiet = false }: { children: string; quiet?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!quiet) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <h1 class="page-heading" tabIndex={-1} ref={heading}>
      {children}
    </h1>
  )
}
