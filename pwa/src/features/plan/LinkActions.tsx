import { linkAction, planLines, type PlanLine } from '../../offline/plan-store.ts'
import { planText } from '../../text/plan.ts'
import { StoredCheckbox } from '../../ui/StoredCheckbox.tsx'
import { saySaved } from './saving.ts'
import { nameOf } from './words.ts'

/** Ties a sign to what the person can do about it. */
export function LinkActions({ sign }: { sign: PlanLine }) {
  const words = planText.value.line
  const actions = planLines.value.filter((line) => line.section === 'own-actions')
  return (
    <fieldset class="form-group">
      <legend>{words.links}</legend>
      {actions.length === 0 && <p class="quiet">{words.noActions}</p>}
      {actions.map((action) => (
        <StoredCheckbox
          key={action.id}
          id={`link-${action.id}`}
          label={nameOf(action)}
          checked={sign.links.includes(action.id)}
          onChange={(on) => linkAction(sign.id, action.id, on).then(saySaved)}
        />
      ))}
    </fieldset>
  )
}
