import { useState } from 'preact/hooks'
import { ApiProblem } from '../../api/client'
import { changeCitizen, getCitizen } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Citizen } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { changesIn, differences, type Edited, startEdit } from './edit'
import { EditFields } from './EditFields'
import { TwoVersions } from './TwoVersions'
import { WithCitizen } from './WithCitizen'

/** Changes what we know about a person; what somebody else changed meanwhile is shown beside it. */
export function EditPerson({ citizenId }: { citizenId: string }) {
  return <WithCitizen citizenId={citizenId}>{(citizen) => <Editor citizen={citizen} />}</WithCitizen>
}

/** The same field was changed by two: a choice must be made first. */
class Conflict extends Error {}

function check(values: Edited): Record<string, string> {
  return values.alias.trim() ? {} : { alias: staffText().problem.required }
}

/**
 * Sends what this person changed. When somebody else changed other fields meanwhile, both changes hold;
 * when they changed the same field, the newer record is handed back and nothing is written.
 */
async function save(citizenId: string, edited: Edited): Promise<Citizen | null> {
  const change = changesIn(edited)
  if (Object.keys(change).length === 0) return null
  try {
    await changeCitizen(citizenId, Number(edited.version), change)
    return null
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 412) throw error
  }
  const newer = await getCitizen(citizenId)
  if (differences(newer, edited, staffText()).length > 0) return newer
  await changeCitizen(citizenId, newer.version, change)
  return null
}

function labels(): Record<string, string> {
  const { intake } = staffText()
  return {
    alias: intake.alias,
    name: intake.name,
    cpr: intake.cpr,
    phone: intake.phone,
    language: intake.languageLabel,
    home_municipality: intake.municipality,
  }
}

function Editor({ citizen }: { citizen: Citizen }) {
  const text = staffText()
  const page = `/staff/people/${citizen.id}`
  const [newer, setNewer] = useState<Citizen | null>(null)
  const form = useForm<Edited>({
    key: `edit:${citizen.id}`,
    initial: () => startEdit(citizen),
    check,
    send: async (values) => {
      const found = await save(citizen.id, values)
      setNewer(found)
      if (found) throw new Conflict()
      sayDone(staffText().saved)
      navigate(page, { replace: true })
    },
    explain: (error) => (error instanceof Conflict ? {} : explain(error, staffText(), { cpr: staffText().intake.cprWrong })),
  })
  const keepMine = (theirs: Citizen) => {
    form.set('version', String(theirs.version))
    setNewer(null)
  }
  const keepTheirs = () => {
    form.drop()
    navigate(page, { replace: true })
  }
  return (
    <section class="page">
      <PageHeading>{text.person.editTitle(citizen.alias)}</PageHeading>
      {newer ? (
        <TwoVersions theirs={newer} edited={form.values} onKeepMine={() => keepMine(newer)} onKeepTheirs={keepTheirs} />
      ) : (
        <FormFrame
          form={form}
          labels={labels()}
          summary={text.problem.summary}
          submit={text.save}
          cancel={{ href: page, label: text.cancel }}
        >
          <EditFields form={form} masked={citizen.cpr} />
        </FormFrame>
      )}
    </section>
  )
}
