import { getMeasures } from '../../api/staffMeasures'
import { explain } from '../../api/staffProblems'
import type { Citizen } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { staffMeasuresText } from '../../text/staffMeasures'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { WithCitizen } from '../staff-person/WithCitizen'
import { Begin, Plans } from './Plans'
import { Shared } from './Shared'
import './measures.scss'

/** What one person is asked, and the answers that the person shares. */
export function MeasuresPage({ citizenId }: { citizenId: string }) {
  return <WithCitizen citizenId={citizenId}>{(citizen) => <Page citizen={citizen} />}</WithCitizen>
}

function Page({ citizen }: { citizen: Citizen }) {
  const text = staffText()
  const words = staffMeasuresText()
  const found = useResource(`measures:${citizen.id}`, 0, () => getMeasures(citizen.id))
  const reload = () => void found.reload()
  return (
    <section class="page measures-page">
      <p class="way-back">
        <a href={`/staff/people/${citizen.id}`}>{text.plan.toPerson}</a>
      </p>
      <PageHeading>{words.pageTitle(citizen.alias)}</PageHeading>
      <p class="quiet">{words.note}</p>
      {found.data ? (
        <>
          <Plans plans={found.data.plans} onDone={reload} />
          <Shared shared={found.data.shared} results={found.data.results} />
          <Begin key={found.data.plans.length} citizenId={citizen.id} found={found.data} onDone={reload} />
        </>
      ) : (
        <LoadState
          loading={text.loading}
          trouble={found.error ? explain(found.error, text).message : undefined}
          retry={{ label: text.problem.retry, act: found.reload }}
        />
      )}
    </section>
  )
}
