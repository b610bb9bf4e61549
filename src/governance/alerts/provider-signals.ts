/** What is told of the providers that an application asks: quotas that are nearly used, and keys that were said back. Pure. */
import type { Instant } from '../../kernel/time.ts'
import type { Signal } from './signals.ts'

/** One limit of a provider, of one of its models, or of one of its keys there. */
export type QuotaUse = {
  /** `openai`, `openai/gpt-4o` */
  readonly target: string
  /** Null: of any of its keys. */
  readonly credential: string | null
  /** `requests`, `tokens`, … */
  readonly counted: string
  readonly per: string | null
  readonly limit: number
  /** The most of it that was used lately, in [0, …); null where nobody knows. */
  readonly share: number | null
  readonly from: 'read' | 'declared'
}

/** A quota of which nobody knows how much is used is neither near nor far. */
export function quotaSignals(uses: readonly QuotaUse[], asked: readonly string[], line: number): Signal[] {
  const signals = new Map<string, Signal & { share: number }>()
  for (const use of uses.filter(({ target }) => isAsked(target, asked))) {
    const signal = signalOf(use, line)
    const known = signals.get(signal.subject)
    // What was said and what was declared may be of the same window: the worse of them counts.
    if (!known || signal.share > known.share) signals.set(signal.subject, signal)
  }
  return [...signals.values()].map(({ share: _, ...signal }) => signal)
}

function signalOf({ target, credential, counted, per, limit, share, from }: QuotaUse, line: number) {
  const what = `${counted}${per === null ? '' : ` a ${per}`}`
  const whose = credential === null ? target : `${target}, key ${credential}`
  const source = from === 'read' ? 'as its answers said' : 'as declared, by what applications asked'
  return {
    kind: 'quota' as const,
    subject: `${whose}: ${what}`,
    state: share === null ? ('unknown' as const) : share >= line ? ('firing' as const) : ('quiet' as const),
    title: `${whose} has nearly used its ${what}`,
    says: `${percent(share ?? 0)} of ${limit} were used in the last quarter of an hour, ${source}; the line is ${percent(line)}. Ask the provider for more, or put a second target into the route.`,
    share: share ?? -1,
  }
}

/** A key that a provider said back, and when. */
export type SaidBackKey = { readonly provider: string; readonly credential: string; readonly at: Instant }

/** @param said of the last day, of keys that nobody replaced since */
export const saidBackSignals = (said: readonly SaidBackKey[], asked: readonly string[]): Signal[] =>
  said
    .filter(({ provider }) => isAsked(provider, asked))
    .map(({ provider, credential, at }) => ({
      kind: 'key',
      subject: provider,
      state: 'firing',
      title: `${provider} says back the key that it is asked with`,
      says: `An answer of ${at.slice(0, 16)} held the key ${credential}, and was not handed on. Have whoever runs ${provider} look why, and store a new key: its records may hold the old one.`,
    }))

const isAsked = (target: string, asked: readonly string[]): boolean =>
  asked.some((model) => model === target || model.startsWith(`${target}/`))

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`
