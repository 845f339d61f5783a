import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { SelectField } from '../../ui/Choices'
import { sayNearDate } from '../../ui/days'
import { TextField } from '../../ui/Field'
import type { FormState } from '../../ui/form'
import { type Slot, skipped } from './booking'

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
      {values.repeat && <Skipped form={form} />}
    </>
  )
}

/** The dates that are left out, where they can be taken in again. */
function Skipped({ form }: { form: FormState<Slot> }) {
  const { clash } = staffText().appointments
  const dates = skipped(form.values)
  const error = form.trouble.fields?.['skip']
  if (dates.length === 0) return null
  const now = new Date()
  return (
    <div class={error ? 'form-group form-error' : 'form-group'} id="skip" tabIndex={-1}>
      {error && <span class="form-error-message">{error}</span>}
      <p>
        {clash.skipLabel}: {dates.map((date) => sayNearDate(date, language.value, now)).join(', ')}
      </p>
      <Button kind="quiet" onClick={() => form.set('skip', '')}>
        {clash.skipNone}
      </Button>
    </div>
  )
}
