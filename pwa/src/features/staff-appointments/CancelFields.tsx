import type { CancellationReasons } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { ChoiceGroup, SelectField } from '../../ui/Choices'
import { TextField } from '../../ui/Field'
import type { FormState } from '../../ui/form'
import type { Cancelling } from './cancelling'

type Who = 'by-citizen' | 'by-service' | 'error'

/** Who cancelled. */
export function WhoCancelled({ form, options }: { form: FormState<Cancelling>; options: readonly Who[] }) {
  const words = staffText().appointments
  return (
    <ChoiceGroup
      id="cancellation"
      label={words.cancelWhy}
      error={form.trouble.fields?.['cancellation']}
      options={options.map((who) => [who, words.cancelReasons[who]])}
      chosen={[form.values.cancellation]}
      onChange={([who]) => form.set('cancellation', who ?? '')}
    />
  )
}

/** Why, in one of the centre's own words. */
export function Cause({ form, reasons }: { form: FormState<Cancelling>; reasons: CancellationReasons }) {
  const words = staffText().appointments
  const fitting = reasons.items.filter((one) => (one.cancellations as string[]).includes(form.values.cancellation))
  if (fitting.length === 0) return null
  return (
    <SelectField
      id="reason_code"
      label={words.cancelCause}
      hint={words.cancelCauseHint}
      error={form.trouble.fields?.['reason_code']}
      options={[['', words.chooseCause], ...fitting.map((one) => [one.code, one[language.value]] as const)]}
      value={fitting.some((one) => one.code === form.values.reason_code) ? form.values.reason_code : ''}
      onChange={(code) => form.set('reason_code', code)}
    />
  )
}

/** Whether it counts as late: by the centre's rule, or by a judgement that says why. */
export function Late({ form, hours }: { form: FormState<Cancelling>; hours: number }) {
  const words = staffText().appointments
  return (
    <>
      <ChoiceGroup
        id="late"
        label={words.late.label}
        hint={words.lateRule(hours)}
        error={form.trouble.fields?.['late']}
        options={(['rule', 'no', 'yes'] as const).map((each) => [each, words.late[each]])}
        chosen={[form.values.late]}
        onChange={([late]) => form.set('late', late ?? 'rule')}
      />
      {form.values.late !== 'rule' && (
        <TextField
          id="reason_text"
          label={words.lateWhy}
          error={form.trouble.fields?.['reason_text']}
          value={form.values.reason_text}
          inputAttributes={{ maxLength: 300 }}
          onInput={(value) => form.set('reason_text', value)}
        />
      )}
    </>
  )
}
