/** Gates: judge a release, and quote and start what would answer its open questions. */
import { type ActorId, Duties } from '../core/actor.ts'
import { judge as judgeGate, type Snapshot } from '../core/gate.ts'
import { type NextSteps, nextSteps, type Persona } from '../core/next-steps.ts'
import type { Producer, ProducerContext } from '../core/producer.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import type { Stage } from '../core/stage.ts'
import { type Finding, type GateDecision, opens } from '../core/verdict.ts'
import { requiredIn } from '../core/weighing.ts'
import { Failure } from '../kernel/failure.ts'
import { compareMoney, type MicroUsd, sumKnown } from '../kernel/money.ts'
import { type Database, inTransaction, type Tx } from '../store/database.ts'
import type { Job } from '../store/job.ts'
import type { Decisions, GateRecord, Occasion } from './decisions/index.ts'
import type { DeliveryDeps } from './deps.ts'
import { demandGate, judgedParts, snapshotOf } from './release-gate.ts'
import type { RunPlan } from './served.ts'
import { demandApplicationRow, demandRelease, readStanding, type Standing } from './standing.ts'

export const RUN_PRODUCERS = 'delivery.run-producers'

export type Gates = ReturnType<typeof createGates>
export type Judged = {
  readonly release: Release
  readonly standing: Standing
  readonly snapshot: Snapshot
  readonly decision: GateDecision
}
/** A producer with those of its checks that are open. */
export type Assignment = { readonly producer: Producer; readonly checks: readonly string[] }

