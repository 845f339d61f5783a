import { planText } from '../../text/plan.ts'
import { ChoiceGroup } from '../../ui/Choices.tsx'

export const WHOSE_PLAN = 'whose-plan'

interface WhosePlanProps {
  /** Null: not answered. */
  isOwn: boolean | null
  error: string | undefined
  onAnswer: (isOwn: boolean) => void
}

/** Somebody's plan lies here, on a phone that was never connected: it joins nobody who was not asked. */
export function WhosePlan({ isOwn, error, onAnswer }: WhosePlanProps) {
  const words = planText.value.whose
  return (
    <>
      <p>{words.text}</p>
      <ChoiceGroup
        id={WHOSE_PLAN}
        label={words.question}
        error={error}
        options={[
          ['yes', words.yes],
          ['no', words.no],
        ]}
        chosen={isOwn === null ? [] : [isOwn ? 'yes' : 'no']}
        onChange={([chosen]) => onAnswer(chosen === 'yes')}
      />
    </>
  )
}
