import { ApiProblem } from '../../api/client'
import { lapsed, signIn } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { TextField } from '../../ui/Field'
import { type Trouble, useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { Notice } from '../../ui/Notice'
import { PageHeading } from '../../ui/PageHeading'

interface Credentials extends Record<string, string> {
  email: string
  password: string
  totp: string
}

function explainRefusal(error: unknown): Trouble {
  const text = staffText()
  const refused = error instanceof ApiProblem && (error.status === 401 || error.status === 422)
  return refused ? { message: text.signIn.failed } : explain(error, text)
}

function missing(values: Credentials): Record<string, string> {
  const empty = Object.keys(values).filter((name) => values[name]?.trim() === '')
  return Object.fromEntries(empty.map((name) => [name, staffText().problem.required]))
}

/** Email, password and code in one form; every failure gives the same answer. */
export function SignIn() {
  const text = staffText()
  const form = useForm<Credentials>({
    key: 'sign-in',
    draft: false,
    initial: () => ({ email: '', password: '', totp: '' }),
    check: missing,
    send: async ({ email, password, totp }) => {
      await signIn({ email: email.trim(), password, totp: totp.replace(/\s/g, '') })
    },
    explain: explainRefusal,
  })
  const errors = form.trouble.fields ?? {}
  return (
    <section class="gate">
      <PageHeading>{text.signIn.title}</PageHeading>
      {lapsed.value ? <Notice>{text.problem.signedOut}</Notice> : <p class="quiet">{text.signIn.lead}</p>}
      <FormFrame
        form={form}
        labels={{ email: text.signIn.email, password: text.signIn.password, totp: text.signIn.totp }}
        summary={text.problem.summary}
        submit={text.signIn.submit}
      >
        <TextField
          id="email"
          type="email"
          label={text.signIn.email}
          error={errors['email']}
          value={form.values.email}
          autocomplete="username"
          onInput={(value) => form.set('email', value)}
        />
        <TextField
          id="password"
          type="password"
          label={text.signIn.password}
          error={errors['password']}
          value={form.values.password}
          autocomplete="current-password"
          onInput={(value) => form.set('password', value)}
        />
        <TextField
          id="totp"
          label={text.signIn.totp}
          hint={text.signIn.totpHint}
          error={errors['totp']}
          value={form.values.totp}
          autocomplete="one-time-code"
          inputAttributes={{ inputMode: 'numeric', maxLength: 9 }}
          onInput={(value) => form.set('totp', value)}
        />
      </FormFrame>
    </section>
  )
}
