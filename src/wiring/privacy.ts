/** Privacy over every slice that keeps something about people: each names its places, this puts them in order. */
import { join } from 'node:path'
import type { Access } from '../access/index.ts'
import type { Config } from '../config.ts'
import type { Delivery } from '../delivery/index.ts'
import { type Evals, type ExamplesOf, withoutExamples } from '../evals/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import type { Digest } from '../kernel/digest.ts'
import { DAY, type Instant } from '../kernel/time.ts'
import { type Knowledge, withoutPassages } from '../knowledge/index.ts'
import {
  contentsPlace,
  copyBeforeMigrationPlace,
  createPrivacy,
  type PrivacyDeps,
  privacyHttp,
  rehearseDeletion,
} from '../privacy/index.ts'
import type { PersonalPlace } from '../store/personal-data.ts'
import type { Store } from '../store/store.ts'
import type { Telemetry } from '../telemetry/index.ts'
import type { Webhooks } from '../webhooks/index.ts'
import type { EventHub } from '../wire/events.ts'

type Deps = Pick<
  PrivacyDeps,
  'db' | 'clock' | 'newId' | 'random' | 'masterKey' | 'organisation' | 'record' | 'publish'
> & {
  readonly config: Pick<Config, 'data' | 'backupDays' | 'retentionDays' | 'collector'>
  readonly hub: EventHub
  readonly store: Pick<Store, 'blobs' | 'jobs'>
  readonly access: Access
  readonly evidence: EvidenceLog
  readonly telemetry: Telemetry
  readonly evals: Evals
  readonly delivery: Delivery
  readonly knowledge: Knowledge
  readonly webhooks: Webhooks
  readonly capabilities: {
    readonly personalPlaces: readonly PersonalPlace[]
    removeOld(ask: { application: string | null; before: Instant }): Promise<number>
  }
  readonly examplesOf: ExamplesOf
  readonly report: (thrown: unknown, where?: string) => void
}

/** A change of a frozen content, which processes hold in memory. */
const CONTENT = 'content'

export function wirePrivacy(deps: Deps) {
  const { db, config, hub, store, access, evidence, telemetry, evals, delivery, knowledge, report } = deps
  const { blobs, jobs } = store
  const stopHearing = hub.subscribe(({ topic, id }) => {
    if (topic === CONTENT) void forget([id as Digest]).catch(report)
  })
  async function forget(changed: readonly Digest[]): Promise<void> {
    for (const digest of [...changed, ...(await blobs.forgetErased())]) {
      knowledge.forget(digest)
      evals.examplesOf.forget(digest)
      deps.examplesOf.forget(digest)
    }
  }
  // What another process erased while this one was down.
  void forget([]).catch(report)

  const found = { settle: telemetry.recorder.drain, traceIdsOf: telemetry.traceIdsOf }
  const places: PrivacyDeps['places'] = [
    ...telemetry.personalPlaces,
    ...evals.personalPlaces,
    ...deps.webhooks.personalPlaces,
    ...deps.capabilities.personalPlaces,
    ...delivery.personalPlaces,
    contentsPlace({
      db,
      blobs,
      rewrites: [withoutPassages, withoutExamples],
      filesInUse: delivery.filesInUse,
      onErased: (digest) => hub.publish({ topic: CONTENT, id: digest, application: null }),
    }),
    copyBeforeMigrationPlace(db, join(config.data, 'before-migration')),
    ...evidence.personalPlaces,
    ...access.personalPlaces,
  ]
  const privacy = createPrivacy({
    ...deps,
    fingerprints: access.fingerprints,
    jobs,
    seal: evidence.seal,
    systemActor: access.systemActor,
    places,
    ...found,
    keptList: join(config.data, 'deletions.jsonl'),
    backupDays: config.backupDays,
    elsewhere: elsewhereOf(config),
    declared: delivery.declaredPrivacy,
    usualDays: config.retentionDays,
    removeOld: async (ask) => (await telemetry.removeOld(ask)) + (await deps.capabilities.removeOld(ask)),
  })
  let timer: NodeJS.Timeout | undefined
  const look = () => void privacy.daily().catch((thrown) => report(thrown, 'privacy'))
  return {
    http: privacyHttp(privacy),
    /** A deletion of somebody who does not exist, over every place. */
    rehearse: (ask: Parameters<typeof rehearseDeletion>[1]) =>
      rehearseDeletion({ clock: deps.clock, places, ...found }, ask),
    start(): void {
      timer = setInterval(look, DAY)
      timer.unref()
      look()
    },
    stop(): void {
      clearInterval(timer)
      stopHearing()
    },
  }
}

const elsewhereOf = ({ collector }: Pick<Config, 'collector'>): string[] => [
  ...(collector
    ? [`Requests were sent on to the collector ${new URL(collector.endpoint).host}; delete them there.`]
    : []),
  'Providers of models and targets keep what their terms say; ask those that the traces in the copy name.',
  'Answers that are kept for requests with an Idempotency-Key are encrypted and gone within a day.',
]
