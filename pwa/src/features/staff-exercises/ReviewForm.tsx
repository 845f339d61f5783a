import { ApiProblem } from '../../api/client'
import { type OwnExercise, type Profession, PROFESSIONS, reviewExercise } from '../../api/staffExercises'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { staffExercisesText } from '../../text/staffExercises'
import { ChoiceGroup, SelectField } from '../../ui/Choices'
import { sayDone } from '../../ui/flash'
import { type Trouble, useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { WordsField } from '../staff-goals/WordsField'

const LONGEST = 2000

interface ReviewValues extends Record<string, string> {
  profession: string
  verdict: string
  remark: string
}

/** Why it could not be taken, where the reason is the reader or what happened meanwhile. */
function explainReview(error: unknown): Trouble {
  const words = staffExercisesText().own
  const code = error instanceof ApiProblem ? error.code : ''
  if (code === 'not-a-second-profession') return { message: words.notSecond }
  if (code === 'wrong-step') return { message: words.wrongStep }
  return explain(error, staffText())
}

function useReviewForm(own: OwnExercise) {
  return useForm<ReviewValues>({
    key: `review:${own.id}:${own.version}`,
    initial: () => ({ profession: '', verdict: '', remark: '' }),
    check: ({ profession, verdict }) => {
      const { required } = staffText().problem
      return { ...(!profession && { profession: required }), ...(!verdict && { approved: required }) }
    },
    send: async ({ profession, verdict, remark }) => {
      const said = { approved: verdict === 'yes', profession: profession as Profession, remark: remark.trim() || null }
      await reviewExercise(own.id, own.version, said)
      sayDone(staffText().saved)
    },
    explain: explainReview,
  })
}

/** What the second profession says of the very version on the screen. */
export function ReviewForm({ own }: { own: OwnExercise }) {
  const all = staffExercisesText()
  const words = all.own
  const form = useReviewForm(own)
  return (
    <section aria-labelledby="review-heading">
      <h2 id="review-heading">{words.review}</h2>
      <p>{words.reviewLead}</p>
      <FormFrame
        form={form}
        labels={{ profession: words.profession, approved: words.verdict, remark: words.remarkLabel }}
        summary={staffText().problem.summary}
        submit={words.reviewSubmit}
      >
        <SelectField
          id="profession"
          label={words.profession}
          error={form.trouble.fields?.['profession']}
          options={[['', staffText().care.choose], ...PROFESSIONS.map((each) => [each, all.professions[each]] as const)]}
          value={form.values.profession}
          onChange={(chosen) => form.set('profession', chosen)}
        />
        <ChoiceGroup
          id="approved"
          label={words.verdict}
          error={form.trouble.fields?.['approved']}
          options={[
            ['yes', words.verdicts.yes],
            ['no', words.verdicts.no],
          ]}
          chosen={[form.values.verdict]}
          onChange={([chosen]) => form.set('verdict', chosen ?? '')}
        />
        <WordsField
          id="remark"
          label={words.remarkLabel}
          error={form.trouble.fields?.['remark']}
          maxLength={LONGEST}
          value={form.values.remark}
          onInput={(value) => form.set('remark', value)}
        />
      </FormFrame>
    </section>
  )
}
