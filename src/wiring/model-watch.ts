/** What the watch over models asks of others, and how evidence on answers is bound to what it sees. */
import { answeringModels } from '../core/cache-by-meaning.ts'
import type { EvidenceDraft } from '../core/evidence.ts'
import type { Manifest, Part } from '../core/manifest.ts'
import { Failure } from '../kernel/failure.ts'
import { type createWatch, type Models, remoteModels } from '../models/index.ts'
import type { Tx } from '../store/database.ts'
import type { LateSlices } from './late-slices.ts'

type WatchDeps = Parameters<typeof createWatch>[0]

export const watchedBy = ({
  models,
  config,
  late,
}: {
  models: Pick<Models, 'stream'>
  config: { readonly probes: boolean }
  late: LateSlices
}): Pick<WatchDeps, 'probes' | 'systemActor' | 'stream' | 'inUse'> => ({
  probes: config.probes,
  systemActor: () => late().access.systemActor,
  // What is switched off is not asked by the program either.
  stream(request) {
    const { whyOff } = late().access.switches
    const why = whyOff('model', request.model) ?? whyOff('provider', request.model.split('/', 1)[0] ?? '')
    if (why !== undefined) throw new Failure('unavailable', 'models.switched-off', why)
    return models.stream(request)
  },
  /** Hosted models of what is live, in any stage and arm. */
  inUse() {
    const { delivery } = late()
    const used = Object.entries(delivery.liveTable().applications).flatMap(([application, { stages }]) =>
      Object.values(stages).flatMap(({ release, rollout }) =>
        [release, ...(rollout ? [rollout.candidate] : [])].flatMap((id) => {
          const manifest = delivery.releaseInMemory(id)?.manifest
          return manifest
            ? remoteModels({ models: answeringModels(manifest) }).map((model) => ({ model, application }))
            : []
        }),
      ),
    )
    return [...Map.groupBy(used, ({ model }) => model)].map(([model, group]) => ({
      model,
      applications: [...new Set(group.map(({ application }) => application))].sort(),
    }))
  },
})

type Record = (tx: Tx, draft: EvidenceDraft) => Promise<unknown>

/** Adds to evidence that depends on a model of its release what the watch says of that model. */
export const bindToModels =
  ({ late, partOf }: { late: LateSlices; partOf: (manifest: Manifest) => Part[] }) =>
  (record: Record): Record =>
  async (tx, draft) => {
    if (draft.release === null || !draft.inputs.some(({ kind }) => kind === 'model')) return record(tx, draft)
    const { manifest } = await late().delivery.releaseIn(tx, draft.release)
    return record(tx, { ...draft, inputs: [...draft.inputs, ...partOf(manifest)] })
  }
