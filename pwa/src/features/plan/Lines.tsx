import type { PlanLine, PlanVersion } from '../../offline/plan-store.ts'
import { planText } from '../../text/plan.ts'
import { authorOf, numbersOf, telephone } from './words.ts'

/** One text of a line; who wrote it is said when it was not the person alone. */
function Words({ version, isOneOfMany }: { version: PlanVersion; isOneOfMany: boolean }) {
  const words = planText.value
  const isWorthSaying = isOneOfMany || version.author === 'staff'
  return (
    <>
      <p class="own-words">{version.value}</p>
      {isWorthSaying && <p class="quiet">{authorOf(version, words.by)}</p>}
    </>
  )
}

/** Every number of a line, ready to call. */
export function Numbers({ line, big = false }: { line: PlanLine; big?: boolean }) {
  const words = planText.value
  return (
    <>
      {numbersOf(line).map((number) => (
        <p key={number}>
          <a class={big ? 'button button-primary button-wide' : 'phone-link'} href={telephone(number)}>
            {words.call(number)}
          </a>
        </p>
      ))}
    </>
  )
}

/** A line as it stands: all its texts, all its numbers. */
export function LineWords({ line, big = false }: { line: PlanLine; big?: boolean }) {
  const texts = line.text.filter((each) => each.value)
  return (
    <>
      {texts.map((version) => (
        <Words key={version.version} version={version} isOneOfMany={texts.length > 1} />
      ))}
      <Numbers line={line} big={big} />
    </>
  )
}

/** Said where a line stands in two versions, or came back: calmly, with a way to choose. */
export function LineState({ line }: { line: PlanLine }) {
  const words = planText.value
  const isTwofold = line.text.length > 1 || line.phone.length > 1
  if (!isTwofold && !line.restored) return null
  return (
    <p class="quiet no-print">
      {line.text.length > 1 && `${words.both.text} `}
      {line.phone.length > 1 && `${words.both.phone} `}
      {line.restored && `${words.line.restored} `}
      <a href={`/min-plan/linje/${line.id}`}>{isTwofold ? words.both.choose : words.section.openShort}</a>
    </p>
  )
}
