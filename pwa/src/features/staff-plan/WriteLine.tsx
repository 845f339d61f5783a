import { useSignal } from '@preact/signals'
import type { PlanLine, Section } from '../../api/plan.ts'
import { writePlanLine } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { PlanEdit, SharedLine } from '../../api/staffTypes'
import { sectionWords } from '../../text/sections'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { SelectField } from '../../ui/Choices'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { newIdentifier } from '../../ui/identifier'
import { changedLine, newLine, SECTIONS, wrongWords } from './lines'

interface WriteProps {
  citizenId: string
  onKept: (line: PlanLine) => void
}

/** Nothing was kept in the plan; the words are with the refused ones. */
class NotKept extends Error {}

async function send(citizenId: string, edit: PlanEdit, onKept: (line: PlanLine) => void): Promise<void> {
  const { result, line } = await writePlanLine(citizenId, edit)
  if (!line || result.startsWith('rejected')) throw new NotKept()
  onKept(line)
  sayDone(staffText().saved)
}

function explainKept(error: unknown) {
  const text = staffText()
  return error instanceof NotKept ? { message: text.plan.refused.gone, kept: true } : explain(error, text)
}

function wrong(values: { text: string; phone?: string }): Record<string, string> {
  const { problem, plan } = staffText()
  return wrongWords(values, { required: problem.required, tooLong: plan.tooLong, phoneWrong: plan.phoneWrong })
}

/** A line that the two write together. */
export function AddLine({ citizenId, lines, onKept }: WriteProps & { lines: readonly SharedLine[] }) {
  const text = staffText()
  const fresh = () => ({ id: newIdentifier(), mutation: newIdentifier(), section: SECTIONS[0] as string, text: '', phone: '' })
  const form = useForm({
    key: `plan-line:${citizenId}`,
    initial: fresh,
    check: wrong,
    send: async ({ id, mutation, section, text: words, phone }) => {
      await send(citizenId, newLine(lines, id, mutation, { section: section as Section, text: words, phone }), onKept)
      form.reset({ ...fresh(), section })
    },
    explain: explainKept,
  })
  return (
    <section>
      <h2>{text.plan.add}</h2>
      <FormFrame
        form={form}
        labels={{ section: text.plan.section, text: text.plan.text, phone: text.plan.phone }}
        summary={text.problem.summary}
        submit={text.plan.submit}
      >
        <SelectField
          id="section"
          label={text.plan.section}
          options={SECTIONS.map((section) => [section, sectionWords(section).name] as const)}
          value={form.values.section}
          onChange={(value) => form.set('section', value)}
        />
        <TextField
          id="text"
          label={text.plan.text}
          hint={text.plan.addHint}
          error={form.trouble.fields?.['text']}
          value={form.values.text}
          onInput={(value) => form.set('text', value)}
        />
        <TextField
          id="phone"
          type="tel"
          label={`${text.plan.phone} (${text.optional})`}
          error={form.trouble.fields?.['phone']}
          value={form.values.phone}
          onInput={(value) => form.set('phone', value)}
        />
      </FormFrame>
    </section>
  )
}

/** Folded away until somebody wants to change the words. */
export function ChangeLine(props: WriteProps & { line: PlanLine }) {
  const text = staffText().plan
  const isOpen = useSignal(false)
  const words = props.line.text[0]?.value ?? ''
  if (isOpen.value) return <ChangeForm {...props} onDone={() => (isOpen.value = false)} />
  return (
    <Button kind="quiet" label={text.changeNamed(words)} onClick={() => (isOpen.value = true)}>
      {text.change}
    </Button>
  )
}

function ChangeForm({ citizenId, line, onKept, onDone }: WriteProps & { line: PlanLine; onDone: () => void }) {
  const text = staffText()
  const field = `text-${line.id}`
  const form = useForm({
    key: `plan-line:${line.id}`,
    initial: () => ({ mutation: newIdentifier(), text: line.text[0]?.value ?? '', seen: line.text.map((each) => each.version) }),
    check: wrong,
    send: async ({ mutation, text: words, seen }) => {
      await send(citizenId, changedLine(line, mutation, words, seen), onKept)
      onDone()
    },
    explain: explainKept,
  })
  return (
    <FormFrame
      form={form}
      labels={{ text: text.plan.text }}
      controls={{ text: field }}
      summary={text.problem.summary}
      submit={text.plan.submitChange}
    >
      <TextField
        id={field}
        label={text.plan.text}
        hint={text.plan.addHint}
        error={form.trouble.fields?.['text']}
        value={form.values.text}
        onInput={(value) => form.set('text', value)}
      />
    </FormFrame>
  )
}
