import { useState } from 'preact/hooks'
import { explain } from '../../api/staffProblems'
import type { InvitationDetails } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { Checkbox, TextField } from '../../ui/Field'
import { type FormState, useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { QrPicture } from '../../ui/QrPicture'
import { passwordTrouble } from './password'

interface Answer extends Record<string, string> {
  password: string
  totp: string
}

interface AcceptanceProps {
  details: InvitationDetails
  accept: (password: string, totp: string) => Promise<void>
  onDone: () => void
}

function check({ password, totp }: Answer): Record<string, string> {
  const text = staffText()
  const found: Record<string, string> = {}
  const trouble = passwordTrouble(password, text)
  if (trouble) found['password'] = trouble
  if (!totp.trim()) found['totp'] = text.problem.required
  return found
}

function wordsForFields(): Record<string, string> {
  const text = staffText()
  return { password: text.invitation.passwordRefused, totp: text.invitation.totpWrong }
}

/** App, password, first code: three steps on one page, in the order they are done. */
export function Acceptance({ details, accept, onDone }: AcceptanceProps) {
  const text = staffText()
  const form = useForm<Answer>({
    key: 'invitation',
    draft: false,
    initial: () => ({ password: '', totp: '' }),
    check,
    send: async ({ password, totp }) => {
      await accept(password, totp.replace(/\s/g, ''))
      onDone()
    },
    explain: (error) => explain(error, staffText(), wordsForFields()),
  })
  return (
    <section class="gate">
      <PageHeading>{text.invitation.title(details.name)}</PageHeading>
      <p>{text.invitation.lead(details.unit_name)}</p>
      <p>
        {text.invitation.email} <strong>{details.email}</strong>
      </p>
      <FormFrame
        form={form}
        labels={{ password: text.invitation.password, totp: text.invitation.totp }}
        summary={text.problem.summary}
        submit={text.invitation.submit}
      >
        <AppStep details={details} />
        <PasswordStep form={form} />
        <h2>{text.invitation.stepCode}</h2>
        <TextField
          id="totp"
          label={text.invitation.totp}
          hint={text.signIn.totpHint}
          error={form.trouble.fields?.['totp']}
          value={form.values.totp}
          autocomplete="one-time-code"
          inputAttributes={{ inputMode: 'numeric', maxLength: 9 }}
          onInput={(value) => form.set('totp', value)}
        />
      </FormFrame>
    </section>
  )
}

function AppStep({ details }: { details: InvitationDetails }) {
  const text = staffText()
  const groups = details.totp_secret.match(/.{1,4}/g) ?? []
  return (
    <>
      <h2>{text.invitation.stepApp}</h2>
      <p>{text.invitation.appText}</p>
      <QrPicture svg={details.totp_qr_svg} alt={text.invitation.qrAlt} />
      <p class="quiet">{text.invitation.secret}</p>
      <p class="secret">{groups.join(' ')}</p>
    </>
  )
}

function PasswordStep({ form }: { form: FormState<Answer> }) {
  const text = staffText()
  const [shown, setShown] = useState(false)
  return (
    <>
      <h2>{text.invitation.stepPassword}</h2>
      <TextField
        id="password"
        type={shown ? 'text' : 'password'}
        label={text.invitation.password}
        hint={text.invitation.passwordHint}
        error={form.trouble.fields?.['password']}
        value={form.values.password}
        autocomplete="new-password"
        onInput={(value) => form.set('password', value)}
      />
      <Checkbox id="show-password" label={text.invitation.showPassword} checked={shown} onChange={setShown} />
    </>
  )
}
