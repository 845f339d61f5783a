import { useSignal } from '@preact/signals'
import { standing } from '../../offline/phone.ts'
import { lockText } from '../../text/lock.ts'
import { Button } from '../../ui/Button.tsx'
import { ChoiceGroup } from '../../ui/Choices.tsx'

interface PlanChoiceProps {
  /** What holds now; null where nothing was answered yet. */
  now: boolean | null
  button: string
  busy: { words: string; on: boolean }
  onChosen: (planOpen: boolean) => void
}

const FIELD = 'plan-open'

/** "Må din kriseplan åbnes uden kode?": nothing is answered for the person. */
export function PlanChoice({ now, button, busy, onChosen }: PlanChoiceProps) {
  const words = lockText.value.plan
  const answer = useSignal<string | null>(null)
  const isMissing = useSignal(false)
  const submit = () => {
    isMissing.value = answer.value === null
    if (answer.value === null) document.getElementById(FIELD)?.focus()
    else onChosen(answer.value === 'yes')
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy.on) submit()
      }}
    >
      <p>{words.text}</p>
      <p>{words.textNo}</p>
      {standing.value !== 'paired' && <p>{words.alone}</p>}
      {now !== null && <p class="quiet">{words.now(now)}</p>}
      <ChoiceGroup
        id={FIELD}
        label={words.question}
        error={isMissing.value ? words.choose : undefined}
        options={[
          ['yes', words.yes],
          ['no', words.no],
        ]}
        chosen={answer.value === null ? [] : [answer.value]}
        onChange={([chosen]) => (answer.value = chosen ?? null)}
      />
      <Button kind="primary" type="submit" wide busy={busy.on}>
        {busy.on ? busy.words : button}
      </Button>
    </form>
  )
}
