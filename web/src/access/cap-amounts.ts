/** Caps as people type them: money in dollars, counts as they are, nothing for no cap. Pure. */
import type { ScopeLimits } from '../data/shapes.ts'
import { say } from '../words/say.ts'

type Limits = ScopeLimits['limits']

export const FIELDS = [
  { field: 'costMicroUsdPerMonth', label: say('cap-amounts.dollars-a-month'), hint: undefined },
  { field: 'costMicroUsdPerDay', label: say('cap-amounts.dollars-a-day'), hint: undefined },
  { field: 'requestsPerMinute', label: say('cap-amounts.requests-a-minute'), hint: undefined },
  { field: 'requestsPerDay', label: say('cap-amounts.requests-a-day'), hint: undefined },
  { field: 'tokensPerMinute', label: say('cap-amounts.tokens-a-minute'), hint: undefined },
  { field: 'tokensPerDay', label: say('cap-amounts.tokens-a-day'), hint: undefined },
  { field: 'tokensPerMonth', label: say('cap-amounts.tokens-a-month'), hint: undefined },
  { field: 'concurrentRequests', label: say('cap-amounts.requests-at-once'), hint: undefined },
] as const satisfies readonly { field: keyof Limits; label: string; hint: string | undefined }[]
export type CapField = (typeof FIELDS)[number]['field']
export type Typed = Readonly<Record<CapField, string>>

const MICRO = 6

export const asAmounts = (limits: Limits): Typed =>
  // Every field of the list is in the result.
  Object.fromEntries(FIELDS.map(({ field }) => [field, typedOf(limits[field])])) as Typed

/** What is different from before; null takes a cap away. What cannot be read goes to the server, which says so. */
export function changeOf(typed: Typed, before: Limits): Partial<Limits> {
  const was = asAmounts(before)
  return Object.fromEntries(
    FIELDS.filter(({ field }) => typed[field].trim() !== was[field]).map(({ field }) => {
      const text = typed[field].trim().replace(/^\$/, '')
      if (text === '') return [field, null]
      return [field, field.startsWith('cost') ? microOf(text) : Number(text.replaceAll(',', ''))]
    }),
  )
}

const typedOf = (value: string | number | null): string => {
  if (value === null) return ''
  return typeof value === 'number' ? String(value) : dollarsOf(value)
}

/** `12500000` → `12.5`, exactly. */
function dollarsOf(micro: string): string {
  const [whole = '0', rest = ''] = micro.split('.')
  const digits = whole.padStart(MICRO + 1, '0')
  const fraction = `${digits.slice(-MICRO)}${rest}`.replace(/0+$/, '')
  return `${digits.slice(0, -MICRO)}${fraction ? `.${fraction}` : ''}`
}

/** `12.5` → `12500000`; what is no amount stays as it is. */
function microOf(dollars: string): string {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d{1,12}))?$/.exec(dollars) ?? []
  if (whole === undefined) return dollars
  const digits = fraction.padEnd(MICRO, '0')
  const rest = digits.slice(MICRO).replace(/0+$/, '')
  return `${`${whole}${digits.slice(0, MICRO)}`.replace(/^0+(?=\d)/, '')}${rest ? `.${rest}` : ''}`
}
