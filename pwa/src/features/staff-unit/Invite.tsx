import { useState } from 'preact/hooks'
import { ApiProblem } from '../../api/client'
import { invite } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { NewInvitation, Role } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { ChoiceGroup } from '../../ui/Choices'
import { Copy } from '../../ui/Copy'
import { sayWhen } from '../../ui/days'
import { TextField } from '../../ui/Field'
import { type FormState, type Trouble, useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { ROLES } from './roles'

interface Invited extends Record<string, string | string[]> {
  name: string
  email: string
  roles: string[]
}

function check({ name, email, roles }: Invited): Record<string, string> {
  const text = staffText()
  const found: Record<string, string> = {}
  if (!name.trim()) found['name'] = text.problem.required
  if (!/^\S+@\S+\.\S+$/.test(email.trim())) found['email'] = text.colleagues.emailWrong
  if (roles.length === 0) found['roles'] = text.colleagues.rolesHint
  return found
}

function explainInvite(error: unknown): Trouble {
  const text = staffText()
  const taken = error instanceof ApiProblem && error.status === 409
  return taken ? { fields: { email: text.colleagues.emailTaken } } : explain(error, text, { email: text.colleagues.emailWrong })
}

/** Invites a colleague; the link is shown this once. */
export function Invite() {
  const text = staffText()
  const [made, setMade] = useState<{ name: string; invitation: NewInvitation } | null>(null)
  const form = useForm<Invited>({
    key: 'invite',
    initial: () => ({ name: '', email: '', roles: ['counsellor'] }),
    check,
    send: async ({ name, email, roles }) => {
      const invitation = await invite({ name: name.trim(), email: email.trim(), roles: roles as Role[] })
      setMade({ name: name.trim(), invitation })
    },
    explain: explainInvite,
  })
  if (made) return <Made name={made.name} invitation={made.invitation} />
  return (
    <section class="page">
      <PageHeading>{text.colleagues.inviteTitle}</PageHeading>
      <FormFrame
        form={form}
        labels={{ name: text.colleagues.name, email: text.colleagues.email, roles: text.colleagues.rolesLabel }}
        summary={text.problem.summary}
        submit={text.colleagues.submit}
        cancel={{ href: '/staff/colleagues', label: text.cancel }}
      >
        <Fields form={form} />
      </FormFrame>
    </section>
  )
}

function Fields({ form }: { form: FormState<Invited> }) {
  const text = staffText()
  const fields = form.trouble.fields ?? {}
  return (
    <>
      <TextField
        id="name"
        label={text.colleagues.name}
        error={fields['name']}
        value={form.values.name}
        inputAttributes={{ maxLength: 200 }}
        onInput={(value) => form.set('name', value)}
      />
      <TextField
        id="email"
        type="email"
        label={text.colleagues.email}
        error={fields['email']}
        value={form.values.email}
        inputAttributes={{ maxLength: 254 }}
        onInput={(value) => form.set('email', value)}
      />
      <ChoiceGroup
        id="roles"
        many
        label={text.colleagues.rolesLabel}
        hint={text.colleagues.rolesHint}
        error={fields['roles']}
        options={ROLES.map((role) => [role, text.roles[role]])}
        chosen={form.values.roles}
        onChange={(roles) => form.set('roles', roles)}
      />
    </>
  )
}

function Made({ name, invitation }: { name: string; invitation: NewInvitation }) {
  const text = staffText()
  return (
    <section class="page">
      <PageHeading>{text.colleagues.inviteDone(name)}</PageHeading>
      <p>{text.colleagues.inviteOnce}</p>
      <dl class="once">
        <dt>{text.colleagues.link}</dt>
        <dd>
          <code>{invitation.url}</code>
          <Copy text={invitation.url} label={text.copy} done={text.copied} />
        </dd>
        <dt>{text.colleagues.code}</dt>
        <dd>
          <code>{invitation.code}</code>
        </dd>
      </dl>
      <p class="quiet">{text.colleagues.expires(sayWhen(invitation.expires_at, language.value, new Date()))}</p>
      <a href="/staff/colleagues">{text.colleagues.title}</a>
    </section>
  )
}
