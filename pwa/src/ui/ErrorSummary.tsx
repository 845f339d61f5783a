import { useLayoutEffect, useRef } from 'preact/hooks'

export interface FieldError {
  /** The id of the control that the error belongs to; none for the whole form. */
  fieldId?: string
  message: string
}

/** Everything wrong in a form, in one list above it; takes focus when it appears. */
export function ErrorSummary({ heading, errors }: { heading: string; errors: readonly FieldError[] }) {
  const box = useRef<HTMLDivElement>(null)
  const key = errors.map((error) => error.message).join('\n')
  useLayoutEffect(() => {
    if (key) box.current?.focus()
  }, [key])
  if (errors.length === 0) return null
  return (
    <div class="error-summary" role="alert" tabIndex={-1} ref={box}>
      <h2 class="error-summary-heading">{heading}</h2>
      <ul>
        {errors.map((error) => (
          <li key={error.message}>
            {error.fieldId ? (
              <a
                href={`#${error.fieldId}`}
                onClick={(event) => {
                  event.preventDefault()
                  document.getElementById(error.fieldId ?? '')?.focus()
                }}
              >
                {error.message}
              </a>
            ) : (
              error.message
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
