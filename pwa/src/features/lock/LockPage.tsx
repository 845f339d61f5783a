import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { hidePlan, lockState, planOpen, showPlanAlone } from '../../offline/held.ts'
import { unlock } from '../../offline/locking.ts'
import { lockText } from '../../text/lock.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { navigate, path } from '../../ui/navigation.ts'
import { Page } from '../../ui/Page.tsx'
import { AskPin } from './AskPin.tsx'
import { Forgot } from './Forgot.tsx'
import { ForgetPhone } from './ForgetPhone.tsx'
import { askedFor } from './asked.ts'

/** The way to the plan, for somebody who wants it to open without a code. */
function OpenPlan() {
  const words = lockText.value.locked
  const isMissing = useSignal(false)
  const open = async () => {
    isMissing.value = !(await showPlanAlone().catch(() => false))
    if (isMissing.value) return
    askedFor.value = path.value
    navigate('/min-plan')
  }
  return (
    <>
      <Button wide onClick={() => void open()}>
        {words.openPlan}
      </Button>
      <p role="status">
        {isMissing.value && (
          <>
            {words.planMissing} <a href="/hjaelp">{text.value.help}</a>
          </>
        )}
      </p>
    </>
  )
}

function Stuck() {
  const words = lockText.value.locked
  return (
    <Notice>
      <p>{words.stuck}</p>
      <Button onClick={() => location.reload()}>{words.again}</Button>
      <p>{words.stuckForget}</p>
      <ForgetPhone isConnected={null} />
    </Notice>
  )
}

/** What is shown in place of every page that holds something of the person. */
export function LockPage() {
  const words = lockText.value.locked
  const hasForgotten = useSignal(false)
  useEffect(hidePlan, [])
  if (hasForgotten.value) return <Forgot onBack={() => (hasForgotten.value = false)} />
  const isStuck = lockState.value === 'stuck'
  return (
    <Page heading={words.heading}>
      {isStuck ? <Stuck /> : <AskPin label={words.code} button={words.unlock} busy={words.unlocking} attempt={unlock} />}
      {!isStuck && planOpen.value && <OpenPlan />}
      {!isStuck && (
        <Button kind="quiet" onClick={() => (hasForgotten.value = true)}>
          {words.forgot}
        </Button>
      )}
      <ul class="link-list">
        <li>
          <a href="/aabningstider">{words.services}</a>
        </li>
        <li>
          <a href="/hurtigt-vaek">{words.leaving}</a>
        </li>
      </ul>
    </Page>
  )
}
