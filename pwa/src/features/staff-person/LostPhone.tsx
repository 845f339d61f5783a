import { reportLostPhone } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import { channelsText } from '../../text/channels'
import { staffText } from '../../text/staff'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { handOverCode } from './freshCode'
import { WithCitizen } from './WithCitizen'

/** A plain question before all of a person's phones lose their access. */
export function LostPhone({ citizenId }: { citizenId: string }) {
  return <WithCitizen citizenId={citizenId}>{(citizen) => <Question citizenId={citizenId} alias={citizen.alias} />}</WithCitizen>
}

function Question({ citizenId, alias }: { citizenId: string; alias: string }) {
  const text = staffText()
  const page = `/staff/people/${citizenId}`
  const form = useForm({
    key: `lost-phone:${citizenId}`,
    initial: () => ({}),
    send: async () => {
      const { pairing, ...lost } = await reportLostPhone(citizenId)
      handOverCode({ citizenId, pairing, lost })
      navigate(page, { replace: true })
    },
    explain: (error) => explain(error, staffText()),
  })
  return (
    <section class="page">
      <PageHeading>{text.phone.lostTitle(alias)}</PageHeading>
      <p>{text.phone.lostText}</p>
      <p>{channelsText().lost.before}</p>
      <FormFrame
        form={form}
        labels={{}}
        summary={text.problem.summary}
        submit={text.phone.lostConfirm}
        cancel={{ href: page, label: text.cancel }}
      >
        {null}
      </FormFrame>
    </section>
  )
}
