import type { ComponentChildren, TargetedMouseEvent } from 'preact'

export type ButtonKind = 'primary' | 'secondary' | 'quiet'

interface ButtonProps {
  children: ComponentChildren
  kind?: ButtonKind
  /** Set on what cannot be undone: changes only the words around it, never the colour to red. */
  type?: 'button' | 'submit'
  busy?: boolean
  disabled?: boolean
  pressed?: boolean
  wide?: boolean
  id?: string
  describedBy?: string
  /** Read aloud in place of the words on it, where those alone say too little. */
  label?: string
  onClick?: (event: TargetedMouseEvent<HTMLButtonElement>) => void
}

const KIND_CLASS: Record<ButtonKind, string> = {
  primary: 'button button-primary',
  secondary: 'button button-secondary',
  quiet: 'button button-quiet',
}

/** A button of at least 48 px; while busy it keeps its size and takes no second tap. */
export function Button(props: ButtonProps) {
  const { kind = 'secondary', type = 'button', busy = false, wide = false } = props
  return (
    <button
      type={type}
      id={props.id}
      class={wide ? `${KIND_CLASS[kind]} button-wide` : KIND_CLASS[kind]}
      disabled={props.disabled}
      aria-disabled={busy ? 'true' : undefined}
      aria-pressed={props.pressed}
      aria-describedby={props.describedBy}
      aria-label={props.label}
      onClick={(event) => {
        if (busy) event.preventDefault()
        else props.onClick?.(event)
      }}
    >
      {props.children}
    </button>
  )
}
