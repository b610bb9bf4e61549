/** What the watch over models asks of others, and how evidence on answers is bound to what it sees. */
import { answeringModels } from '../core/cache-by-meaning.ts'
import type { EvidenceDraft } from '../core/evidence.ts'
import type { Manifest, Part } from '../core/manifest.ts'
import { movingParts } from '../core/moving-parts.ts'
import { digestOfBytes } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'
import type { Clock } from '../kernel/time.ts'
import { type createWatch, endpointHeaders, type Models, remoteModels, textOf } from '../models/index.ts'
import type { Tx } from '../store/database.ts'
import type { LateSlices } from './late-slices.ts'
import { modelsFor } from './own-work.ts'

const FINGERPRINT_MS = 10_000
const MOST_FINGERPRINT_BYTES = 64 * 1024

type WatchDeps = Parameters<typeof createWatch>[0]

export const watchedBy = ({
  models,
  clock,
  config,
  late,
}: {
  models: Models
  clock: Clock
  config: { readonly probes: boolean }
  late: LateSlices
}): Pick<WatchDeps, 'probes' | 'systemActor' | 'stream' | 'readFingerprint' | 'inUse'> => ({
  probes: config.probes,
  systemActor: () => late().access.systemActor,
  // What is switched off is not asked by the program either.
  stream(request) {
    const { whyOff } = late().access.switches
    const why = whyOff('model', request.model) ?? whyOff('provider', request.model.split('/', 1)[0] ?? '')
    if (why !== undefined) throw new Failure('unavailable', 'models.switched-off', why)
    return modelsFor({ access: late().access, models, clock })({ application: null }).stream(request)
  },
  async readFingerprint({ url, credential }, signal) {
    const key = credential === undefined ? undefined : await models.providers.credentialFor(credential, url)
    const { host } = new URL(url)
    const headers = endpointHeaders({ name: host, dialect: 'openai', baseUrl: url, speaks: [], credential: key })
    const timeouts = { headersMs: FINGERPRINT_MS, totalMs: FINGERPRINT_MS }
    const answer = await models.send({ url, method: 'GET', headers, timeouts, signal })
    const text = await textOf(answer, { host, signal, limit: MOST_FINGERPRINT_BYTES })
    if (answer.status === 200 && text.trim() !== '') return digestOfBytes(text.trim())
    throw new Failure('unavailable', 'models.fingerprint-unreadable', `${host} answered ${answer.status} without one.`)
  },
  /** Hosted models, live indexes and tools of what is live, in any stage and arm. */
  inUse() {
    const { delivery } = late()
    const used = Object.entries(delivery.liveTable().applications).flatMap(([application, { stages }]) =>
      Object.values(stages).flatMap(({ release, rollout }) =>
        [release, ...(rollout ? [rollout.candidate] : [])].flatMap((id) => {
          const manifest = delivery.releaseInMemory(id)?.manifest
          if (!manifest) return []
          return [
            ...remoteModels({ models: answeringModels(manifest) }).map((model) => ({
              ...{ model, application, fingerprint: undefined },
            })),
            ...movingParts(manifest).map(({ watched, fingerprint }) => ({ model: watched, application, fingerprint })),
          ]
        }),
      ),
    )
    return [...Map.groupBy(used, ({ model }) => model)].map(([model, group]) => ({
      model,
      fingerprint: group[0]?.fingerprint,
      applications: [...new Set(group.map(({ application }) => application))].sort(),
    }))
  },
})

const WATCHED: ReadonlySet<string> = new Set(['model', 'live-index', 'tool'])

type Record = (tx: Tx, draft: EvidenceDraft) => Promise<unknown>

/** Adds to evidence that depends on a model, a live index or a tool of its release what the watch says of that. */
export const bindToModels =
  ({ late, partOf }: { late: LateSlices; partOf: (manifest: Manifest) => Part[] }) =>
  (record: Record): Record =>
  async (tx, draft) => {
    if (draft.release === null || !draft.inputs.some(({ kind }) => WATCHED.has(kind))) return record(tx, draft)
    const { manifest } = await late().delivery.releaseIn(tx, draft.release)
    return record(tx, { ...draft, inputs: [...draft.inputs, ...partOf(manifest)] })
  }
