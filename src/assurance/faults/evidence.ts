/**
 * Evidence for `rel.resilience` from the cases of a drill. What was not tried all over has no value, which a gate reads
 * as inconclusive: a place of the release where nothing was made to fail, an answer of which nobody knows.
 */
import type { ActorId } from '../../core/actor.ts'
import type { EvidenceDraft, Fact } from '../../core/evidence.ts'
import { type Fault, NO_FAULT, placeOf } from '../../core/fault.ts'
import { type PartKind, partsOf } from '../../core/manifest.ts'
import type { Release } from '../../core/release.ts'
import { plural } from '../../kernel/plural.ts'
import type { FaultCase, FaultPlan, FaultResult } from './contract.ts'
import type { FallbackStanding } from './deps.ts'
import { placesOf } from './plan.ts'

const NAME = 'assurance/faults'
/** What decides what is answered while something fails. */
const DEPENDS: ReadonlySet<PartKind> = new Set(['flow', 'model', 'guardrail', 'index', 'target'])

export type Weighed = Pick<FaultResult, 'tried' | 'broken' | 'unguarded' | 'fallbackEvaluated' | 'words'>

export function weigh(
  cases: readonly FaultCase[],
  { release: { manifest }, plan, fallbacks }: Pick<Drilled, 'release' | 'plan' | 'fallbacks'>,
): Weighed {
  const tried = plan.faults.filter((fault) => isTried(cases, fault))
  const isTriedAllOver = [...placesOf(manifest)].every((place) => tried.some((fault) => placeOf(fault) === place))
  const isKnown = isTriedAllOver && isTried(cases, NO_FAULT)
  const count = (outcome: FaultCase['outcome']) => cases.filter((one) => one.outcome === outcome).length
  // One that was found is there, whatever else was tried.
  const told = (found: number) => (found > 0 || isKnown ? found : null)
  const [broken, unguarded] = [told(count('broken')), told(count('unguarded'))]
  return {
    ...{ tried, broken, unguarded },
    fallbackEvaluated: evaluated(fallbacks),
    words: wordsOf(cases, { tried, plan, fallbacks }),
  }
}

const isTried = (cases: readonly FaultCase[], fault: Fault | typeof NO_FAULT): boolean => {
  const own = cases.filter((one) => one.fault === fault)
  return own.length > 0 && own.every(({ outcome }) => outcome !== 'not-tried')
}

/** False for one that nobody can measure; null while one was not measured, or where there is none. */
function evaluated(fallbacks: readonly FallbackStanding[]): boolean | null {
  if (fallbacks.some(({ hasSuite }) => !hasSuite)) return false
  return fallbacks.length > 0 && fallbacks.every(({ isMeasured }) => isMeasured) ? true : null
}

type Drilled = {
  readonly release: Release
  readonly plan: FaultPlan
  readonly fallbacks: readonly FallbackStanding[]
  readonly result: Weighed & Pick<FaultResult, 'stage' | 'cases'>
  readonly by: ActorId
  /** The job. */
  readonly run: string
}

export function draftOf({ release, fallbacks, result, by, run }: Drilled): EvidenceDraft {
  const { cases, tried, broken, unguarded, fallbackEvaluated } = result
  const n = cases.filter(({ outcome }) => outcome !== 'not-tried').length
  const figure = (value: number | null): Fact => ({ value, n })
  const counted = (outcome: FaultCase['outcome']) => figure(cases.filter((one) => one.outcome === outcome).length)
  const suites = release.manifest.suites.filter(({ fallback }) => fallback !== undefined)
  return {
    application: release.application,
    release: release.id,
    check: 'rel.resilience',
    summary: `In ${result.stage}: ${result.words.join(' ')}`,
    facts: {
      faultsTried: { value: tried.length, n },
      unguardedAnswers: figure(unguarded),
      brokenAnswers: figure(broken),
      // A release without fallbacks has none to evaluate, and the catalogue does not ask.
      ...(fallbacks.length > 0 && { fallbackEvaluated: { value: fallbackEvaluated } }),
      good: counted('good'),
      poorer: counted('poorer'),
      refused: counted('refused'),
      notTried: { value: cases.length - n },
    },
    inputs: [
      ...partsOf(release.manifest).filter(({ kind }) => DEPENDS.has(kind)),
      ...suites.map(({ name, digest }) => ({ kind: 'suite' as const, name, digest })),
    ],
    producer: { name: NAME, version: '1' },
    trust: 'measured',
    by,
    source: `drill of faults ${run}`,
  }
}

function wordsOf(
  cases: readonly FaultCase[],
  { tried, plan, fallbacks }: { tried: readonly Fault[]; plan: FaultPlan; fallbacks: readonly FallbackStanding[] },
): string[] {
  const of = (outcome: FaultCase['outcome']) => cases.filter((one) => one.outcome === outcome)
  const [broken, unguarded, missed] = [of('broken'), of('unguarded'), of('not-tried')]
  const named = (found: readonly FaultCase[]) => [...new Set(found.map(({ fault }) => fault))].join(', ')
  const unmeasured = fallbacks.filter(({ hasSuite, isMeasured }) => !hasSuite || !isMeasured).map(({ name }) => name)
  return [
    `${tried.length} of ${plural(plan.faults.length, 'fault was', 'faults were')} tried in ${plural(plan.forms.length, 'form', 'forms')} each: ${of('good').length} good answers, ${of('poorer').length} poorer on purpose, ${of('refused').length} clean refusals.`,
    broken.length === 0 ? 'None was broken.' : `${broken.length} were broken, at ${named(broken)}.`,
    unguarded.length === 0
      ? 'No guardrail was passed by.'
      : `${unguarded.length} had words that no guardrail saw, at ${named(unguarded)}.`,
    ...(missed.length === 0 ? [] : [`${missed.length} could not be tried, at ${named(missed)}.`]),
    ...(unmeasured.length === 0
      ? []
      : [
          `Not measured: the ${plural(unmeasured.length, 'fallback', 'fallbacks').replace(/^1 /, '')} ${unmeasured.join(', ')}. Give each a suite with \`fallback: <name>\` and a threshold, and run \`airworthy eval\`.`,
        ]),
  ]
}
