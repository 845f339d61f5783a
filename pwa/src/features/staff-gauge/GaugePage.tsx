import { fetchGauge, type Gauge, type Load, setEmployment, setFigure } from '../../api/staffConsole'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { staffConsoleText } from '../../text/staffConsole'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { sayNobody, wholeNumber } from './numbers'

/** The manager's page: the centre's own figure, and how many people each contact person has. */
export function GaugePage() {
  const text = staffText()
  const words = staffConsoleText().gauge
  const found = useResource('gauge', 0, fetchGauge)
  return (
    <section class="page">
      <PageHeading>{words.title}</PageHeading>
      <p class="quiet">{words.lead}</p>
      {found.data ? (
        <>
          <FigureForm gauge={found.data} onSaved={() => void found.reload()} />
          <h2 class="gauge-each">{words.each}</h2>
          <p class="quiet">{words.eachHint}</p>
          {found.data.items.length === 0 && <p class="empty">{sayNobody(found.data.figure, words)}</p>}
          {found.data.items.map((load) => (
            <LoadEntry key={`${load.staff_id}:${load.percent}`} load={load} onSaved={() => void found.reload()} />
          ))}
        </>
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

function FigureForm({ gauge, onSaved }: { gauge: Gauge; onSaved: () => void }) {
  const text = staffText()
  const words = staffConsoleText().gauge
  const form = useForm({
    key: 'caseload-figure',
    initial: () => ({ figure: gauge.figure === null ? '' : String(gauge.figure) }),
    check: ({ figure }) => (figure.trim() === '' || wholeNumber(figure, 200) ? {} : { figure: words.wrong }),
    send: async ({ figure }) => {
      await setFigure(wholeNumber(figure, 200))
      sayDone(staffText().saved)
      onSaved()
    },
    explain: (error) => explain(error, staffText(), { figure: words.wrong }),
  })
  return (
    <FormFrame form={form} labels={{ figure: words.figure }} summary={text.problem.summary} submit={text.save}>
      <TextField
        id="figure"
        label={words.figure}
        hint={words.figureHint}
        error={form.trouble.fields?.['figure']}
        value={form.values.figure}
        inputAttributes={{ inputMode: 'numeric', maxLength: 3 }}
        onInput={(value) => form.set('figure', value)}
      />
    </FormFrame>
  )
}

function LoadEntry({ load, onSaved }: { load: Load; onSaved: () => void }) {
  const text = staffText()
  const words = staffConsoleText().gauge
  const field = `percent-${load.staff_id}`
  const form = useForm({
    key: `employment:${load.staff_id}`,
    initial: () => ({ percent: String(load.percent) }),
    check: ({ percent }) => (wholeNumber(percent, 100) ? {} : { percent: words.percentWrong }),
    send: async ({ percent }) => {
      await setEmployment(load.staff_id, wholeNumber(percent, 100) ?? 100)
      sayDone(staffText().saved)
      onSaved()
    },
    explain: (error) => explain(error, staffText(), { percent: words.percentWrong }),
  })
  return (
    <section class="card" aria-label={load.name}>
      <p>
        <strong>{load.name}</strong> {words.own(load.cases, load.figure)}
      </p>
      <details class="more">
        <summary>{words.percent(load.name)}</summary>
        <FormFrame
          form={form}
          labels={{ percent: words.percent(load.name) }}
          controls={{ percent: field }}
          summary={text.problem.summary}
          submit={words.savePercent}
        >
          <TextField
            id={field}
            label={words.percent(load.name)}
            error={form.trouble.fields?.['percent']}
            value={form.values.percent}
            inputAttributes={{ inputMode: 'numeric', maxLength: 3 }}
            onInput={(value) => form.set('percent', value)}
          />
        </FormFrame>
      </details>
    </section>
  )
}
