import { endStandIn, listStandIns } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { StandIn } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { Found } from './Found'

const PAGE = '/staff/stand-ins'

/** A plain question before a stand-in loses sight of the people. */
export function EndStandIn({ standInId }: { standInId: string }) {
  const find = async () => (await listStandIns()).find((one) => one.id === standInId)
  return (
    <Found subject={`stand-in:${standInId}`} find={find}>
      {(standIn) => <Question standIn={standIn} />}
    </Found>
  )
}

function Question({ standIn }: { standIn: StandIn }) {
  const text = staffText()
  const form = useForm({
    key: `end-stand-in:${standIn.id}`,
    initial: () => ({}),
    send: async () => {
      await endStandIn(standIn.id)
      sayDone(staffText().saved)
      navigate(PAGE, { replace: true })
    },
    explain: (error) => explain(error, staffText()),
  })
  return (
    <section class="page">
      <PageHeading>{text.standIns.endTitle(standIn.stand_in_name)}</PageHeading>
      <p>{text.standIns.endText}</p>
      <FormFrame
        form={form}
        labels={{}}
        summary={text.problem.summary}
        submit={text.standIns.endConfirm}
        cancel={{ href: PAGE, label: text.cancel }}
      >
        {null}
      </FormFrame>
    </section>
  )
}
