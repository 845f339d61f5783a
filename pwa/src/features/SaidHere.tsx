import { Button } from '../ui/Button.tsx'
import { said } from './said.ts'

/** The quiet line under a heading: always there, so that a screen reader hears it change. */
export function SaidHere() {
  const { words, undo } = said.value ?? {}
  return (
    <div role="status" class={words ? 'said' : 'said said-nothing'}>
      {words && <p>{words}</p>}
      {undo && (
        <Button kind="quiet" onClick={undo.act}>
          {undo.label}
        </Button>
      )}
    </div>
  )
}
