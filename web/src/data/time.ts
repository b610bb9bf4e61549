/** Times as ages; the only file of the pages that reads the clock. */
import { useSyncExternalStore } from 'react'
import { say, spokenLanguage } from '../words/say.ts'

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]
/** English dates are written the British way. Asked for late, because a page is loaded before it is known who looks. */
const formats = once(() => {
  const language = spokenLanguage()
  const dates = language === 'en' ? 'en-GB' : language
  return {
    words: new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
    absolute: new Intl.DateTimeFormat(dates, { dateStyle: 'medium', timeStyle: 'medium' }),
    short: new Intl.DateTimeFormat(dates, { dateStyle: 'medium', timeStyle: 'short' }),
  }
})

export const nowMs = (): number => Date.now()
export const absoluteTime = (instant: string): string => formats().absolute.format(Date.parse(instant))
export const shortTime = (instant: string): string => formats().short.format(Date.parse(instant))
export const clockTime = (instant: string): string => new Date(Date.parse(instant)).toTimeString().slice(0, 5)

export const secondTime = (instant: string): string => new Date(Date.parse(instant)).toTimeString().slice(0, 8)

export function relativeTime(instant: string, now: number): string {
  // The hand moves in steps, so what has just happened may lie before it.
  const elapsed = Math.min(0, Date.parse(instant) - now)
  if (Math.abs(elapsed) < 5000) return say('time.now')
  const [unit, size] = UNITS.find(([, ms]) => Math.abs(elapsed) >= ms) ?? (['second', 1000] as const)
  return formats().words.format(Math.round(elapsed / size), unit)
}

/** A minute hand (or a second hand) that pages can read. */
export function useNow(everyMs = 30_000): number {
  const { subscribe, read } = handOf(everyMs)
  return useSyncExternalStore(subscribe, read)
}

type Hand = { readonly subscribe: (changed: () => void) => () => void; readonly read: () => number }
const hands = new Map<number, Hand>()

/** One timer moves all that show the same hand: a list has a thousand of them, and each is drawn many times. */
function handOf(everyMs: number): Hand {
  const known = hands.get(everyMs)
  if (known) return known
  const readers = new Set<() => void>()
  let timer: number | undefined
  const tell = () => {
    for (const changed of readers) changed()
  }
  const hand: Hand = {
    subscribe(changed) {
      readers.add(changed)
      timer ??= window.setInterval(tell, everyMs)
      return () => {
        readers.delete(changed)
        if (readers.size > 0) return
        window.clearInterval(timer)
        timer = undefined
      }
    },
    read: () => Math.floor(nowMs() / everyMs) * everyMs,
  }
  hands.set(everyMs, hand)
  return hand
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => {
    made ??= make()
    return made
  }
}
