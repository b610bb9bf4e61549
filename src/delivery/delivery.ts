/**
 * Delivery: from the files of a blueprint to live traffic. Freeze, judge, promote, roll out, roll back.
 *
 * It knows no slice that measures: scores, approvals and costs reach it as evidence, and parts as digests through
 * functions, so that a new kind of check changes nothing here.
 */
import type { LiveTable } from '../core/live-table.ts'
import type { Outcome } from '../core/outcome.ts'
import type { ReleaseId } from '../core/release.ts'
import { nextStage, STAGES, type Stage } from '../core/stage.ts'
import type { Database, Tx } from '../store/database.ts'
import { createApplications } from './applications.ts'
import { isApprovalCheck } from './approvals/index.ts'
import { createDecisions } from './decisions/index.ts'
import type { DeliveryDeps } from './deps.ts'
import { createGateSummaries } from './gate-summaries.ts'
import { createGates } from './gates.ts'
import { handleJobs } from './jobs.ts'
import { listDocument } from './lists/index.ts'
import { createLive } from './live.ts'
import { deliveryPlaces } from './personal.ts'
import { createPromotions } from './promotions.ts'
import { gateUpTo, judgeRelease, overlayOf } from './release-gate.ts'
import { createReleases } from './releases.ts'
import { createReporting } from './reporting.ts'
import { createRollouts, createSides, type RolloutDeps } from './rollouts/index.ts'
import { demandApplicationRow, demandRelease, highestStage, readStanding } from './standing.ts'
import { findApplication, listFileDigests, listLiveStages, listNames, listPromotionMarks } from './store.ts'
import { createWaivers } from './waivers.ts'

export type Delivery = Awaited<ReturnType<typeof createDelivery>>

/** Reads the live table before it returns, so that nobody is answered from an empty one. Before `jobs.start`. */
export async function createDelivery(deps: DeliveryDeps) {
  const { db, organisation, catalogue, clock } = deps
  const live = await createLive({ db, organisation, remember: deps.remember })
  /** Checks of the gate into the stage that have gone stale for this release, as sentences. */
  async function staleOf(reader: Database | Tx, ask: { release: ReleaseId; application: string; stage: Stage }) {
    const row = await demandApplicationRow(reader, deps, ask.application)
    const gate = gateUpTo(catalogue, ask.stage, overlayOf(row.documents))
    if (!gate) return []
    const release = await demandRelease(reader, ask.release)
    const records = await readStanding(reader, deps, row)
    // An approval holds until the rollout starts; what it rested on is asked for here itself.
    return judgeRelease({ gate, catalogue, release, records, now: clock() })
      .findings.filter(({ check, verdict }) => verdict === 'STALE' && !isApprovalCheck(check))
      .map(({ title, why }) => `The evidence for “${title}” went stale: ${why.join(' ')}`)
  }
  const rolloutDeps: RolloutDeps = {
    ...deps,
    refreshLive: live.refresh,
    staleOf: (tx, { application, candidate, stage }) => staleOf(tx, { release: candidate, application, stage }),
  }
  const summaries = createGateSummaries({ ...deps, releaseInMemory: live.releaseOf })
  const applications = createApplications(deps, { refreshLive: live.refresh, summaries })
  const releases = createReleases(deps, { applications, live, summaries })
  const decisions = createDecisions(deps)
  const gates = createGates(deps, { decisions })
  const rollouts = createRollouts(rolloutDeps)
  const promotions = createPromotions(deps, { gates, rollouts, rolloutDeps, live, staleOf })
  const waivers = createWaivers(deps, { gates })
  handleJobs(deps, gates)

  return {
    applications,
    releases,
    gates,
    promotions,
    waivers,
    rollouts,
    ...createSides(deps),
    staleOf,
    decisions,
    reporting: createReporting(deps),
    catalogue,
    templates: deps.templates,

    /** Releases that are promoted into a stage. */
    async promotedInto(application: string, stage: Stage): Promise<ReleaseId[]> {
      const marks = await listPromotionMarks(db, organisation, application)
      return marks.filter(({ into }) => into === stage).map(({ release }) => release)
    },

    /** The highest stage in which the application is live; null where it is in none. */
    async highestLive(application: string): Promise<Stage | null> {
      const rows = await listLiveStages(db, organisation, application)
      return STAGES.findLast((stage) => rows.some((one) => one.stage === stage)) ?? null
    },

    // For slices that need one thing of an application or a release.
    getApplication: applications.find,
    getApplications: applications.named,
    getRelease: releases.find,
    /** The same within a transaction. */
    releaseIn: demandRelease,
    newestRelease: releases.newest,
    frozenBefore: releases.before,
    subjectOf: gates.subjectOf,
    isApplication: async (reader: Database | Tx, name: string): Promise<boolean> =>
      (await findApplication(reader, organisation, name)) !== undefined,

    /** The table that the gateway answers from, and every release that it names, from memory. */
    liveTable: live.current,
    releaseInMemory: live.releaseOf,
    /** Reads the table anew when another process has changed it. */
    refreshLive: live.refresh,
    /** Calls the listener with each new table until the returned function is called. */
    onLiveChange: (listener: (table: LiveTable) => void): (() => void) => live.onChange(listener),

    /** What applications are called, without looking at how they stand. */
    names: () => listNames(db, organisation),
    personalPlaces: deliveryPlaces(deps, applications),
    filesInUse: async () => new Set(await listFileDigests(db, organisation)),
    /** Applications with what their blueprint says under `privacy`. */
    declaredPrivacy: async () =>
      (await listDocument(db, organisation, 'privacy')).map(({ application, value }) => ({
        application,
        privacy: value ?? undefined,
      })),
    /** One document of every application, without reading the others; null where an application has none. */
    documentOfAll: (document: string) => listDocument(db, organisation, document),

    /** What happened to units under rollouts; telemetry tells it after each request. */
    observe: (outcomes: readonly Outcome[]) => rollouts.observe(outcomes),

    /** Soak and time-outs; the composition root calls it every second. */
    async tick(): Promise<void> {
      const { applications: table } = live.current()
      const isRolling = Object.values(table).some(({ stages }) => Object.values(stages).some((stage) => stage.rollout))
      if (isRolling) await rollouts.tick()
    },

    /** The release that this one would replace: in force in the stage that it may enter next. */
    async releaseBefore(application: string, release: ReleaseId): Promise<ReleaseId | undefined> {
      const row = await demandApplicationRow(db, deps, application)
      const standing = await readStanding(db, deps, row)
      const into = nextStage(highestStage(standing, release))
      return standing.live.find(({ stage }) => stage === into)?.release
    },
  }
}
