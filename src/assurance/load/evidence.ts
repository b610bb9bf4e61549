/**
 * Evidence for `perf.load` from the planned steps of a run, bound to the release as a whole. What could not be told has
 * no value, which a gate reads as inconclusive: a generator that was the limit, a cap of ours, too few answers.
 */
import type { ActorId } from '../../core/actor.ts'
import type { EvidenceDraft, Fact } from '../../core/evidence.ts'
import { partsOf } from '../../core/manifest.ts'
import type { Release } from '../../core/release.ts'
import type { Spread } from '../../core/spread.ts'
import { sumKnown } from '../../kernel/money.ts'
import { shown } from './capacity.ts'
import type { LoadPlan, LoadResult, StepFigures } from './contract.ts'

export const CHECK = 'perf.load'
const NAME = 'assurance/load'
const UNKNOWN: Fact = { value: null }

/** The highest planned step that was begun: what it shows is what the release bears at that multiple of its peak. */
export const judgedStep = (steps: readonly StepFigures[]): StepFigures | undefined =>
  steps.filter(({ step }) => step.kind === 'planned').at(-1)

export function draftOf({
  release,
  by,
  plan,
  result,
  run,
}: {
  release: Release
  by: ActorId
  plan: LoadPlan
  result: Pick<LoadResult, 'steps' | 'stage' | 'capacity' | 'recoveredSeconds' | 'breaksAt'>
  run: string
}): EvidenceDraft | undefined {
  const judged = judgedStep(result.steps)
  const [part] = partsOf(release.manifest)
  if (!judged || !part) return undefined
  const { objectives } = plan
  const cost = sumKnown(result.steps.map(({ costMicroUsd }) => costMicroUsd))
  const isKnown = judged.limitedBy === null && judged.stoppedBy !== 'cost' && judged.stoppedBy !== 'other-release'
  // What waits longer and longer was not carried, even where the step ended before it was too late.
  const isCarried = isKnown && !judged.isGrowing && judged.stoppedBy !== 'under-way'
  const isBroken = judged.stoppedBy === 'errors'
  const factor = judged.offeredPerSecond / objectives.peakPerSecond
  return {
    application: release.application,
    release: release.id,
    check: CHECK,
    summary: `${judged.sent} requests at ${shown(judged.offeredPerSecond)} a second, ${shown(factor)} times the expected peak, in ${result.stage}: ${spreadInWords(judged.latencyMs)}, ${judged.sent - judged.answered} failed${judged.stoppedBy === 'errors' ? ', and the run stopped for it' : ''}. ${limitInWords(judged)}${result.capacity.says}`,
    facts: {
      peakFactor: isCarried ? { value: factor } : UNKNOWN,
      p95OfTarget: isKnown ? shareOf(judged.latencyMs, { objective: objectives.p95Ms, isBroken }) : UNKNOWN,
      errorRate: isKnown
        ? { value: judged.errorRate.value, n: judged.errorRate.n, interval: judged.errorRate.interval }
        : UNKNOWN,
      ttftOfTarget: isKnown ? shareOf(judged.firstTokenMs, { objective: objectives.firstTokenMs, isBroken }) : UNKNOWN,
      p50Ms: factOf(judged.latencyMs, 'p50'),
      p95Ms: factOf(judged.latencyMs, 'p95'),
      p99Ms: factOf(judged.latencyMs, 'p99'),
      firstTokenP95Ms: factOf(judged.firstTokenMs, 'p95'),
      offeredPerSecond: { value: judged.offeredPerSecond },
      answeredPerSecond: { value: judged.answeredPerSecond },
      isGrowing: { value: judged.isGrowing },
      generatorLateMs: { value: judged.generatorLateMs, unit: 'ms' },
      limitedBy: { value: judged.limitedBy ?? 'nothing' },
      heldPerSecond: { value: result.capacity.heldPerSecond },
      failedPerSecond: { value: result.capacity.failedPerSecond },
      quotasBearPeak: { value: quotasBear(result.capacity.quotas) },
      processesNeeded: { value: result.capacity.needed?.high ?? null },
      breaksAtFactor: { value: result.breaksAt },
      recoveredSeconds: { value: result.recoveredSeconds, unit: 's' },
      objectivesFrom: { value: objectives.from },
    },
    inputs: [part],
    producer: { name: NAME, version: '1' },
    trust: 'measured',
    by,
    source: `load run ${run}`,
    ...(cost !== null && { costMicroUsd: cost }),
  }
}

/** Null where something of them is not known; true where no provider was asked. */
const quotasBear = (quotas: LoadResult['capacity']['quotas']): boolean | null =>
  quotas.some(({ standing }) => standing === 'short')
    ? false
    : quotas.some(({ standing }) => standing === 'unknown')
      ? null
      : true

/**
 * Of the p95. Without an upper end of its interval there were too few answers to say that it is small enough, unless so
 * many failed that the failures decide.
 */
function shareOf(
  spread: Spread | null,
  { objective, isBroken }: { objective: number | null; isBroken: boolean },
): Fact {
  if (!spread || objective === null) return UNKNOWN
  const { value, low, high } = spread.p95
  const share = { value: value / objective, n: spread.n }
  if (high === null) return isBroken ? share : UNKNOWN
  const interval = { low: (low ?? 0) / objective, high: high / objective, method: 'order-statistics', level: 0.95 }
  return { ...share, interval: { ...interval, sides: 2 } }
}

function factOf(spread: Spread | null, which: 'p50' | 'p95' | 'p99'): Fact {
  if (!spread) return UNKNOWN
  const { value, low, high } = spread[which]
  const interval = { method: 'order-statistics', sides: 2 as const, level: 0.95 }
  return {
    ...{ value, n: spread.n, unit: 'ms' },
    ...(low !== null && high !== null && { interval: { low, high, ...interval } }),
  }
}

const spreadInWords = (spread: Spread | null): string =>
  spread === null ? 'nothing was answered' : `p95 ${Math.round(spread.p95.value)} ms over ${spread.n} answers`

/** Why a step decides nothing, in a sentence; empty where it does. */
export function limitInWords({ limitedBy, offeredPerSecond, generatorLateMs, errors, isGrowing }: StepFigures): string {
  if (limitedBy === 'generator')
    return `INCONCLUSIVE: the generator itself was the limit at ${shown(offeredPerSecond)} a second, ${Math.round(generatorLateMs)} ms late. Run it where the machine has time. `
  if (limitedBy === 'cap')
    return `INCONCLUSIVE: a cap of ours refused requests (${errors.map(({ what }) => what).join(', ')}), so the release was not loaded. `
  if (isGrowing)
    return `At ${shown(offeredPerSecond)} a second each request waited longer than the one before: that rate is not carried. `
  return ''
}
