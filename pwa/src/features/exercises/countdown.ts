import { useEffect, useRef, useState } from 'preact/hooks'

const LOOK_EVERY_MS = 200

/** How far a time has come: what had gone by before it was last started, and when that was. */
export interface Clock {
  before: number
  since: number | null
}

export interface Countdown {
  isRunning: boolean
  hasBegun: boolean
  /** Seconds that have gone by, at most all of them. */
  passed: number
  isOver: boolean
  toggle: () => void
}

interface Kept {
  /** From before the app was closed or locked; null where it was not begun. */
  clock: Clock | null
  keep: (clock: Clock) => void
}

/**
 * Counts seconds by the clock, so that it is right also after the phone has slept or the app was closed. It ends, can
 * be stopped and gone on with, and nothing is lost by leaving it.
 */
export function useCountdown(seconds: number, startNow: boolean, onOver: () => void, kept: Kept): Countdown {
  const [{ before, since }, setClock] = useState<Clock>(() => kept.clock ?? { before: 0, since: startNow ? Date.now() : null })
  const [, look] = useState(0)
  const over = useRef(onOver)
  over.current = onOver
  const passedNow = () => Math.min(seconds, before + (since === null ? 0 : (Date.now() - since) / 1000))
  const passed = passedNow()
  const isOver = passed >= seconds
  const isRunning = since !== null && !isOver
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(() => look((count) => count + 1), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [isRunning])
  useEffect(() => {
    if (since !== null) kept.keep({ before, since })
  }, [])
  useEffect(() => {
    if (isOver) over.current()
  }, [isOver])
  const toggle = () => {
    const clock = { before: passedNow(), since: isRunning ? null : Date.now() }
    setClock(clock)
    kept.keep(clock)
  }
  return { isRunning, hasBegun: since !== null || before > 0, passed, isOver, toggle }
}

/** "1.05": minutes and seconds that are left, rounded up. */
export function timeLeft(seconds: number, passed: number): string {
  const left = Math.ceil(seconds - passed)
  return `${Math.floor(left / 60)}.${String(left % 60).padStart(2, '0')}`
}

export interface Breath {
  phase: 'in' | 'out'
  /** From 1. */
  round: number
  /** The second of this phase, from 1. */
  count: number
}

/** Where in the breathing somebody is after so many seconds. */
export function breathAt(passed: number, secondsIn: number, secondsOut: number, rounds: number): Breath {
  const whole = secondsIn + secondsOut
  const round = Math.min(rounds, Math.floor(passed / whole) + 1)
  const within = Math.min(whole - 0.001, passed - (round - 1) * whole)
  const phase = within < secondsIn ? 'in' : 'out'
  return { phase, round, count: Math.floor(phase === 'in' ? within : within - secondsIn) + 1 }
}
