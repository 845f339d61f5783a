import { staffText } from '../../text/staff'
import { SelectField } from '../../ui/Choices'
import { TextField } from '../../ui/Field'
import type { FormState } from '../../ui/form'
import type { Slot } from './booking'

/** Whether the appointment comes again: every week or every other, at the same time of the clock. */
export function SeriesFields({ form }: { form: FormState<Slot> }) {
  const { series } = staffText().appointments
  const { values, set, trouble } = form
  return (
    <>
      <SelectField
        id="repeat"
        label={series.label}
        options={[
          ['', series.once],
          ['weekly', series.weekly],
          ['fortnightly', series.fortnightly],
        ]}
        value={values.repeat}
        onChange={(repeat) => set('repeat', repeat)}
      />
      {values.repeat && (
        <TextField
          id="count"
          label={series.count}
          hint={series.hint}
          error={trouble.fields?.['count']}
          value={values.count}
          inputAttributes={{ inputMode: 'numeric', maxLength: 2 }}
          onInput={(value) => set('count', value)}
        />
      )}
    </>
  )
}
