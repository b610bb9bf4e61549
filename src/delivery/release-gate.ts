/**
 * The gate that a release stands before: all checks of all gates up to a stage, with the application's overlay.
 * A higher stage never drops a check of a lower one, and where both have it, both must hold.
 */
import type { Application } from '../core/application.ts'
import type { Challenge } from '../core/challenge.ts'
import type { Check, Gate, GateCatalogue, Requirement } from '../core/check.ts'
import type { Evidence } from '../core/evidence.ts'
import { type GateLook, judge, type Snapshot } from '../core/gate.ts'
import { type Part, partsOf } from '../core/manifest.ts'
import { gateInto, Overlay } from '../core/overlay.ts'
import type { Release } from '../core/release.ts'
import { STAGES, type Stage } from '../core/stage.ts'
import { type GateDecision, holdsBack, type Waiver } from '../core/verdict.ts'
import { Failure, type Problem } from '../kernel/failure.ts'
import { createKept } from '../kernel/kept.ts'
import type { Instant } from '../kernel/time.ts'
import type { DeliveryDeps } from './deps.ts'
import { natureOf } from './nature.ts'
import type { GateSummary } from './served.ts'
import type { PromotionMark } from './store.ts'

/** Everything about an application that a decision at a gate reads. */
export type Records = {
  readonly application: Pick<Application, 'documents'>
  readonly evidence: readonly Evidence[]
  readonly waivers: readonly Waiver[]
  readonly challenges: readonly Challenge[]
  readonly promotions: readonly PromotionMark[]
  /** What the decision rests on beside parts and documents. */
  readonly partsBeside?: DeliveryDeps['partsBeside'] | undefined
}

/** More overlays than are in use at once. */
const MOST_KEPT = 1000
/** Gates do not change, so one is made once: each check of it is then one object, which is written down once. */
const kept = new WeakMap<GateCatalogue, ReturnType<typeof createKept<string, Gate | undefined>>>()

/** Undefined when the catalogue has no gate into the stage. */
export function gateUpTo(catalogue: GateCatalogue, into: Stage, overlay: Overlay): Gate | undefined {
  const gates = kept.get(catalogue) ?? createKept<string, Gate | undefined>(MOST_KEPT)
  kept.set(catalogue, gates)
  return gates.get(`${into} ${JSON.stringify(overlay)}`, () => makeGate(catalogue, into, overlay))
}

function makeGate(catalogue: GateCatalogue, into: Stage, overlay: Overlay): Gate | undefined {
  if (!catalogue.gates.some((gate) => gate.into === into)) return undefined
  const stages = STAGES.slice(0, STAGES.indexOf(into) + 1)
  const checks = new Map<string, Check>()
  for (const stage of stages)
    for (const check of gateInto(catalogue, stage, overlay).gate?.checks ?? [])
      checks.set(check.id, stricter(checks.get(check.id), check))
  const { name, version, graceDays } = catalogue
  return { into, checks: [...checks.values()], catalogue: { name, version }, graceDays }
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

export type JudgedRelease = { gate: Gate; catalogue: GateCatalogue; release: Release; records: Records; now: Instant }

export const judgeRelease = (given: JudgedRelease): GateDecision => judge(snapshotOf(given), given.now)

/** Everything that a decision reads, and nothing else of the application. */
export function snapshotOf({ gate, catalogue, release, records }: Omit<JudgedRelease, 'now'>): Snapshot {
  const { evidence, waivers, challenges, promotions, application } = records
  const { into } = gate
  const asked = new Set(gate.checks.map(({ id }) => id))
  return {
    gate,
    parts: judgedParts(release, records),
    evidence: evidence.filter(({ check }) => asked.has(check)),
    waivers: waivers.filter((waiver) => waiver.release === release.id && waiver.into === into),
    challenges: challenges.filter(({ check }) => asked.has(check)),
    applicability: natureOf({ catalogue, release, into, documents: application.documents, promotions }),
    inStageSince: promotions
      .filter((promotion) => promotion.into === into && promotion.release !== release.id)
      .reduce<Instant | null>((first, { at }) => (first === null || at < first ? at : first), null),
  }
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

export function summaryOf({ into, decision, findings }: GateLook): GateSummary {
  const counts: GateSummary['counts'] = {}
  const pillars: GateSummary['pillars'] = {}
  const minutes = { people: 0, machine: 0 }
  for (const finding of findings) {
    const { verdict, pillar, effort } = finding
    if (holdsBack(finding)) minutes[effort.who === 'machine' ? 'machine' : 'people'] += effort.minutes
    counts[verdict] = (counts[verdict] ?? 0) + 1
    const own = pillars[pillar] ?? {}
    own[verdict] = (own[verdict] ?? 0) + 1
    pillars[pillar] = own
  }
  return { into, decision, counts, pillars, minutes }
}

export const overlayOf = (documents: Application['documents']): Overlay =>
  Overlay.catch({}).parse(documents.gates?.value)

/** Both versions of a check at once: of two figures for one fact the stricter, and every figure that only one has. */
function stricter(lower: Check | undefined, higher: Check): Check {
  if (!lower) return higher
  const ages = [lower.maxAgeDays, higher.maxAgeDays].filter((days) => days !== null)
  const requires = higher.requires.map((requirement) => {
    const twin = lower.requires.find((one) => isTwin(one, requirement))
    return twin ? stricterOf(twin, requirement) : requirement
  })
  return {
    ...higher,
    requires: [...lower.requires.filter((one) => !higher.requires.some((other) => isTwin(one, other))), ...requires],
    maxAgeDays: ages.length === 0 ? null : Math.min(...ages),
  }
}

const isTwin = (a: Requirement, b: Requirement): boolean =>
  a.fact === b.fact && a.bound === b.bound && a.equals === b.equals && (a.above ?? 0) === (b.above ?? 0)

const stricterOf = (a: Requirement, b: Requirement): Requirement => {
  const least = [a.atLeast, b.atLeast].filter((figure) => figure !== undefined)
  const most = [a.atMost, b.atMost].filter((figure) => figure !== undefined)
  return {
    ...b,
    ...(least.length > 0 && { atLeast: Math.max(...least) }),
    ...(most.length > 0 && { atMost: Math.min(...most) }),
  }
}
