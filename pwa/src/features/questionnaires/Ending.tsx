import { useLayoutEffect, useRef } from 'preact/hooks'
import { choice } from '../../offline/measure-store.ts'
import { questionnairesText } from '../../text/questionnaires.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Field.tsx'
import type { Draft } from '../draft.ts'
import { NobodyReads } from '../NobodyReads.tsx'
import { canTell, hasNobody } from '../readers.ts'
import type { Definition } from './definitions.ts'
import { isOfferedIn, type Answering } from './doing.ts'

/** A heading that takes the focus, so that a screen reader follows from step to step. */
export function StepHeading({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [children])
  return (
    <h2 tabIndex={-1} ref={heading}>
      {children}
    </h2>
  )
}

interface EndingProps {
  definition: Definition
  draft: Draft<Answering>
  onSave: () => void
}

/** Before it is saved: who shall see it. */
export function Ending({ definition, draft, onSave }: EndingProps) {
  const words = questionnairesText.value.form
  const isChosen = choice.value?.given ?? false
  return (
    <>
      {definition.kind === 'items' && <StepHeading>{words.last}</StepHeading>}
      <p>{words.lastText}</p>
      {canTell() && (
        <Checkbox
          id="answers-offered"
          label={isChosen ? words.offerAs : words.offerOne}
          checked={isOfferedIn(draft.value)}
          onChange={(offered) => draft.set({ ...draft.value, offered })}
        />
      )}
      {hasNobody() && <NobodyReads />}
      <Button kind="primary" wide onClick={onSave}>
        {words.save}
      </Button>
    </>
  )
}
