import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Pairing } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { QrPicture } from '../../ui/QrPicture'
import { clockFace, lifetime } from './countdown'

/** Milliseconds left, told each second; measured by a clock that nobody can set. */
function useRemaining(pairing: Pairing): number {
  const [left, setLeft] = useState(() => lifetime(pairing.expires_at, Date.now()))
  useEffect(() => {
    const until = performance.now() + lifetime(pairing.expires_at, Date.now())
    const tick = () => setLeft(until - performance.now())
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [pairing.code])
  return left
}

function readAloud(code: string): string {
  return [...code.replace('-', '')].join(' ')
}

/** A code in big letters and as a picture, for ten minutes. */
export function PairingCode({ pairing, onHide }: { pairing: Pairing; onHide: () => void }) {
  const { phone } = staffText()
  const left = useRemaining(pairing)
  const code = useRef<HTMLParagraphElement>(null)
  useLayoutEffect(() => code.current?.focus(), [pairing.code])
  if (left <= 0) return <p role="status">{phone.expired}</p>
  return (
    <div class="pairing">
      <p>{phone.say}</p>
      <p class="pairing-code" tabIndex={-1} ref={code}>
        <span aria-hidden="true">{pairing.code}</span>
        <span class="visually-hidden">{readAloud(pairing.code)}</span>
      </p>
      <QrPicture svg={pairing.qr_svg} alt={phone.qrAlt} />
      <p class="quiet">{phone.where(new URL(pairing.url).host)}</p>
      <p class="quiet countdown">{phone.expiresIn(clockFace(left))}</p>
      <Button onClick={onHide}>{phone.hide}</Button>
    </div>
  )
}
