/**
 * Capabilities that stand on the slices, and that no slice asks for anything: each is a file beside this one and a
 * line in the list here.
 */
import type { Access } from '../access/index.ts'
import type { Config } from '../config.ts'
import type { Application } from '../core/application.ts'
import type { DossierSection } from '../core/dossier.ts'
import type { Producer } from '../core/producer.ts'
import type { Release } from '../core/release.ts'
import type { Delivery, DeliveryDeps } from '../delivery/index.ts'
import type { Evals, ExamplesOf } from '../evals/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import type { Flows } from '../flows/index.ts'
import type { Training } from '../governance/index.ts'
import type { Instant } from '../kernel/time.ts'
import type { Knowledge } from '../knowledge/index.ts'
import type { Models } from '../models/index.ts'
import type { PrivacyDeps } from '../privacy/index.ts'
import type { LintBlueprint, Prompts } from '../prompts/index.ts'
import type { Tx } from '../store/database.ts'
import type { PersonalPlace } from '../store/personal-data.ts'
import type { Store } from '../store/store.ts'
import type { Telemetry } from '../telemetry/index.ts'
import type { Webhooks } from '../webhooks/index.ts'
import type { Mounted } from '../wire/handle.ts'
import { wireAlerts } from './alerts.ts'
import { wireApprovals } from './approvals.ts'
import { wireAttackRuns } from './attack-runs.ts'
import { wireBringing } from './bringing.ts'
import { wireCoverage } from './coverage.ts'
import { wireDatasets } from './datasets.ts'
import { wireDossiers } from './dossiers.ts'
import { wireExplanationProbe } from './explanation-probe.ts'
import { wireFaultDrills } from './fault-drills.ts'
import { wireFeeding } from './feeding.ts'
import { wireGovernance } from './governance.ts'
import { wireGuardProbe } from './guard-probe.ts'
import { wireHarmRuns } from './harm-runs.ts'
import { wireIntegrations } from './integrations.ts'
import { wireJudges } from './judges.ts'
import { judging } from './judging.ts'
import { wireKpiEvents } from './kpis.ts'
import type { BlueprintAsk, BlueprintChange } from './limits.ts'
import { wireLiveScores } from './live-scores.ts'
import { wireLoadRuns } from './load-runs.ts'
import { wireMail } from './mail.ts'
import { wireMeaning } from './meaning.ts'
import type { Registry } from './model-registry.ts'
import { wireModelRounds } from './model-rounds.ts'
import { wireModelTimings } from './model-timings.ts'
import { wireOutsideRuns } from './outside-runs.ts'
import { wireOversight } from './oversight.ts'
import type { OwnWork } from './own-work.ts'
import { readPacks } from './packs.ts'
import { wirePatterns } from './patterns.ts'
import { wirePeopleSide } from './people-side.ts'
import { wirePhases } from './phases.ts'
import { wirePlanning } from './planning.ts'
import { wirePlatforms } from './platforms.ts'
import { wirePosture } from './posture.ts'
import { wirePrompts } from './prompts.ts'
import { reachedOf } from './reached.ts'
import { wireReviews } from './reviews.ts'
import { wireRollouts } from './rollouts.ts'
import { wireShadows } from './shadows.ts'
import { wireTestPages } from './test-pages.ts'
import { wireVerdicts } from './verdicts.ts'
import { wireWayOfWorking } from './way-of-working.ts'
import { wireWorkspaces } from './workspaces.ts'

/** What a capability may ask for; each file picks what it needs. */
export type CapabilityDeps = Pick<
  PrivacyDeps,
  'db' | 'clock' | 'newId' | 'random' | 'organisation' | 'record' | 'publish'
> & {
  readonly root: string
  readonly config: Config
  readonly store: Store
  readonly access: Access
  readonly evidence: EvidenceLog
  readonly models: Models
  readonly own: OwnWork
  readonly prompts: Prompts
  readonly knowledge: Knowledge
  readonly flows: Flows
  readonly telemetry: Telemetry
  readonly webhooks: Webhooks
  readonly evals: Evals
  readonly examplesOf: ExamplesOf
  readonly training: Training
  readonly delivery: Delivery
  readonly registry: Pick<
    Registry,
    'fieldsOf' | 'obligationsOf' | 'lineageLines' | 'endOf' | 'openTasks' | 'shortlists' | 'posture' | 'personalPlaces'
  >
  readonly lint: LintBlueprint
  /** Where the port is, once it is open. */
  readonly address: () => string
  readonly report: (thrown: unknown, where?: string) => void
}

