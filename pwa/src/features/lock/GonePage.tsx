import { choices } from '../../offline/phone.ts'
import { planLines } from '../../offline/plan-store.ts'
import { putAwayGivenUp } from '../../offline/locking.ts'
import { lockText } from '../../text/lock.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { navigate } from '../../ui/navigation.ts'
import { Page } from '../../ui/Page.tsx'

/** Said once, after what was locked has gone: what that means, and how to go on. */
export function GonePage() {
  const words = lockText.value.gone
  const wasPaired = choices.value['was_paired'] !== undefined
  const hasPlan = planLines.value.length > 0
  const goTo = async (place: string) => {
    await putAwayGivenUp()
    navigate(place)
  }
  return (
    <Page heading={words.heading}>
      <p>{words.what}</p>
      <p>{words.why}</p>
      {wasPaired && <p>{words.stillSaved}</p>}
      {wasPaired && <p>{words.noReminders}</p>}
      {hasPlan && <p>{words.planStays}</p>}
      {wasPaired && (
        <Button kind="primary" wide onClick={() => void goTo('/par')}>
          {words.haveCode}
        </Button>
      )}
      {hasPlan && (
        <Button wide onClick={() => void goTo('/min-plan')}>
          {text.value.home.openPlan}
        </Button>
      )}
      <Button kind={wasPaired ? 'quiet' : 'primary'} wide onClick={() => void goTo('/')}>
        {words.home}
      </Button>
    </Page>
  )
}
