import { useSignal } from '@preact/signals'
import { choose, standing } from '../../offline/phone.ts'
import { eraseLine, type PlanLine } from '../../offline/plan-store.ts'
import { planText } from '../../text/plan.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { navigate } from '../../ui/navigation.ts'
import { say } from '../said.ts'
import { saySaved } from './saving.ts'

/** Takes the words away for good, after one plain question. */
export function EraseLine({ line }: { line: PlanLine }) {
  const words = planText.value
  const isAsking = useSignal(false)
  const close = () => (isAsking.value = false)
  const erase = async () => {
    if (!(await eraseLine(line.id))) {
      close()
      return void saySaved(false)
    }
    navigate(`/min-plan/${line.section}`, true)
    say(words.erased)
    // What was being typed in the line goes as well.
    await Promise.all([choose(`draft:text:${line.id}`, undefined), choose(`draft:phone:${line.id}`, undefined)])
  }
  return (
    <>
      <Button kind="quiet" onClick={() => (isAsking.value = true)}>{words.line.erase}</Button>
      <Dialog open={isAsking.value} heading={words.line.eraseHeading} onClose={close}>
        <p>{standing.value === 'paired' ? words.line.eraseText : words.line.eraseHere}</p>
        <div class="button-row">
          <Button onClick={() => void erase()}>{words.line.eraseYes}</Button>
          <Button kind="primary" onClick={close}>
            {words.line.eraseNo}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
