import { useState } from 'preact/hooks'
import { written } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { staffGoalsText } from '../../text/staffGoals'
import { sayDone } from '../../ui/flash'

/** One tap that changes something at once: busy meanwhile, and what went wrong in words. */
export function useActing() {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState('')
  /** True: it is done. */
  const act = async (work: () => Promise<unknown>, done?: string): Promise<boolean> => {
    if (busy) return false
    setBusy(true)
    setTrouble('')
    try {
      await work()
      sayDone(done ?? staffText().saved)
      return true
    } catch (error) {
      const { stale, message } = explain(error, staffText())
      setTrouble(stale ? staffGoalsText().reload : (message ?? staffText().problem.other))
      // What is shown may be old: the page looks again.
      written.value += 1
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, trouble, act }
}
