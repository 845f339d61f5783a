import { deactivate, listColleagues } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Colleague } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { Found } from './Found'

const PAGE = '/staff/colleagues'

/** A plain question before a colleague loses the access. */
export function CloseAccess({ colleagueId }: { colleagueId: string }) {
  const find = async () => (await listColleagues()).find((one) => one.id === colleagueId)
  return (
    <Found subject={`colleague:${colleagueId}`} find={find}>
      {(colleague) => <Question colleague={colleague} />}
    </Found>
  )
}

function Question({ colleague }: { colleague: Colleague }) {
  const text = staffText()
  const form = useForm({
    key: `close:${colleague.id}`,
    initial: () => ({}),
    send: async () => {
      await deactivate(colleague.id)
      sayDone(staffText().colleagues.closed(colleague.name))
      navigate(PAGE, { replace: true })
    },
    explain: (error) => explain(error, staffText()),
  })
  return (
    <section class="page">
      <PageHeading>{text.colleagues.deactivateTitle(colleague.name)}</PageHeading>
      <p>{text.colleagues.deactivateText}</p>
      <FormFrame
        form={form}
        labels={{}}
        summary={text.problem.summary}
        submit={text.colleagues.deactivateConfirm}
        cancel={{ href: PAGE, label: text.cancel }}
      >
        {null}
      </FormFrame>
    </section>
  )
}
