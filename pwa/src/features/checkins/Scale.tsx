interface ScaleProps {
  id: string
  label: string
  hint: string
  value: number | null
  onChange: (value: number | null) => void
}

const STEPS = Array.from({ length: 11 }, (_, step) => step)

/** 0 to 10, all in sight and big enough for a thumb; a second tap takes the choice back. */
export function Scale({ id, label, hint, value, onChange }: ScaleProps) {
  return (
    <fieldset class="form-group scale" aria-describedby={`${id}-hint`}>
      <legend>{label}</legend>
      <span class="form-hint" id={`${id}-hint`}>
        {hint}
      </span>
      <div class="scale-steps">
        {STEPS.map((step) => (
          <label class="scale-step" key={step}>
            <input
              type="radio"
              id={step === 0 ? id : undefined}
              name={id}
              value={step}
              checked={value === step}
              onClick={() => value === step && onChange(null)}
              onChange={() => onChange(step)}
            />
            <span>{step}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
