/**
 * The faults that a drill makes happen to requests of its own: at the edge to the provider, in the guardrails of the
 * release, and in its index. Each is a kind of what happens on a bad day.
 */
import { z } from 'zod'

export const FAULT_PLACES = ['provider', 'guardrail', 'index'] as const
export type FaultPlace = (typeof FAULT_PLACES)[number]

export const PROVIDER_FAULTS = [
  'provider-limited',
  'provider-500',
  'provider-503',
  'provider-529',
  'provider-refused',
  'provider-silent',
  'provider-slow',
  'provider-reset',
  'provider-cut',
  'provider-truncated',
  'provider-empty',
] as const
export type ProviderFault = (typeof PROVIDER_FAULTS)[number]

export const GUARDRAIL_FAULTS = ['guardrail-breaks', 'guardrail-late'] as const
export type GuardrailFault = (typeof GUARDRAIL_FAULTS)[number]

export const INDEX_FAULTS = ['index-away', 'index-empty'] as const
export type IndexFault = (typeof INDEX_FAULTS)[number]

export const Fault = z.enum([...PROVIDER_FAULTS, ...GUARDRAIL_FAULTS, ...INDEX_FAULTS])
export type Fault = z.infer<typeof Fault>

/** In the metadata of a request: which fault a drill made for it, or `none`. Who is no drill cannot say it. */
export const DRILL_MARK = 'fault-drill'
export const NO_FAULT = 'none' as const

/** What fails because somebody wanted it to is in no figure of what goes well. */
export const isOfDrill = ({ metadata }: { readonly metadata: Readonly<Record<string, string>> }): boolean =>
  metadata[DRILL_MARK] !== undefined

/** How long what is silent is silent, in place of the minutes that a provider is given. */
export const SILENT_MS = 1000

/** What happens, as a person would say it. */
export const FAULT_WORDS: Readonly<Record<Fault, string>> = {
  'provider-limited': 'The provider answers 429 and asks to be left alone for 7 s.',
  'provider-500': 'The provider answers 500.',
  'provider-503': 'The provider answers 503.',
  'provider-529': 'The provider answers 529.',
  'provider-refused': 'The provider takes no connection.',
  'provider-silent': 'The provider does not answer in time.',
  'provider-slow': 'The provider begins its answer and says no word in time.',
  'provider-reset': 'The connection breaks before the first words.',
  'provider-cut': 'The connection breaks after the first words.',
  'provider-truncated': 'The answer ends after the first words as if it were whole.',
  'provider-empty': 'The provider answers 200 with nothing in it.',
  'guardrail-breaks': 'Each guardrail throws.',
  'guardrail-late': 'No guardrail gives its verdict in time.',
  'index-away': 'The index cannot be opened.',
  'index-empty': 'The index finds nothing.',
}

export const isProviderFault = (fault: Fault): fault is ProviderFault =>
  (PROVIDER_FAULTS as readonly Fault[]).includes(fault)

export const placeOf = (fault: Fault): FaultPlace =>
  isProviderFault(fault) ? 'provider' : (GUARDRAIL_FAULTS as readonly Fault[]).includes(fault) ? 'guardrail' : 'index'
