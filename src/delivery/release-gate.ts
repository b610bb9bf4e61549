/**
 * The gate that a release stands before: all checks of all gates up to a stage, with the application's overlay.
 * A higher stage never drops a check of a lower one, and where both have it, both must hold.
 */
import type { Application } from '../core/application.ts'
import type { Check, Gate, GateCatalogue } from '../core/check.ts'
import type { Evidence } from '../core/evidence.ts'
import { judge, type Rules } from '../core/gate.ts'
import { type Part, partsOf } from '../core/manifest.ts'
import { gateInto, Overlay } from '../core/overlay.ts'
import type { Release } from '../core/release.ts'
import { STAGES, type Stage } from '../core/stage.ts'
import type { GateDecision, Waiver } from '../core/verdict.ts'
import { canonicalJson } from '../kernel/digest.ts'
import { Failure, type Problem } from '../kernel/failure.ts'
import type { Instant } from '../kernel/time.ts'
import type { DeliveryDeps } from './deps.ts'
import type { GateSummary } from './served.ts'
import type { PromotionMark } from './store.ts'

/** Everything about an application that a decision at a gate reads. */
export type Records = {
  readonly application: Pick<Application, 'documents'>
  readonly evidence: readonly Evidence[]
  readonly waivers: readonly Waiver[]
  readonly promotions: readonly PromotionMark[]
  /** What the decision rests on beside parts and documents. */
  readonly partsBeside?: DeliveryDeps['partsBeside'] | undefined
}

/** Undefined when the catalogue has no gate into the stage. */
export function gateUpTo(catalogue: GateCatalogue, into: Stage, overlay: Overlay): Gate | undefined {
  if (!catalogue.gates.some((gate) => gate.into === into)) return undefined
  const stages = STAGES.slice(0, STAGES.indexOf(into) + 1)
  const checks = new Map<string, Check>()
  for (const stage of stages)
    for (const check of gateInto(catalogue, stage, overlay).gate?.checks ?? [])
      checks.set(check.id, stricter(checks.get(check.id), check))
  return { into, checks: [...checks.values()], catalogue: { name: catalogue.name, version: catalogue.version } }
}

/** Throws `delivery.gate-undefined` when the catalogue has none. */
export function demandGate(catalogue: GateCatalogue, into: Stage, { documents }: Records['application']): Gate {
  const gate = gateUpTo(catalogue, into, overlayOf(documents))
  if (gate) return gate
  throw new Failure(
    'conflict',
    'delivery.gate-undefined',
    `The catalogue ${catalogue.name} ${catalogue.version} has no gate into ${into} yet, so nothing can be promoted there. It has gates into ${catalogue.gates.map((one) => one.into).join(', ')}.`,
  )
}

/** What the overlay of a blueprint may not do, at every stage. */
export const overlayProblems = (catalogue: GateCatalogue, overlay: Overlay): Problem[] =>
  STAGES.flatMap((stage) => {
    const { gate, problems } = gateInto(catalogue, stage, overlay)
    if (gate || !overlay[stage]) return problems
    const remedy = `Remove it, or choose one of ${catalogue.gates.map(({ into }) => into).join(', ')}.`
    return [{ field: `gates.${stage}`, message: `the catalogue has no gate into ${stage} yet`, remedy }]
  }).map((problem) => ({ file: 'airworthy.yaml', ...problem }))

export function judgeRelease(given: { gate: Gate; release: Release; records: Records; now: Instant }): GateDecision {
  const { gate, release, records, now } = given
  return judge(
    {
      gate,
      parts: judgedParts(release, records),
      evidence: records.evidence,
      waivers: records.waivers.filter((waiver) => waiver.release === release.id && waiver.into === gate.into),
      rules: rulesFor(release, gate.into, records.promotions),
    },
    now,
  )
}

/** The parts of a release, the application's documents as they stand, and what is beside: what evidence can depend on. */
export const judgedParts = (
  { manifest }: Release,
  { application, partsBeside }: Pick<Records, 'application' | 'partsBeside'>,
): Part[] => [
  ...partsOf(manifest),
  ...Object.entries(application.documents).map(([name, { digest }]) => ({ kind: 'document' as const, name, digest })),
  ...(partsBeside?.(manifest) ?? []),
]

export function summaryOf({ into, decision, findings }: GateDecision): GateSummary {
  const counts: GateSummary['counts'] = {}
  const pillars: GateSummary['pillars'] = {}
  for (const { verdict, pillar } of findings) {
    counts[verdict] = (counts[verdict] ?? 0) + 1
    const own = pillars[pillar] ?? {}
    own[verdict] = (own[verdict] ?? 0) + 1
    pillars[pillar] = own
  }
  return { into, decision, counts, pillars }
}

export const overlayOf = (documents: Application['documents']): Overlay =>
  Overlay.catch({}).parse(documents.gates?.value)

const rulesFor = ({ id, manifest }: Release, into: Stage, promotions: readonly PromotionMark[]): Rules => ({
  'release-is-baseline': manifest.baseline?.digest === manifest.flow.digest,
  'no-release-before': !promotions.some((promotion) => promotion.into === into && promotion.release !== id),
  'no-datasets': manifest.datasets.length === 0 && manifest.index === null,
})

function stricter(lower: Check | undefined, higher: Check): Check {
  if (!lower) return higher
  const known = new Set(lower.requires.map((requirement) => canonicalJson(requirement)))
  const ages = [lower.maxAgeDays, higher.maxAgeDays].filter((days) => days !== null)
  return {
    ...higher,
    requires: [...lower.requires, ...higher.requires.filter((requirement) => !known.has(canonicalJson(requirement)))],
    maxAgeDays: ages.length === 0 ? null : Math.min(...ages),
  }
}
