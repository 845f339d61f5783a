import { useEffect, useState } from 'preact/hooks'
import { explain } from '../../api/staffProblems'
import { type CurrentShift, endShift, getShift, keepShift } from '../../api/staffDeskWork'
import { deskText } from '../../text/desk'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { sayWhen } from '../../ui/days'
import { Checkbox, Field, fieldAttributes } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { Away } from './Away'

const LONGEST_NOTE = 4000
const say = (instant: string) => sayWhen(instant, language.value, new Date())

/** Who is at work, what the last shifts wrote, and what the next one must know. */
export function ShiftPage() {
  const text = staffText()
  const words = deskText().shift
  const found = useResource('desk:shift', 0, getShift)
  return (
    <section class="page">
      <PageHeading>{words.title}</PageHeading>
      <Away />
      {found.data ? (
        <Known current={found.data} reload={found.reload} />
      ) : (
        <LoadState
          loading={text.loading}
          trouble={found.error ? explain(found.error, text).message : undefined}
          retry={{ label: text.problem.retry, act: found.reload }}
        />
      )}
    </section>
  )
}

function Known({ current, reload }: { current: CurrentShift; reload: () => void }) {
  const words = deskText().shift
  return (
    <>
      <h2>{words.handovers}</h2>
      {current.handovers.length === 0 && <p class="empty">{words.none}</p>}
      {current.handovers.map((handover) => (
        <figure class="card desk-handover" key={handover.at}>
          <figcaption class="quiet">{words.from(handover.name, say(handover.at))}</figcaption>
          <p class="desk-shift-line">{handover.note}</p>
        </figure>
      ))}
      <h2>{words.here}</h2>
      {current.colleagues.length === 0 && <p class="empty">{words.nobody}</p>}
      <ul class="desk-rows" role="list">
        {current.colleagues.map((one) => (
          <li key={one.name + one.started_at}>{one.on_the_road ? words.onRoad(one.name) : words.atDesk(one.name)}</li>
        ))}
      </ul>
      <Mine current={current} reload={reload} />
    </>
  )
}

/** Does it, says what became of it, and looks again. */
function useSteps(reload: () => void): { busy: boolean; take: (step: () => Promise<unknown>, said: string) => void } {
  const [busy, setBusy] = useState(false)
  const take = (step: () => Promise<unknown>, said: string) => {
    setBusy(true)
    step()
      .then(
        () => sayDone(said),
        (error: unknown) => sayDone(explain(error, staffText()).message ?? ''),
      )
      .finally(() => {
        setBusy(false)
        reload()
      })
  }
  return { busy, take }
}

function Mine({ current: { shift }, reload }: { current: CurrentShift; reload: () => void }) {
  const words = deskText().shift
  const saved = staffText().saved
  const { busy, take } = useSteps(reload)
  // What was just ticked stands at once, until what we know of the shift says the same, or it was refused.
  const [onTheRoad, setOnTheRoad] = useState<boolean | null>(null)
  useEffect(() => setOnTheRoad(null), [shift?.on_the_road])
  if (!shift) {
    return (
      <Button kind="primary" busy={busy} onClick={() => take(() => keepShift({}), saved)}>
        {words.begin}
      </Button>
    )
  }
  return (
    <>
      <p>{words.began(say(shift.started_at))}</p>
      <Checkbox
        id="on-the-road"
        label={words.road}
        hint={words.roadHint}
        checked={onTheRoad ?? shift.on_the_road}
        onChange={(on_the_road) => {
          setOnTheRoad(on_the_road)
          const refused = (error: unknown) => {
            setOnTheRoad(null)
            throw error
          }
          take(() => keepShift({ on_the_road }).catch(refused), saved)
        }}
      />
      <Note
        note={shift.handover_note ?? ''}
        shiftId={shift.id}
        busy={busy}
        reload={reload}
        end={(handover_note, kept) => take(() => endShift({ handover_note }).then(kept), words.ended)}
      />
    </>
  )
}

interface NoteProps {
  note: string
  shiftId: string
  busy: boolean
  reload: () => void
  /** Ends the shift with what stands in the field, saved or not. */
  end: (note: string | null, kept: () => void) => void
}

function Note({ note, shiftId, busy, reload, end }: NoteProps) {
  const text = staffText()
  const words = deskText().shift
  const form = useForm({
    key: `desk-shift:${shiftId}`,
    initial: () => ({ note }),
    send: async (values) => {
      await keepShift({ handover_note: values.note.trim() || null })
      sayDone(text.saved)
      reload()
    },
    explain: (error) => explain(error, staffText()),
  })
  const field = { id: 'handover', label: words.note, hint: `${words.noteHint} ${words.lead}` }
  return (
    <>
      <FormFrame form={form} labels={{ note: words.note }} controls={{ note: 'handover' }} summary={text.problem.summary} submit={words.submit}>
        <Field {...field}>
          <textarea
            {...fieldAttributes(field)}
            class="form-input form-text"
            rows={4}
            maxLength={LONGEST_NOTE}
            value={form.values.note}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => form.set('note', event.currentTarget.value)}
          />
        </Field>
      </FormFrame>
      <Button kind="quiet" busy={busy} onClick={() => end(form.values.note.trim() || null, form.drop)}>
        {words.end}
      </Button>
    </>
  )
}
