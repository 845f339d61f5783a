import { useState } from 'preact/hooks'
import { markDeceased, pauseReminders, type PauseReason, resumeReminders, takeDeathBack } from '../../api/staffChannels'
import { explain } from '../../api/staffProblems'
import type { Citizen } from '../../api/staffTypes'
import { channelsText } from '../../text/channels'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { SelectField } from '../../ui/Choices'
import { sayDay } from '../../ui/days'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { Notice } from '../../ui/Notice'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { endOfPause } from './agreement'
import { WithCitizen } from './WithCitizen'

const REASONS: readonly PauseReason[] = ['hospital', 'arrest', 'break', 'other']

interface StandingProps {
  words: string
  undo: string
  done: string
  act: () => Promise<void>
}

/** Something that stands about the person, and one tap to take it back. */
function Standing({ words, undo, done, act }: StandingProps) {
  const [trouble, setTrouble] = useState('')
  const [busy, setBusy] = useState(false)
  const takeBack = async () => {
    setBusy(true)
    try {
      await act()
      sayDone(done)
    } catch (error) {
      setTrouble(explain(error, staffText()).message ?? staffText().problem.other)
    }
    setBusy(false)
  }
  return (
    <>
      <p>{words}</p>
      {trouble && <Notice>{trouble}</Notice>}
      <p>
        <Button busy={busy} onClick={() => void takeBack()}>
          {undo}
        </Button>
      </p>
    </>
  )
}

/** Whether anything is sent to the person at all: a pause, a death, and the ways to say so. */
export function Quiet({ citizen }: { citizen: Citizen }) {
  const { pause, death } = channelsText()
  const day = (instant: string) => sayDay(instant, language.value, new Date())
  const { staff_paused_until: until, staff_pause_reason: reason } = citizen.reminders ?? {}
  const page = `/staff/people/${citizen.id}`
  if (citizen.deceased_at) {
    const words = death.standing(day(citizen.deceased_at))
    return <Standing words={words} undo={death.undo} done={death.undone} act={() => takeDeathBack(citizen.id)} />
  }
  return (
    <>
      {until && reason ? (
        <Standing
          words={pause.standing(day(until), pause.reasons[reason].toLocaleLowerCase(language.value))}
          undo={pause.end}
          done={staffText().saved}
          act={() => resumeReminders(citizen.id)}
        />
      ) : (
        <p>
          <a class="way-out" href={`${page}/pause`}>{pause.start}</a>
        </p>
      )}
      <p>
        <a class="way-out" href={`${page}/death`}>{death.link}</a>
      </p>
    </>
  )
}

/** Sends the person nothing for a while. */
export function PauseReminders({ citizenId }: { citizenId: string }) {
  return <WithCitizen citizenId={citizenId}>{(citizen) => <PauseForm citizenId={citizenId} alias={citizen.alias} />}</WithCitizen>
}

function PauseForm({ citizenId, alias }: { citizenId: string; alias: string }) {
  const text = staffText()
  const { pause } = channelsText()
  const page = `/staff/people/${citizenId}`
  const form = useForm({
    key: `pause:${citizenId}`,
    initial: () => ({ until: '', reason: '' }),
    check: (values): Record<string, string> => ({
      ...(endOfPause(values.until, new Date()) ? {} : { until: channelsText().pause.untilWrong }),
      ...(values.reason ? {} : { reason: channelsText().pause.reasonMissing }),
    }),
    send: async (values) => {
      await pauseReminders(citizenId, endOfPause(values.until, new Date()) ?? '', values.reason as PauseReason)
      sayDone(channelsText().pause.done)
      navigate(page, { replace: true })
    },
    explain: (error) => explain(error, staffText(), { until: pause.untilWrong }),
  })
  return (
    <section class="page">
      <PageHeading>{pause.title(alias)}</PageHeading>
      <p>{pause.text}</p>
      <FormFrame
        form={form}
        labels={{ until: pause.until, reason: pause.reason }}
        summary={text.problem.summary}
        submit={pause.submit}
        cancel={{ href: page, label: text.cancel }}
      >
        <TextField
          id="until"
          type="date"
          label={pause.until}
          error={form.trouble.fields?.['until']}
          value={form.values.until}
          onInput={(value) => form.set('until', value)}
        />
        <SelectField
          id="reason"
          label={pause.reason}
          error={form.trouble.fields?.['reason']}
          options={[['', pause.choose], ...REASONS.map((each) => [each, pause.reasons[each]] as const)]}
          value={form.values.reason}
          onChange={(value) => form.set('reason', value)}
        />
      </FormFrame>
    </section>
  )
}

/** A plain question before nothing is sent any more. */
export function MarkDeceased({ citizenId }: { citizenId: string }) {
  return <WithCitizen citizenId={citizenId}>{(citizen) => <DeathForm citizenId={citizenId} alias={citizen.alias} />}</WithCitizen>
}

function DeathForm({ citizenId, alias }: { citizenId: string; alias: string }) {
  const text = staffText()
  const { death } = channelsText()
  const page = `/staff/people/${citizenId}`
  const form = useForm({
    key: `death:${citizenId}`,
    initial: () => ({}),
    send: async () => {
      await markDeceased(citizenId)
      sayDone(channelsText().death.done)
      navigate(page, { replace: true })
    },
    explain: (error) => explain(error, staffText()),
  })
  return (
    <section class="page">
      <PageHeading>{death.title(alias)}</PageHeading>
      <p>{death.text}</p>
      <FormFrame form={form} labels={{}} summary={text.problem.summary} submit={death.confirm} cancel={{ href: page, label: text.cancel }}>
        {null}
      </FormFrame>
    </section>
  )
}
