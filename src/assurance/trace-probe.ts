/**
 * `obs.traces`: ten real questions through the gateway, and what is left of each: a trace, with the release, the cost and
 * what the guardrails said. One of them names a person who does not exist, whose data is then deleted and looked for.
 *
 * The four layers of observability are tried on the same questions: the parts that answered, the steps between, what
 * somebody said of the answer, and whether a goal was reached. A layer is there when all probes found it.
 */
import type { EvidenceDraft } from '../core/evidence.ts'
import type { Part } from '../core/manifest.ts'
import type { Producer, ProducerContext, ProducerQuote } from '../core/producer.ts'

/** What is left of one probe; null where a trace does not say. */
export type LeftOf = {
  readonly isTraced: boolean
  readonly hasRelease: boolean
  readonly hasCost: boolean
  /** What every guardrail of the release said; null where it has none. */
  readonly hasGuardVerdicts: boolean | null
  /** Which model answered, how long it took and what it used. */
  readonly hasComponents: boolean
  /** A span for each step of the flow. */
  readonly hasSteps: boolean
  /** What was said of it a moment ago. */
  readonly hasFeedback: boolean
  readonly hasGoal: boolean
}

export type TraceProbeDeps = {
  readonly quoteOf: (context: ProducerContext, calls: number) => Promise<ProducerQuote>
  /** Sends real requests with a key of the application, and looks for what is left of them. */
  readonly probe: (context: ProducerContext, count: number) => Promise<readonly LeftOf[]>
  /** Asks as a person who does not exist, deletes what was kept, and says whether nothing is left. */
  readonly tryDeletion: (context: ProducerContext) => Promise<boolean>
}

const NAME = 'assurance/trace-probe'
const PROBES = 10

/** S0.P7d, from the ground up. */
const LAYERS: readonly { fact: string; title: string; has: (one: LeftOf) => boolean }[] = [
  { fact: 'layerComponents', title: 'components', has: ({ hasComponents }) => hasComponents },
  { fact: 'layerTraces', title: 'traces', has: ({ isTraced, hasSteps }) => isTraced && hasSteps },
  { fact: 'layerFeedback', title: 'feedback', has: ({ hasFeedback }) => hasFeedback },
  { fact: 'layerGoals', title: 'goals', has: ({ hasGoal }) => hasGoal },
]

export const createTraceProbe = ({ quoteOf, probe, tryDeletion }: TraceProbeDeps): Producer => ({
  name: NAME,
  checks: ['obs.traces'],
  quote: (context) => quoteOf(context, PROBES + 1),
  async run(context): Promise<EvidenceDraft[]> {
    const { release, application, by } = context
    const left = await probe(context, PROBES)
    const isDeleted = await tryDeletion(context)
    const share = (has: (one: LeftOf) => boolean) => left.filter(has).length / left.length
    const guarded = left.filter(({ hasGuardVerdicts }) => hasGuardVerdicts !== null)
    const days = retentionOf(application.documents.privacy?.value)
    const { privacy } = application.documents
    const inputs: Part[] = [
      { kind: 'flow', name: release.manifest.flow.name, digest: release.manifest.flow.digest },
      ...(release.manifest.guardrails ?? []).map(({ name, digest }) => ({ kind: 'guardrail' as const, name, digest })),
      ...(privacy ? [{ kind: 'document' as const, name: 'privacy', digest: privacy.digest }] : []),
    ]
    return [
      {
        application: release.application,
        release: release.id,
        check: 'obs.traces',
        summary: `${left.filter(({ isTraced }) => isTraced).length} of ${left.length} probes left a trace${guarded.length === 0 ? '; the release has no guardrail that could have said anything' : ''}. Traces are kept ${days === null ? 'for a time that the application does not say' : `for ${days} days`}, and what a person said ${isDeleted ? 'was deleted and is gone' : 'was still there after it was deleted'}. Layers: ${LAYERS.map(({ title, has }) => `${title} ${left.every(has) ? 'there' : 'missing'}`).join(', ')}.`,
        facts: {
          probes: { value: left.length },
          tracedShare: { value: share(({ isTraced }) => isTraced), n: left.length },
          withRelease: { value: share(({ hasRelease }) => hasRelease), n: left.length },
          withCost: { value: share(({ hasCost }) => hasCost), n: left.length },
          withGuardVerdicts: {
            value: guarded.length === 0 ? null : share(({ hasGuardVerdicts }) => hasGuardVerdicts === true),
            n: guarded.length,
          },
          ...Object.fromEntries(
            LAYERS.map(({ fact, has }) => [fact, { value: left.length > 0 && left.every(has), n: left.length }]),
          ),
          retentionSet: { value: days !== null },
          personalDataTested: { value: isDeleted },
        },
        inputs,
        producer: { name: NAME, version: '3' },
        trust: 'measured',
        by,
      },
    ]
  },
})

function retentionOf(privacy: unknown): number | null {
  const { retention } = (privacy ?? {}) as { retention?: { tracesDays?: number } }
  return retention?.tracesDays ?? null
}
