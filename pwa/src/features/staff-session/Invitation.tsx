import { useEffect, useState } from 'preact/hooks'
import { acceptInvitation, lookUpInvitation } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { InvitationDetails } from '../../api/staffTypes'
import { ApiProblem } from '../../api/client'
import { staffText } from '../../text/staff'
import { TextField } from '../../ui/Field'
import { type Trouble, useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { Acceptance } from './Acceptance'

/** The code behind the # of the link; taken out of the address at once, since it is a secret. */
function takeCode(): string {
  const code = location.hash.slice(1)
  if (code) history.replaceState(null, '', location.pathname)
  return code
}

function explainLookUp(error: unknown): Trouble {
  const text = staffText()
  const unknown = error instanceof ApiProblem && (error.status === 404 || error.status === 422)
  return unknown ? { message: text.invitation.invalid } : explain(error, text)
}

/** A newcomer opens the link from the manager: who it is for, an app for codes, a password, a first code. */
export function Invitation() {
  const text = staffText()
  const [fromLink] = useState(takeCode)
  const [details, setDetails] = useState<InvitationDetails | null>(null)
  const [accepted, setAccepted] = useState(false)
  const form = useForm({
    key: 'invitation-code',
    draft: false,
    initial: () => ({ code: fromLink }),
    check: ({ code }): Record<string, string> => (code.trim() ? {} : { code: text.problem.required }),
    send: async ({ code }) => setDetails(await lookUpInvitation(code.trim())),
    explain: explainLookUp,
  })
  useEffect(() => {
    if (fromLink) void form.submit()
  }, [])
  if (accepted) return <Accepted />
  if (details) {
    const code = form.values.code.trim()
    const accept = (password: string, totp: string) => acceptInvitation({ code, password, totp })
    return <Acceptance details={details} accept={accept} onDone={() => setAccepted(true)} />
  }
  return (
    <section class="gate">
      <PageHeading>{text.invitation.plainTitle}</PageHeading>
      <FormFrame
        form={form}
        labels={{ code: text.invitation.code }}
        summary={text.problem.summary}
        submit={text.invitation.lookUp}
      >
        <TextField
          id="code"
          label={text.invitation.code}
          hint={text.invitation.codeHint}
          error={form.trouble.fields?.['code']}
          value={form.values.code}
          onInput={(value) => form.set('code', value)}
        />
      </FormFrame>
    </section>
  )
}

function Accepted() {
  const text = staffText()
  return (
    <section class="gate">
      <PageHeading>{text.invitation.doneTitle}</PageHeading>
      <p>{text.invitation.done}</p>
      <a class="button button-primary" href="/staff/">
        {text.invitation.toSignIn}
      </a>
    </section>
  )
}