export function createGates(deps: DeliveryDeps, { decisions }: { decisions: Decisions }) {
  const { db, clock, organisation, catalogue, jobs } = deps

  const judge = async (reader: Database | Tx, id: ReleaseId, into: Stage): Promise<Judged> =>
    judgeInto(into, await read(reader, id))

  async function read(reader: Database | Tx, id: ReleaseId): Promise<Pick<Judged, 'release' | 'standing'>> {
    const release = await demandRelease(reader, id)
    const row = await demandApplicationRow(reader, deps, release.application)
    return { release, standing: await readStanding(reader, deps, row) }
  }

  function judgeInto(into: Stage, { release, standing }: Pick<Judged, 'release' | 'standing'>): Judged {
    const gate = demandGate(catalogue, into, standing.application)
    const snapshot = snapshotOf({ gate, catalogue, release, records: standing })
    return { release, standing, snapshot, decision: judgeGate(snapshot, clock()) }
  }

  async function plan(
    judged: Judged,
    { by, signal, only }: { by: ActorId; signal: AbortSignal; only?: readonly string[] | undefined },
  ): Promise<RunPlan> {
    const assignments = assignmentsOf(judged.decision, deps.producers(), only)
    const producers: RunPlan['producers'] = []
    for (const { producer, checks } of assignments) {
      const quote = await producer.quote(contextOf(judged, { by, signal, checks }))
      producers.push({ name: producer.name, checks: [...checks], ...quote })
    }
    const answered = new Set(assignments.flatMap(({ checks }) => checks))
    const howtos = new Map(catalogue.checks.map(({ id, howto }) => [id, howto]))
    return {
      producers,
      calls: producers.reduce((sum, { calls }) => sum + calls, 0),
      costMicroUsd: sumKnown(producers.map(({ costMicroUsd }) => costMicroUsd)),
      minutes: producers.reduce((sum, { minutes }) => sum + minutes, 0),
      byPeople: judged.decision.findings
        .filter((finding) => isOpenFor(finding, only) && !answered.has(finding.check))
        .map(({ check, title }) => ({ check, title, howto: howtos.get(check) ?? '' })),
    }
  }

  /** Keeps a decision that was judged, in the caller's transaction. */
  const keepJudged = (tx: Tx, { release, snapshot, decision }: Judged, occasion: Occasion, by: ActorId) =>
    decisions.keep(tx, { application: release.application, release: release.id, snapshot, decision, occasion, by })

  return {
    judge,
    keepJudged,

    /** Judges and keeps the decision with everything that it read. */
    keep: (id: ReleaseId, into: Stage, occasion: Occasion, by: ActorId): Promise<GateRecord> =>
      inTransaction(db, async (tx) => keepJudged(tx, await judge(tx, id, into), occasion, by)),

    /** What to do next, by whom, how long it takes and what it costs. */
    async next(given: {
      id: ReleaseId
      into: Stage
      persona?: Persona | undefined
      by: ActorId
      signal: AbortSignal
    }): Promise<NextSteps> {
      const judged = await judge(db, given.id, given.into)
      const { producers } = await plan(judged, given)
      return nextSteps({ decision: judged.decision, catalogue, producers, persona: given.persona })
    },

    /** Every check as this release is asked it: with what its stages, its tier and its overlay make of the catalogue's. */
    async asked(id: ReleaseId, into: Stage) {
      const { snapshot } = await judge(db, id, into)
      const { gate, applicability } = snapshot
      const items = gate.checks.map((check) => ({ ...check, requires: [...requiredIn(check, applicability)] }))
      return { tier: applicability.tier, graceDays: gate.graceDays, items }
    },

    decision: async (id: ReleaseId, into: Stage): Promise<GateDecision> => (await judge(db, id, into)).decision,

    /** Of every gate of the catalogue, in its order, over what was read once. */
    async decisions(id: ReleaseId): Promise<{ into: Stage; findings: GateDecision['findings'] }[]> {
      const found = await read(db, id)
      return catalogue.gates.map(({ into }) => ({ into, findings: judgeInto(into, found).decision.findings }))
    },

    /** What evidence about a release can depend on: its parts, and its application's documents as they stand. */
    async subjectOf(id: ReleaseId) {
      const release = await demandRelease(db, id)
      const row = await demandApplicationRow(db, deps, release.application)
      const duties = Duties.safeParse(row.documents.duties?.value)
      return {
        application: release.application,
        parts: judgedParts(release, { application: row, partsBeside: deps.partsBeside }),
        duties: duties.success ? duties.data : {},
      }
    },

    /** Quotes, and unless it is a dry run or too expensive, starts what answers the findings that are not open. */
    async run(given: {
      id: ReleaseId
      into: Stage
      by: ActorId
      dryRun: boolean
      maxCostMicroUsd?: MicroUsd | undefined
      /** Only these checks; all that are open when left out. */
      checks?: readonly string[] | undefined
      signal: AbortSignal
    }): Promise<
      | { kind: 'started'; job: Job['id']; plan: RunPlan }
      | { kind: 'quote' | 'nothing-to-run' | 'over-budget'; plan: RunPlan }
    > {
      const { id, into, by, dryRun, maxCostMicroUsd, checks, signal } = given
      const judged = await judge(db, id, into)
      demandAsked(judged.decision, checks)
      const planned = await plan(judged, { by, signal, only: checks })
      if (planned.producers.length === 0) return { kind: 'nothing-to-run', plan: planned }
      if (maxCostMicroUsd !== undefined && isOver(planned.costMicroUsd, maxCostMicroUsd))
        return { kind: 'over-budget', plan: planned }
      if (dryRun) return { kind: 'quote', plan: planned }

      const key = [id, into, ...(checks ?? []).toSorted()].join(':')
      const under = await jobs.findByKey(RUN_PRODUCERS, key)
      if (under && (under.state === 'queued' || under.state === 'running'))
        return { kind: 'started', job: under.id, plan: planned }
      if (under) await jobs.forget(RUN_PRODUCERS, key)
      const { application } = judged.release
      const job = await inTransaction(db, async (tx) => {
        const input = { release: id, into, by, application, ...(checks && { checks }) }
        const added = await jobs.enqueue(tx, { organisation, kind: RUN_PRODUCERS, key, input })
        const detail = { into, job: added.id, producers: planned.producers.map(({ name }) => name) }
        await deps.record(tx, { actor: by, action: 'delivery.gate-run', subject: id, application, detail })
        return added
      })
      return { kind: 'started', job: job.id, plan: planned }
    },
  }
}

function demandAsked({ findings, into }: GateDecision, checks: readonly string[] = []): void {
  const strange = checks.find((check) => !findings.some((finding) => finding.check === check))
  if (strange === undefined) return
  throw new Failure(
    'invalid',
    'delivery.check-not-asked',
    `The gate into ${into} does not ask for ${strange}. It asks for ${findings.map(({ check }) => check).join(', ')}.`,
  )
}

const isOpenFor = ({ check, verdict }: Finding, only: readonly string[] | undefined): boolean =>
  !opens(verdict) && (only === undefined || only.includes(check))

/** Each producer with the checks that are not open and that it answers. */
export const assignmentsOf = (
  { findings }: GateDecision,
  producers: readonly Producer[],
  only?: readonly string[] | undefined,
): Assignment[] =>
  producers.flatMap((producer) => {
    const checks = findings
      .filter((finding) => isOpenFor(finding, only) && producer.checks.includes(finding.check))
      .map(({ check }) => check)
    return checks.length === 0 ? [] : [{ producer, checks }]
  })

export function contextOf(
  { release, standing }: Judged,
  more: Pick<ProducerContext, 'by' | 'signal' | 'checks'>,
): ProducerContext {
  const { rollouts: _, frozenBlueprint: __, ...application } = standing.application
  return { release, application, ...more }
}

/** An unknown price may be any price. */
const isOver = (cost: MicroUsd | null, most: MicroUsd): boolean => cost === null || compareMoney(cost, most) > 0
