import { explain } from '../../api/staffProblems'
import { askSupport, listSupport, recordSupport, type SupportAnswer, type SupportResult, type SupportRow } from '../../api/staffDeskWork'
import { deskText } from '../../text/desk'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { ChoiceGroup, SelectField } from '../../ui/Choices'
import { sayTime } from '../../ui/days'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { useResource } from '../../ui/resource'
import type { listChoices } from './contactChoices'

const ANSWERS: readonly SupportAnswer[] = ['visit', 'call', 'no']
const RESULTS: readonly SupportResult[] = ['given', 'not-reached', 'declined']

type Contacts = Awaited<ReturnType<typeof listChoices>>

/** Asked anew every evening: what a person wants this one night, and what became of it. */
export function Support({ contacts }: { contacts: Contacts }) {
  const words = deskText().places
  const found = useResource('desk:support', 0, listSupport)
  const rows = found.data?.items ?? []
  return (
    <section aria-labelledby="desk-support">
      <h2 id="desk-support">{words.support}</h2>
      <p class="quiet">{words.supportLead}</p>
      {found.data && rows.length === 0 && <p class="empty">{words.supportEmpty}</p>}
      <ul class="desk-nights" role="list">
        {rows.map((row) => (
          <Asked key={row.support.id} row={row} contacts={contacts} reload={found.reload} />
        ))}
      </ul>
      {contacts.length > 0 && <Ask contacts={contacts} reload={found.reload} />}
    </section>
  )
}

function Asked({ row: { support, alias }, contacts, reload }: { row: SupportRow; contacts: Contacts; reload: () => void }) {
  const words = deskText().places
  const name = alias ?? contacts.find(([id]) => id === support.contact_id)?.[1] ?? deskText().lists.nameless
  const time = support.wanted_at ? `, ${words.at(sayTime(support.wanted_at, language.value))}` : ''
  const record = (result: SupportResult) =>
    void recordSupport(support.id, support.version, result)
      .then(
        () => sayDone(words.saved),
        (error: unknown) => sayDone(explain(error, staffText()).message ?? ''),
      )
      .finally(reload)
  return (
    <li>
      <div>
        <strong>{name}</strong>
        <p>
          {words.answers[support.answer]}
          {time}
        </p>
        {support.result && <p class="quiet">{words.results[support.result]}</p>}
      </div>
      {support.answer !== 'no' && !support.result && (
        <div class="desk-steps">
          {RESULTS.map((result) => (
            <Button key={result} kind="quiet" label={words.resultNamed(words.results[result], name)} onClick={() => record(result)}>
              {words.results[result]}
            </Button>
          ))}
        </div>
      )}
    </li>
  )
}

function Ask({ contacts, reload }: { contacts: Contacts; reload: () => void }) {
  const text = staffText()
  const words = deskText().places
  const form = useForm({
    key: 'desk-support',
    initial: () => ({ contact: '', answer: '', at: '' }),
    check: ({ contact, answer }) => ({
      ...(!contact && { contact: deskText().places.pickContact }),
      ...(!answer && { answer: deskText().places.pickAnswer }),
    }),
    send: async ({ contact, answer, at }) => {
      const wanted_at = answer === 'no' ? null : at || null
      await askSupport({ contact_id: contact, answer: answer as SupportAnswer, wanted_at })
      sayDone(deskText().places.saved)
      form.reset({ contact: '', answer: '', at: '' })
      reload()
    },
    explain: (error) => explain(error, staffText()),
  })
  const { values, set, trouble } = form
  return (
    <FormFrame
      form={form}
      labels={{ contact: words.contact, answer: words.answer, at: words.wantedAt }}
      controls={{ contact: 'support-contact', answer: 'support-answer', at: 'support-at' }}
      summary={text.problem.summary}
      submit={words.ask}
    >
      <SelectField
        id="support-contact"
        label={words.contact}
        error={trouble.fields?.['contact']}
        options={[['', words.pickContact], ...contacts]}
        value={values.contact}
        onChange={(contact) => set('contact', contact)}
      />
      <ChoiceGroup
        id="support-answer"
        label={words.answer}
        error={trouble.fields?.['answer']}
        options={ANSWERS.map((answer) => [answer, words.answers[answer]])}
        chosen={[values.answer]}
        onChange={([answer]) => set('answer', answer ?? '')}
      />
      {values.answer !== 'no' && (
        <TextField id="support-at" type="time" label={words.wantedAt} hint={words.wantedHint} value={values.at} onInput={(at) => set('at', at)} />
      )}
    </FormFrame>
  )
}
