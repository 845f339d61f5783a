import { dismissRefusedEdit, listRefusedEdits, written } from '../../api/staff'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { Copy } from '../../ui/Copy'
import { Notice } from '../../ui/Notice'
import { useResource } from '../../ui/resource'

/** One's own words that could not be saved, until they are put away. */
export function Refused({ citizenId }: { citizenId: string }) {
  const text = staffText()
  const found = useResource(`refused:${citizenId}`, written.value, () => listRefusedEdits(citizenId))
  const putAway = async (id: string) => {
    await dismissRefusedEdit(id).catch(() => undefined)
    found.reload()
  }
  return (
    <>
      {found.data?.map((edit) => (
        <Notice key={edit.id} heading={text.plan.refused.title}>
          <p>{edit.content}</p>
          <Copy text={edit.content} label={text.copy} done={text.copied} />
          <Button kind="quiet" onClick={() => void putAway(edit.id)}>
            {text.plan.refused.seen}
          </Button>
        </Notice>
      ))}
    </>
  )
}
