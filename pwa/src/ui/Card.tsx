import type { ComponentChildren } from 'preact'

interface CardProps {
  children: ComponentChildren
  heading?: string
  level?: 2 | 3
  /** Makes the heading a link; the whole card is its target area. */
  href?: string
}

/** A calm box with one thing in it. */
export function Card({ children, heading, level = 2, href }: CardProps) {
  const Heading = `h${level}` as const
  return (
    <section class={href ? 'card card-link' : 'card'}>
      {heading && <Heading class="card-heading">{href ? <a href={href}>{heading}</a> : heading}</Heading>}
      {children}
    </section>
  )
}
