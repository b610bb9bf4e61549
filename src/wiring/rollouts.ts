/** What rollouts and explanations ask of telemetry, flows and knowledge: traffic before a plan starts, load for a drill. */

import type { Turn } from '../core/conversation.ts'
import type { Release } from '../core/release.ts'
import type { Delivery } from '../delivery/index.ts'
import {
  createCanaryProducer,
  createDrill,
  createForecasts,
  explanationsHttp,
  rolloutDoors,
} from '../delivery/index.ts'
import type { ExamplesOf } from '../evals/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import { Failure } from '../kernel/failure.ts'
import type { Knowledge } from '../knowledge/index.ts'
import type { Database } from '../store/database.ts'
import type { RecordAudit } from '../store/record-audit.ts'
import { type Telemetry, TraceId } from '../telemetry/index.ts'
import type { ChangeEvent } from '../wire/events.ts'
import type { OwnWork } from './own-work.ts'

type Deps = {
  readonly db: Database
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  readonly delivery: Delivery
  readonly telemetry: Pick<Telemetry, 'trafficOf' | 'traceIdOf' | 'get'>
  readonly evidence: Pick<EvidenceLog, 'record'>
  readonly own: OwnWork
  readonly knowledge: Pick<Knowledge, 'openIndex' | 'passagesOf'>
  readonly examplesOf: ExamplesOf
  readonly report: (thrown: unknown, where?: string) => void
}

export function wireRollouts(deps: Deps) {
  const { db, record, publish, delivery, telemetry, evidence, own, knowledge, examplesOf, report } = deps
  const recordEvidence = evidence.record
  const forecasts = createForecasts({
    db,
    record,
    recordEvidence,
    publish,
    applicationOf: delivery.getApplication,
    listRollouts: delivery.rollouts.list,
    trafficOf: telemetry.trafficOf,
  })
  const drill = createDrill({
    db,
    recordEvidence,
    publish,
    liveTable: delivery.liveTable,
    releaseOf: delivery.getRelease,
    promotedInto: delivery.promotedInto,
    roll: delivery.promotions.roll,
    async ask(release, signal) {
      const { id, manifest } = release
      await own.runFor({ manifest, arm: 'flow', turns: await questionOf(release), signal, release: id })
    },
  })

  /** The first example that its team has written; a greeting when there is none. */
  async function questionOf({ manifest }: Release): Promise<readonly Turn[]> {
    const [dataset] = manifest.datasets
    const [example] = dataset && dataset.rows > 0 ? await examplesOf.pick(dataset, [0]) : []
    const input = example?.input
    if (typeof input === 'string') return [{ role: 'user', content: input }]
    return input ?? [{ role: 'user', content: 'Hello' }]
  }

  // A candidate answers its first request as quickly as its tenth: else a rollout compares a cold index with a warm one.
  delivery.onLiveChange(({ applications }) => {
    for (const { stages } of Object.values(applications))
      for (const { release, rollout } of Object.values(stages))
        for (const id of [release, ...(rollout ? [rollout.candidate] : [])]) {
          const index = delivery.releaseInMemory(id)?.manifest.index
          if (index) void knowledge.openIndex(index).catch((thrown) => report(thrown, 'warming an index'))
        }
  })

  return {
    http: [
      ...rolloutDoors({ forecasts, drill }),
      ...explanationsHttp({
        async traceOf({ caller, id }) {
          const traceId = TraceId.safeParse(id).data ?? (await telemetry.traceIdOf(id))
          if (traceId === undefined)
            throw new Failure(
              'unknown',
              'delivery.answer-unknown',
              `There is no answer ${id}. Its id is in the answer, or in the header airworthy-trace.`,
            )
          return telemetry.get({ caller, traceId })
        },
        releaseOf: delivery.getRelease,
        applicationOf: delivery.getApplication,
        passagesOf: knowledge.passagesOf,
      }),
    ],
    producers: [createCanaryProducer(delivery.rollouts)],
  }
}