/** What a capability gives; `start` is called in a process that works on jobs, and `stop` when it ends. */
export type Capability = {
  readonly http?: readonly Mounted[]
  readonly producers?: readonly Producer[]
  /** Where it keeps something about people. */
  readonly personalPlaces?: readonly PersonalPlace[]
  /** Takes away what is older than the retention of an application; returns how much. */
  removeOld?(ask: { application: string | null; before: Instant }): Promise<number>
  /** What it knows of a release for its dossier. */
  readonly sections?: readonly DossierSection[]
  /** Told of each release that is being frozen, in its transaction; what it throws refuses the freeze. */
  onFreeze?(tx: Tx, release: Release, application: Application): Promise<void>
  /** Throws where an application may not enter a stage, whatever its gate says. */
  mayEnter?: DeliveryDeps['mayEnter']
  /** Throws where a blueprint may not be kept as it is. */
  mayKeep?(ask: BlueprintAsk): Promise<void>
  /** Told of each blueprint that was kept. */
  onBlueprint?(change: BlueprintChange): Promise<void>
  start?(): void
  stop?(): void
}

export function wireCapabilities(deps: CapabilityDeps) {
  const [approvals, reviews, oversight] = [wireApprovals(deps), wireReviews(deps), wireOversight(deps)]
  const dossiers = wireDossiers(deps, () => all.flatMap(({ sections = [] }) => sections))
  const datasets = wireDatasets(deps)
  const liveScores = wireLiveScores({ ...deps, ...judging(deps.models, deps.own, deps.config) })
  const governance = wireGovernance({
    ...deps,
    versionSince: datasets.versionSince,
    incidentsOf: (application) => people.incidents.raising(application),
  })
  const judges = wireJudges(deps)
  const prompts = wirePrompts(deps)
  const alerts = wireAlerts(deps, governance.plan, { swaps: judges.swaps, documents: datasets.documents })
  const people = wirePeopleSide({ ...deps, plan: governance.plan })
  const meaning = wireMeaning(deps)
  const faults = wireFaultDrills(deps)
  const all: readonly Capability[] = [
    prompts,
    { personalPlaces: deps.registry.personalPlaces },
    deps.evals.waiting,
    wireModelRounds(deps, prompts),
    wireModelTimings(deps),
    wireRollouts(deps),
    wireShadows(deps),
    liveScores,
    datasets,
    wireCoverage(deps),
    wirePatterns(deps),
    judges,
    wireFeeding(deps),
    wireOutsideRuns(deps),
    approvals,
    reviews,
    governance,
    oversight,
    people,
    alerts,
    wireMail(deps, { ...approvals, ...reviews, ...oversight, ...alerts }),
    wirePlanning(deps, governance.plan),
    wireBringing(deps),
    wireKpiEvents(deps, governance),
    wireIntegrations(deps),
    wirePlatforms(deps),
    wirePosture(deps),
    wirePhases({ ...deps, ...governance, ...approvals, ...alerts, ...people }),
    wireWayOfWorking(deps),
    wireGuardProbe(deps),
    wireLoadRuns(deps),
    wireAttackRuns(deps),
    wireHarmRuns(deps),
    faults,
    meaning,
    wireExplanationProbe(deps),
    dossiers,
    wireVerdicts(deps),
    wireTestPages(deps),
    wireWorkspaces(deps),
    deps.telemetry.rollUp,
    deps.telemetry.sealOlder,
  ]
  return {
    http: all.flatMap(({ http = [] }) => http),
    producers: all.flatMap(({ producers = [] }) => producers),
    forGateway: { ...oversight.forGateway, byMeaning: meaning.byMeaning, runUnder: faults.runUnder },
    whyNotScored: liveScores.whyNotScored,
    /** What documents are held against. */
    laws: readPacks(deps.root).lawPacks,
    reached: reachedOf(deps),
    personalPlaces: all.flatMap(({ personalPlaces = [] }) => personalPlaces),
    async removeOld(ask: { application: string | null; before: Instant }) {
      let removed = 0
      for (const one of all) removed += (await one.removeOld?.(ask)) ?? 0
      return removed
    },
    async onFreeze(tx: Tx, release: Release, application: Application) {
      const { id, manifest, frozenAt } = release
      await deps.prompts.recordVersions(tx, {
        application: release.application,
        release: id,
        prompts: manifest.prompts,
        at: frozenAt,
      })
      for (const one of all) await one.onFreeze?.(tx, release, application)
    },
    mayEnter: (async (tx, ask) => {
      for (const one of all) await one.mayEnter?.(tx, ask)
    }) satisfies DeliveryDeps['mayEnter'],
    async mayKeep(ask: BlueprintAsk) {
      for (const one of all) await one.mayKeep?.(ask)
    },
    async onBlueprint(change: BlueprintChange) {
      for (const one of all) await one.onBlueprint?.(change)
    },
    start() {
      for (const one of all) one.start?.()
    },
    stop() {
      for (const one of all) one.stop?.()
    },
  }
}

/** What delivery asks of capabilities that are made after it. */
export const askedByDelivery = (
  late: () => Pick<ReturnType<typeof wireCapabilities>, 'onFreeze' | 'whyNotScored' | 'mayEnter'>,
): Required<Pick<DeliveryDeps, 'onFreeze' | 'whyNotScored' | 'mayEnter'>> => ({
  onFreeze: (...frozen) => late().onFreeze(...frozen),
  whyNotScored: (...asked) => late().whyNotScored(...asked),
  mayEnter: (...asked) => late().mayEnter(...asked),
})
