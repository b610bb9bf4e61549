/**
 * Whether what providers let us ask bears the peak with its headroom; pure. A request of users takes what it took in the
 * run, on the average. A quota that nobody said, or whose window nobody said, is never enough: then it is not known.
 */
import type { ModelAsked, QuotaLimit, TargetQuota } from './contract.ts'

/** What is known of a target: of itself, of its provider, of each of its keys. */
export type KnownLimit = Omit<QuotaLimit, 'needed' | 'standing'>
type Counted = QuotaLimit['counted']
type Per = NonNullable<QuotaLimit['per']>

export type QuotaAsk = {
  /** Of the run: answered requests, and what they asked. */
  readonly requests: number
  readonly models: readonly ModelAsked[]
  readonly limitsOf: (model: string) => readonly KnownLimit[]
  /** Requests of users a second. */
  readonly wantedPerSecond: number
}

export function quotasOf({ requests, models, limitsOf, wantedPerSecond }: QuotaAsk): TargetQuota[] {
  if (requests === 0) return []
  return models.map((asked) => {
    const { model, calls, inputTokens, outputTokens } = asked
    const perRequest = {
      calls: calls / requests,
      inputTokens: inputTokens / requests,
      outputTokens: outputTokens / requests,
      n: requests,
    }
    const perSecond: Record<Counted, number> = {
      requests: wantedPerSecond * perRequest.calls,
      tokens: wantedPerSecond * (perRequest.inputTokens + perRequest.outputTokens),
      'input-tokens': wantedPerSecond * perRequest.inputTokens,
      'output-tokens': wantedPerSecond * perRequest.outputTokens,
    }
    const limits = lowest(limitsOf(model)).map((one) => judged(one, perSecond[one.counted]))
    const missing = missingIn(limits)
    const isShort = limits.some(({ standing }) => standing === 'short')
    const isOpen = missing.length > 0 || limits.some(({ standing }) => standing === 'unknown')
    const standing = isShort ? ('short' as const) : isOpen ? ('unknown' as const) : ('bears' as const)
    const found = { target: model, perRequest, standing, limits }
    return { ...found, says: wordsOf(found, { missing, wantedPerSecond }) }
  })
}

const SECONDS: Readonly<Record<Per, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400, month: 30 * 86_400 }

/** The peak is that of the busiest minute: how long it lasts nobody said, so a longer window decides at its ends alone. */
function judged(limit: KnownLimit, perSecond: number): QuotaLimit {
  if (limit.limit === null) return { ...limit, needed: null, standing: 'bears' }
  if (limit.per === null) return { ...limit, needed: null, standing: 'unknown' }
  const needed = perSecond * SECONDS[limit.per]
  const isShort = perSecond * Math.min(SECONDS[limit.per], SECONDS.minute) > limit.limit
  return { ...limit, needed, standing: isShort ? 'short' : needed <= limit.limit ? 'bears' : 'unknown' }
}

/**
 * Of several that say the same thing the lowest: what was declared and what the provider says may differ, and nobody
 * says that two keys are of two accounts.
 */
function lowest(limits: readonly KnownLimit[]): KnownLimit[] {
  const found = new Map<string, KnownLimit>()
  for (const one of limits) {
    const key = `${one.counted} ${one.per}`
    const known = found.get(key)
    const isLower = !known || (one.limit !== null && (known.limit === null || one.limit < known.limit))
    if (isLower) found.set(key, one)
  }
  return [...found.values()]
}

/** What has to be known of a minute: requests, and tokens together or each way. */
function missingIn(limits: readonly QuotaLimit[]): Counted[] {
  const has = (counted: Counted) =>
    limits.some((one) => one.counted === counted && (one.per === 'minute' || one.per === 'second'))
  const tokens: Counted[] = has('tokens')
    ? []
    : has('input-tokens') || has('output-tokens')
      ? (['input-tokens', 'output-tokens'] as const).filter((one) => !has(one))
      : ['tokens']
  return [...(has('requests') ? [] : ['requests' as const]), ...tokens]
}

function wordsOf(
  { target, perRequest: { n }, standing, limits }: Omit<TargetQuota, 'says'>,
  { missing, wantedPerSecond }: { missing: readonly Counted[]; wantedPerSecond: number },
): string {
  const peak = `${shownNumber(wantedPerSecond)} requests a second, the peak with its headroom, by what ${shownNumber(n)} requests of the run took`
  const of = (which: QuotaLimit['standing']) => limits.filter((one) => one.standing === which).map(inWords)
  if (standing === 'short')
    return `${target} does not let through ${peak}: ${of('short').join('; ')}. Ask the provider for more, or plan a second target.`
  if (standing === 'bears') return `${target} lets through ${peak}: ${of('bears').join('; ')}.`
  const open = [...missing.map((counted) => `${NAMES[counted]} a minute`), ...of('unknown')]
  const flags = missing.map((counted) => `--${counted}-per-minute <n>`)
  const declare = flags.length === 0 ? '' : ` Declare it: \`airworthy quotas set ${target} ${flags.join(' ')}\`.`
  return `Whether ${target} lets through ${peak}, is not known: ${open.join('; ')}.${declare}`
}

const NAMES: Readonly<Record<Counted, string>> = {
  requests: 'requests',
  tokens: 'tokens',
  'input-tokens': 'tokens in',
  'output-tokens': 'tokens out',
}

function inWords({ counted, per, limit, needed, from, standing }: QuotaLimit): string {
  const what = `${NAMES[counted]}${per === null ? '' : ` a ${per}`}`
  const source = from === 'read' ? 'as it says itself' : 'as declared'
  if (limit === null) return `no limit on ${what}, ${source}`
  if (needed === null) return `${shownNumber(limit)} ${what} without a word on how long that is for, ${source}`
  const lasts = standing === 'unknown' ? `, which last ${minutesOf(needed, limit, per)} of the peak` : ''
  return `${shownNumber(Math.ceil(needed))} of ${shownNumber(limit)} ${what}, ${source}${lasts}`
}

const minutesOf = (needed: number, limit: number, per: Per | null): string =>
  `${shownNumber(Math.floor(((limit / needed) * SECONDS[per ?? 'minute']) / 60))} minutes`

const shownNumber = (value: number): string =>
  (value < 100 ? Number(value.toPrecision(3)) : Math.round(value)).toLocaleString('en')
