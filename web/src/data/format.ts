/** Figures as people read them: units everywhere, as many digits as matter, a true minus sign. */
import { say, spokenLanguage } from '../words/say.ts'

const MINUS = '\u2212'
const isEnglish = (): boolean => spokenLanguage() === 'en'
/** English numbers are written the American way. */
const locale = (): string => (isEnglish() ? 'en-US' : spokenLanguage())
/** With so many decimals, and no mark between thousands. */
const fixed = (value: number, decimals: number): string =>
  isEnglish()
    ? value.toFixed(decimals)
    : value.toLocaleString(locale(), {
        ...{ minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: false },
      })
const signed = (text: string): string => text.replace('-', MINUS)

/** A number with a sensible count of digits. */
export function number(value: number, digits = 3): string {
  if (Number.isInteger(value)) return signed(value.toLocaleString(locale()))
  const size = Math.abs(value)
  const decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? Math.min(2, digits) : digits
  return signed(
    value.toLocaleString(locale(), { maximumFractionDigits: decimals, minimumFractionDigits: Math.min(decimals, 1) }),
  )
}

export const percent = (share: number, decimals = 1): string => signed(`${fixed(share * 100, decimals)}\u202f%`)

/** With a plus sign, for differences. */
export const plus = (text: string): string =>
  /[1-9]/.test(text) && !text.startsWith(MINUS) && !text.startsWith('<')
    ? `+${text}`
    : text.replace(MINUS, /[1-9]/.test(text) ? MINUS : '')

/** Micro-dollars as dollars with as many digits as matter. */
export function money(microUsd: string | null): string {
  if (microUsd === null) return say('format.not-known')
  const usd = Number(microUsd) / 1e6
  if (usd === 0) return dollars(0, 0)
  const size = Math.abs(usd)
  if (size < 1e-6) return `<${dollars(0.000001, 6)}`
  const digits = size >= 0.1 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(size)))
  return `${usd < 0 ? MINUS : ''}${dollars(size, digits)}`
}

const dollars = (usd: number, digits: number): string =>
  isEnglish() ? `$${usd.toFixed(digits)}` : `${fixed(usd, digits)}\u00a0$`

/** Dollars of a plan or a forecast, with a mark between thousands: cents below ten, hundredths of a cent below one. */
export function usd(value: number | null): string {
  if (value === null) return say('format.not-known')
  const size = Math.abs(value)
  const least = Number.isInteger(value) || size >= 1000 || size < 1 ? 0 : 2
  const digits = { minimumFractionDigits: least, maximumFractionDigits: size >= 1000 ? 0 : size < 1 ? 4 : 2 }
  const text = size.toLocaleString(locale(), digits)
  return `${value < 0 ? MINUS : ''}${isEnglish() ? `$${text}` : `${text}\u00a0$`}`
}

/** `2.4K`, for axes and figures that are looked at from afar. */
export const short = (count: number): string =>
  count.toLocaleString(locale(), { notation: 'compact', maximumFractionDigits: 1 })

/** A price that is not known may be any price, and is said. */
export const price = (microUsd: string | null): string =>
  microUsd === null ? say('format.price-not-known') : money(microUsd)

export function duration(ms: number): string {
  if (ms < 1) return `${fixed(ms, 2)} ms`
  if (ms < 1000) return `${Math.round(ms)} ms`
  const seconds = ms / 1000
  if (seconds < 60) return `${fixed(seconds, seconds < 10 ? 2 : 1)} s`
  const minutes = seconds / 60
  if (minutes < 60) return `${Math.floor(minutes)} min ${Math.round(seconds % 60)} s`
  const hours = minutes / 60
  return hours < 48
    ? `${Math.floor(hours)} h ${Math.round(minutes % 60)} min`
    : say('many.day', { n: Math.round(hours / 24) })
}

/** `0.25` minutes as `15 s`, `40` as `40 min`. */
export const minutes = (value: number): string =>
  value < 1
    ? `${Math.max(1, Math.round(value * 60))} s`
    : value < 90
      ? `${Math.round(value)} min`
      : `${number(Math.round(value / 6) / 10)} h`

/** A score in its unit: shares as per cent, milliseconds as time, the rest as it is. */
export function inUnit(value: number, unit: string): string {
  if (unit === 'share') return percent(value)
  if (unit === 'ms') return duration(value)
  if (unit === 'micro-USD') return money(String(value))
  return unit ? `${number(value)} ${unit}` : number(value)
}

/** A difference in its unit: shares as percentage points. */
export function differenceInUnit(value: number, unit: string): string {
  if (unit === 'share') return plus(signed(`${fixed(value * 100, 1)}\u202fpp`))
  if (unit === 'ms') return plus(`${value < 0 ? MINUS : ''}${duration(Math.abs(value))}`)
  return plus(inUnit(value, unit))
}

export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
export const list = (words: readonly string[]): string =>
  new Intl.ListFormat(isEnglish() ? 'en-GB' : spokenLanguage()).format(words)
