import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Citizen } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { differences, type Edited } from './edit'

interface TwoVersionsProps {
  theirs: Citizen
  edited: Edited
  onKeepMine: () => void
  onKeepTheirs: () => void
}

/** What you wrote beside what it says now; nothing is chosen for you. */
export function TwoVersions({ theirs, edited, onKeepMine, onKeepTheirs }: TwoVersionsProps) {
  const text = staffText()
  const { both } = text.person
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => box.current?.focus(), [])
  return (
    <div role="alert" tabIndex={-1} ref={box}>
      <h2>{both.title}</h2>
      <p>{text.problem.stale}</p>
      {differences(theirs, edited, text).map((field) => (
        <section class="card" key={field.label}>
          <h3 class="card-heading">{field.label}</h3>
          <dl class="facts">
            <div>
              <dt>{both.yours}</dt>
              <dd>{field.yours}</dd>
            </div>
            <div>
              <dt>{both.theirs}</dt>
              <dd>{field.theirs}</dd>
            </div>
          </dl>
        </section>
      ))}
      <div class="form-actions">
        <Button kind="primary" onClick={onKeepMine}>
          {both.keepYours}
        </Button>
        <Button onClick={onKeepTheirs}>{both.keepTheirs}</Button>
      </div>
    </div>
  )
}
