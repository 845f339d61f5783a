import { useSignal } from '@preact/signals'
import type { OwnChannel } from '../../api/citizen.ts'
import { ApiProblem } from '../../api/client.ts'
import { mustAskWhosePlan, needsCode, pairWith, standing } from '../../offline/phone.ts'
import { InUse } from '../../offline/shared.ts'
import { planText } from '../../text/plan.ts'
import { pairingText } from '../../text/pairing.ts'
import { text, type Text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { Checkbox, TextField } from '../../ui/Field.tsx'
import { navigate } from '../../ui/navigation.ts'
import { Page } from '../../ui/Page.tsx'
import { explain } from '../trouble.ts'
import { AfterLoss, channelsToAgree } from './AfterLoss.tsx'
import { readCode, showCode } from './code.ts'
import { canScan, Scanner } from './Scanner.tsx'
import { WHOSE_PLAN, WhosePlan } from './WhosePlan.tsx'

const FIELD = 'code'

interface Wrong {
  fieldId: typeof FIELD | typeof WHOSE_PLAN
  message: string
}

function reasonOf(error: unknown, words: Text): string {
  if (error instanceof InUse) return words.shared.inUse
  if (error instanceof ApiProblem && (error.status === 404 || error.status === 422)) return pairingText.value.invalid
  return explain(error, words.trouble) ?? words.trouble.server
}

function usePairing(initial: string | null, onPaired: (language: string) => Promise<void>) {
  const typed = useSignal(initial ? showCode(initial) : '')
  const error = useSignal<Wrong | null>(null)
  const isOwn = useSignal<boolean | null>(null)
  const isBusy = useSignal(false)
  const isOthers = useSignal(false)
  const connect = async () => {
    const code = readCode(typed.value)
    error.value = null
    if (code === null) {
      error.value = { fieldId: FIELD, message: pairingText.value.incomplete }
      return
    }
    if (mustAskWhosePlan.value && !isOthers.value && isOwn.value === null) {
      error.value = { fieldId: WHOSE_PLAN, message: planText.value.whose.choose }
      return
    }
    isBusy.value = true
    try {
      await onPaired((await pairWith(code, isOthers.value, isOwn.value ?? undefined)).language)
    } catch (problem) {
      error.value = { fieldId: FIELD, message: reasonOf(problem, text.value) }
    } finally {
      isBusy.value = false
    }
  }
  return { typed, error, isOwn, isBusy, isOthers, connect }
}

function AlreadyPaired() {
  const words = text.value
  return (
    <Page heading={pairingText.value.already}>
      <p>{pairingText.value.toSettings}</p>
      <p>
        <a class="way-on" href="/indstillinger">{words.more.settings}</a>
      </p>
    </Page>
  )
}

function CodeForm({ initial, onPaired }: { initial: string | null; onPaired: (language: string) => Promise<void> }) {
  const words = pairingText.value
  const { typed, error, isOwn, isBusy, isOthers, connect } = usePairing(initial, onPaired)
  const errorOf = (fieldId: Wrong['fieldId']) => (error.value?.fieldId === fieldId ? error.value.message : undefined)
  return (
    <form
      novalidate
      onSubmit={(event) => {
        event.preventDefault()
        void connect()
      }}
    >
      <ErrorSummary heading={words.errorHeading} errors={error.value ? [error.value] : []} />
      {initial && <p>{words.fromLink}</p>}
      <TextField
        id={FIELD}
        label={words.label}
        hint={words.hint}
        error={errorOf(FIELD)}
        value={typed.value}
        onInput={(value) => (typed.value = value)}
        inputAttributes={{ autocapitalize: 'characters', spellcheck: false, maxLength: 20 }}
      />
      <Checkbox
        id="shared"
        label={text.value.shared.notMine}
        hint={text.value.shared.hint}
        checked={isOthers.value}
        onChange={(on) => (isOthers.value = on)}
      />
      {mustAskWhosePlan.value && !isOthers.value && (
        <WhosePlan isOwn={isOwn.value} error={errorOf(WHOSE_PLAN)} onAnswer={(own) => (isOwn.value = own)} />
      )}
      <Button kind="primary" type="submit" wide busy={isBusy.value}>
        {isBusy.value ? words.connecting : words.connect}
      </Button>
    </form>
  )
}

/** Connects this phone with a code from the contact person: typed, scanned, or opened by the phone's own camera. */
export function Pairing({ initial, onPaired }: { initial: string | null; onPaired: (language: string) => void }) {
  const words = pairingText.value
  const scanned = useSignal(initial)
  const isScanning = useSignal(false)
  const isSettling = useSignal(false)
  const stopped = useSignal<OwnChannel[]>([])
  if (stopped.value.length > 0) return <AfterLoss channels={stopped.value} />
  if (standing.value === 'paired' && !needsCode.value && !isSettling.value) return <AlreadyPaired />
  return (
    <Page heading={text.value.pairing.heading}>
      <CodeForm
        key={scanned.value ?? ''}
        initial={scanned.value}
        onPaired={async (language) => {
          isSettling.value = true
          onPaired(language)
          stopped.value = await channelsToAgree()
          if (stopped.value.length === 0) navigate('/', true)
        }}
      />
      {isScanning.value && (
        <Scanner
          onClose={() => (isScanning.value = false)}
          onCode={(code) => {
            isScanning.value = false
            scanned.value = code
          }}
        />
      )}
      {canScan() && !isScanning.value && (
        <Button wide onClick={() => (isScanning.value = true)}>
          {words.scan}
        </Button>
      )}
      {!canScan() && <p class="quiet">{words.otherWay}</p>}
    </Page>
  )
}
