import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { replaceDeskCode } from '../../api/crisisLine.ts'
import { Unreachable } from '../../api/client.ts'
import { keepDeskCode } from '../../offline/desk-code.ts'
import { withPatience } from '../../offline/forget.ts'
import { records, refresh } from '../../offline/phone.ts'
import { sharingChoices } from '../../offline/plan-store.ts'
import { crisisLineText } from '../../text/crisisLine.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { explain } from '../trouble.ts'
import { inHalves, spell } from './spelling.ts'

/** The code as large as the screen allows, and each sign with its word. */
function Code({ code }: { code: string }) {
  const words = crisisLineText.value.code
  return (
    <>
      <p class="desk-code">
        <span class="visually-hidden">
          {words.label}: {[...code].join(' ')}
        </span>
        <span aria-hidden="true">{inHalves(code)}</span>
      </p>
      <h2>{words.aloud}</h2>
      <ul class="spoken">
        {spell(code, words.spoken).map(({ sign, word }, place) => (
          <li key={place}>
            <strong>{sign}</strong> {word}
          </li>
        ))}
      </ul>
    </>
  )
}

/** What the code opens: nothing by itself. */
function Means() {
  const words = crisisLineText.value.code
  const isShared = sharingChoices.value.some((each) => each.purpose === 'crisis-line' && each.given)
  return (
    <>
      <p>{isShared ? words.shared : words.notShared}</p>
      <p>
        <a class="way-on" href="/min-plan/deling">
          {words.sharing}
        </a>
      </p>
      <p class="quiet">{words.needless}</p>
    </>
  )
}

/** The server may have made a new one before its answer was lost; the next pull brings whichever holds. */
function saidAfter(error: unknown): string {
  const words = crisisLineText.value.code
  if (error instanceof Unreachable) return words.unsure
  return explain(error, text.value.trouble) ?? text.value.trouble.server
}

function Replace({ onNew }: { onNew: (code: string) => void }) {
  const words = crisisLineText.value.code
  const isAsking = useSignal(false)
  const isBusy = useSignal(false)
  const said = useSignal('')
  const replace = async () => {
    const whose = records.value.profile?.id
    isBusy.value = true
    try {
      const { code } = await replaceDeskCode()
      onNew(code)
      if (whose) await keepDeskCode(whose, code)
      // What was asked for before may bring the old one once more.
      await withPatience(refresh())
      said.value = words.replaced
    } catch (error) {
      said.value = saidAfter(error)
      void refresh()
    }
    isBusy.value = false
    isAsking.value = false
  }
  return (
    <>
      <p role="status">{said.value}</p>
      <Button onClick={() => (isAsking.value = true)}>{words.replace}</Button>
      {isAsking.value && (
        <Dialog open heading={words.replaceHeading} onClose={() => (isAsking.value = false)}>
          <p>{words.replaceText}</p>
          <div class="button-row">
            <Button kind="primary" busy={isBusy.value} onClick={() => void replace()}>
              {words.replaceYes}
            </Button>
            <Button onClick={() => (isAsking.value = false)}>{words.replaceNo}</Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

/** The code by which the crisis line finds a person who calls: the last one that the phone has heard, also offline. */
export function DeskCodePage() {
  const words = crisisLineText.value.code
  const kept = records.value.profile?.desk_code ?? null
  const made = useSignal<{ code: string; instead: string | null } | null>(null)
  // What the next pull brings is newer than what was made here.
  const code = made.value?.instead === kept ? made.value.code : kept
  useEffect(() => void refresh(), [])
  return (
    <Page heading={words.heading}>
      <p>{words.what}</p>
      {code ? <Code code={code} /> : <p role="status">{words.missing}</p>}
      <Means />
      <Replace onNew={(fresh) => (made.value = { code: fresh, instead: kept })} />
    </Page>
  )
}
