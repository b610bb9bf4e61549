/** Incidents, trials, the change, upkeep: the people's side of the path, over the slices that know what it reads. */

import type { Access } from '../access/index.ts'
import type { Config } from '../config.ts'
import type { Example } from '../core/dataset.ts'
import type { Delivery } from '../delivery/index.ts'
import type { Evals, ExamplesOf } from '../evals/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import {
  changeHttp,
  createIncidents,
  createMitigations,
  createTrials,
  type GovernanceDeps,
  type IncidentsDeps,
  incidentsHttp,
  mitigationsHttp,
  pilotWrittenOn,
  type Training,
  trialsHttp,
  upkeepHttp,
} from '../governance/index.ts'
import type { RandomBytes } from '../kernel/random.ts'
import { HOUR } from '../kernel/time.ts'
import type { Telemetry } from '../telemetry/index.ts'
import { addressOf } from './door.ts'
import { evidenceDoor } from './evidence-door.ts'
import { readPacks } from './packs.ts'
import { type UpkeepWiring, wireUpkeep } from './upkeep.ts'

type Deps = Pick<GovernanceDeps, 'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish'> & {
  readonly root: string
  readonly access: Access
  readonly delivery: Delivery
  readonly evidence: EvidenceLog
  readonly evals: Evals
  readonly examplesOf: ExamplesOf
  readonly telemetry: Telemetry
  readonly training: Training
  readonly random: RandomBytes
  readonly config: Config
  readonly plan: UpkeepWiring['plan']
  readonly registry: UpkeepWiring['registry']
  readonly report: (thrown: unknown, where?: string) => void
}

/** The check whose findings are mitigated. */
const FAIRNESS = 'eval.fairness'

export function wirePeopleSide(deps: Deps) {
  const { delivery, access, report, training } = deps
  const ground = { ...deps, applicationOf: delivery.getApplication, ...evidenceDoor(() => deps) }
  const incidents = createIncidents({
    ...ground,
    ...readPacks(deps.root),
    applicationsOf: delivery.getApplications,
    caseOn: caseOn(deps),
  })
  const trials = createTrials({
    ...ground,
    systemActor: access.systemActor,
    publicUrl: () => addressOf(deps.config),
    openGrave: incidents.openGrave,
    countUsers: training.countUsers,
    pilotWrittenOn: (application) => pilotWrittenOn(ground, application),
  })
  const upkeep = wireUpkeep({ ...deps, ground, incidents })
  const mitigations = createMitigations({
    ...ground,
    fairnessOf: async (application) =>
      (await deps.evidence.list({ application, check: FAIRNESS }, { limit: 1000 })).items,
    limit:
      delivery.catalogue.checks.find(({ id }) => id === FAIRNESS)?.requires.find(({ fact }) => fact === 'gap')
        ?.atMost ?? 0,
  })
  let timer: NodeJS.Timeout | undefined
  const look = () => {
    incidents.tick(access.systemActor).catch((thrown) => report(thrown, 'incidents'))
    upkeep.tick().catch((thrown) => report(thrown, 'upkeep'))
    trials.tick().catch((thrown) => report(thrown, 'trials'))
  }
  return {
    incidents,
    mitigations,
    http: [
      ...incidentsHttp(incidents),
      ...trialsHttp(trials),
      ...upkeepHttp(upkeep),
      ...mitigationsHttp(mitigations),
      ...changeHttp({ ...ground, useByWeek: deps.telemetry.usersByWeek }),
    ],
    producers: [incidents.producer, trials.producer, upkeep.producer],
    personalPlaces: [
      ...incidents.personalPlaces,
      ...trials.personalPlaces,
      ...upkeep.personalPlaces,
      ...mitigations.personalPlaces,
    ],
    start(): void {
      timer = setInterval(look, HOUR)
      timer.unref()
    },
    stop(): void {
      clearInterval(timer)
    },
  }
}

const MOST_EXPERIMENTS = 100
/** Where neither the suite nor the experiment says from which score on a case is passed. */
const PASS_AT = 0.5

async function rowOf(pieces: AsyncIterable<readonly Example[]>, id: string): Promise<Example | undefined> {
  for await (const piece of pieces) {
    const found = piece.find((row) => row.id === id)
    if (found) return found
  }
  return undefined
}

/** Finds the case in the release's dataset, and the newest experiment that asked it. */
const caseOn =
  ({ delivery, evals, examplesOf }: Pick<Deps, 'delivery' | 'evals' | 'examplesOf'>): IncidentsDeps['caseOn'] =>
  async ({ application, release, dataset, example }) => {
    const { manifest } = await delivery.getRelease(release)
    const part = manifest.datasets.find(({ name }) => name === dataset)
    const found = part && (await rowOf(examplesOf.pieces(part), example))
    if (!found) return undefined
    const { items } = await evals.list({ application, release, state: 'succeeded', limit: MOST_EXPERIMENTS })
    for (const { id, primary, suite } of items.filter((one) => one.dataset === dataset)) {
      const rows = await evals.rows({ id, arm: 'candidate', example, order: 'dataset', limit: 100 })
      const scores = rows.items.map((row) => (row.error === null ? (row.scores[primary]?.score ?? null) : null))
      if (scores.length === 0) continue
      const passAt = manifest.suites.find(({ name }) => name === suite)?.passAt ?? PASS_AT
      const isPassed = scores.every((score) => score !== null && score >= passAt)
      return { split: found.split, passedIn: isPassed ? id : null, failedIn: isPassed ? null : id }
    }
    return { split: found.split, passedIn: null, failedIn: null }
  }
