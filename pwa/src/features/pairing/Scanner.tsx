import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { pairingText } from '../../text/pairing.ts'
import { Button } from '../../ui/Button.tsx'
import { codeFromScan } from './code.ts'

interface Detector {
  detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>
}

type DetectorClass = new (options: { formats: string[] }) => Detector

const LOOK_EVERY_MS = 250

function detectorClass(): DetectorClass | undefined {
  return (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
}

/** Whether this browser can read a QR code by itself. */
export function canScan(): boolean {
  return detectorClass() !== undefined && 'mediaDevices' in navigator
}

async function lookForCode(detector: Detector, video: HTMLVideoElement): Promise<string | null> {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null
  const seen = await detector.detect(video).catch(() => [])
  return seen.map((each) => codeFromScan(each.rawValue)).find((code) => code !== null) ?? null
}

/** Starts the camera and looks until a code is found; gives back how to stop. */
function scan(video: HTMLVideoElement, onCode: (code: string) => void, onFail: () => void): () => void {
  const Detector = detectorClass()
  let stream: MediaStream | null = null
  let timer = 0
  let isOver = false
  const stop = () => {
    isOver = true
    clearInterval(timer)
    stream?.getTracks().forEach((track) => track.stop())
  }
  const start = async () => {
    if (!Detector) throw new Error('no detector')
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
    if (isOver) return stop()
    video.srcObject = stream
    await video.play()
    const detector = new Detector({ formats: ['qr_code'] })
    timer = window.setInterval(() => {
      void lookForCode(detector, video).then((code) => {
        if (code === null || isOver) return
        stop()
        onCode(code)
      })
    }, LOOK_EVERY_MS)
  }
  start().catch(() => {
    stop()
    onFail()
  })
  return stop
}

/** Reads the code with the camera. The picture never leaves the phone. */
export function Scanner({ onCode, onClose }: { onCode: (code: string) => void; onClose: () => void }) {
  const words = pairingText.value
  const video = useRef<HTMLVideoElement>(null)
  const hasFailed = useSignal(false)
  useEffect(() => (video.current ? scan(video.current, onCode, () => (hasFailed.value = true)) : undefined), [])
  return (
    <div class="scanner">
      <p role="status">{hasFailed.value ? words.noCamera : words.scanning}</p>
      <video ref={video} playsInline muted hidden={hasFailed.value} />
      <Button onClick={onClose}>{words.stopScan}</Button>
    </div>
  )
}
