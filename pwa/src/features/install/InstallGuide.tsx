import { answerForGood, choices } from '../../offline/phone.ts'
import { isShared } from '../../offline/shared.ts'
import { reminderState } from '../../push/reminders.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Page } from '../../ui/Page.tsx'
import { ShareIcon } from '../../ui/icons.tsx'
import { install, installWay } from './install.ts'

/** The way for an iPhone, with the sign to look for. */
export function AppleSteps() {
  const words = text.value.install
  return (
    <>
      <ol class="steps">
        {words.appleSteps.map((step, index) => (
          <li key={step}>
            {step} {index === 0 && <ShareIcon />}
          </li>
        ))}
      </ol>
      <p class="quiet">{words.appleCode}</p>
    </>
  )
}

function Way() {
  const words = text.value.install
  const way = installWay()
  if (way === 'installed') return <p role="status">{words.done}</p>
  if (way === 'apple') return <AppleSteps />
  if (way === 'prompt')
    return (
      <Button kind="primary" wide onClick={() => void install()}>
        {words.button}
      </Button>
    )
  return (
    <ol class="steps">
      {words.otherSteps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  )
}

/** How to put the app on the phone. */
export function InstallPage() {
  const words = text.value.install
  return (
    <Page heading={words.heading}>
      <p>{words.why}</p>
      <Way />
    </Page>
  )
}

const ANSWERED = 'install_answered'

/** A hint on the first page, until the person has seen to it or said not now. */
export function InstallHint() {
  const words = text.value.install
  const way = installWay()
  // On an iPhone the card about reminders shows the same steps.
  const isSaid = way === 'apple' && reminderState.value === 'install'
  if (isShared.value || way === 'installed' || way === 'menu' || isSaid || choices.value[ANSWERED]) return null
  return (
    <Card heading={words.heading}>
      <p>{words.why}</p>
      <Way />
      <Button kind="quiet" onClick={() => void answerForGood(ANSWERED)}>
        {words.notNow}
      </Button>
    </Card>
  )
}
