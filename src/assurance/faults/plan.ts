/** Which faults can happen to a release, how each is asked for, and what that takes at most; pure. */
import { Fault, placeOf, SILENT_MS } from '../../core/fault.ts'
import type { Manifest } from '../../core/manifest.ts'
import { type MicroUsd, microUsd, picoOf } from '../../kernel/money.ts'
import { MINUTE, SECOND } from '../../kernel/time.ts'
import type { AskForm, FaultPlan, FaultQuote, StartFaultDrill } from './contract.ts'

/** For which the provider is asked although it fails: its answer is broken on its way. */
const REACHES_PROVIDER: ReadonlySet<Fault> = new Set(['provider-cut', 'provider-truncated'])
/** What the requests of one fault take beside its own silence, all at once. */
const USUAL_SECONDS = 2

export function planOf(
  manifest: Pick<Manifest, 'guardrails' | 'index' | 'flow'>,
  ask: Pick<StartFaultDrill, 'faults' | 'dialects' | 'clockSeconds'>,
  question: string,
): FaultPlan {
  const wanted = Fault.options.filter((fault) => ask.faults === undefined || ask.faults.includes(fault))
  const leftOut = wanted.flatMap((fault) => {
    const why = whyNot(manifest, fault)
    return why === undefined ? [] : [{ fault, why }]
  })
  return {
    faults: wanted.filter((fault) => !leftOut.some((one) => one.fault === fault)),
    leftOut,
    forms: [...new Set(ask.dialects)].flatMap((dialect): AskForm[] => [
      { dialect, stream: false },
      { dialect, stream: true },
    ]),
    clockSeconds: ask.clockSeconds,
    question,
  }
}

/** The places of a release where something can fail. */
export const placesOf = (manifest: Pick<Manifest, 'guardrails' | 'index' | 'flow'>) =>
  new Set(Fault.options.filter((fault) => whyNot(manifest, fault) === undefined).map(placeOf))

function whyNot({ guardrails = [], index, flow }: Parameters<typeof placesOf>[0], fault: Fault): string | undefined {
  const place = placeOf(fault)
  if (place === 'guardrail' && guardrails.length === 0) return 'The release has no guardrails.'
  const retrieves = index !== null && flow.steps.some(({ use }) => use === 'retrieve')
  if (place === 'index' && !retrieves) return 'The release looks nothing up.'
  return undefined
}

export const callsOf = ({ faults, forms }: Pick<FaultPlan, 'faults' | 'forms'>): number =>
  (faults.length + 1) * forms.length

/**
 * At most: whoever is meant answers on the good day, beside what fails in guardrails and index, and before an answer
 * breaks; the dearest fallback answers whatever its provider fails at.
 */
export function quoteOf(
  { faults, forms }: FaultPlan,
  costs: { readonly meant: MicroUsd | null; readonly fallbacks: readonly (MicroUsd | null)[] },
  perMinute: number | null,
): FaultQuote {
  const ofProvider = faults.filter((fault) => placeOf(fault) === 'provider')
  const meant = 1 + faults.length - ofProvider.length + ofProvider.filter((one) => REACHES_PROVIDER.has(one)).length
  const { fallbacks } = costs
  const known = fallbacks.filter((cost) => cost !== null).map(picoOf)
  const isKnown = costs.meant !== null && known.length === fallbacks.length
  const dearest = known.toSorted((one, other) => (one < other ? 1 : -1))[0] ?? 0n
  const calls = callsOf({ faults, forms })
  const pico = (times: number) => BigInt(times * forms.length)
  const silent = faults.filter((fault) => /silent|slow|late/.test(fault)).length
  const quick = (faults.length + 1) * USUAL_SECONDS + (silent * SILENT_MS) / SECOND
  return {
    calls,
    costMicroUsd:
      isKnown && costs.meant !== null
        ? microUsd(picoOf(costs.meant) * pico(meant) + dearest * pico(ofProvider.length))
        : null,
    seconds: Math.ceil(perMinute === null ? quick : Math.max(quick, ((calls / perMinute) * MINUTE) / SECOND)),
  }
}
