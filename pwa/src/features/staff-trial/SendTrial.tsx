import { useEffect, useState } from 'preact/hooks'
import { ApiProblem } from '../../api/client'
import { explain } from '../../api/staffProblems'
import { getTrialTogether, type Reached, sendTrialTogether } from '../../api/staffSending'
import { sendingText } from '../../text/sending'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'

const LOOK_AGAIN_MS = 5_000
const LONGEST_LOOK_MS = 60_000

function inWords(error: unknown): string {
  const { trial } = sendingText()
  if (error instanceof ApiProblem && error.status === 409) return trial.noPhone
  if (error instanceof ApiProblem && error.status === 429) return trial.many
  return explain(error, staffText()).message ?? staffText().problem.other
}

/** A trial notice to the person's phones, while one sits together; reached or not, never when. */
export function SendTrial({ citizenId }: { citizenId: string }) {
  const { trial } = sendingText()
  const [round, setRound] = useState(0)
  const [reached, setReached] = useState<Reached>('none')
  const [trouble, setTrouble] = useState('')
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    if (!round) return
    const started = Date.now()
    const timer = setInterval(() => {
      if (Date.now() - started > LONGEST_LOOK_MS) return clearInterval(timer)
      getTrialTogether(citizenId).then(
        (answer) => {
          setReached(answer.reached)
          if (answer.reached !== 'sent') clearInterval(timer)
        },
        () => undefined,
      )
    }, LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [round, citizenId])
  const send = async () => {
    setBusy(true)
    setTrouble('')
    try {
      await sendTrialTogether(citizenId)
      setReached('sent')
      setRound((count) => count + 1)
    } catch (error) {
      setTrouble(inWords(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div class="send-trial">
      <p class="quiet">{trial.hint}</p>
      <Button busy={busy} onClick={() => void send()}>
        {trial.send}
      </Button>
      <p role="status">{trouble || trial.states[reached]}</p>
    </div>
  )
}
