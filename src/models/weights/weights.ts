/**
 * Weights: the files that a self-hosted model is made of, registered with it, hashed and read.
 *
 * Invariant: weights are accepted only when every file was recognised as data that nothing runs, has the digest that
 * was expected, and, where a key or an identity was named, is signed by it.
 */
import { mkdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ActorId } from '../../core/actor.ts'
import { Failure, messageOf } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { JobRun, Jobs } from '../../store/jobs.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import { type Remember, readOnly } from '../../store/remember.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import type { Weights, WeightsId, WeightsRegistration, WeightsSummary } from './contract.ts'
import { inspectApart } from './inspect-apart.ts'
import { digestOfFiles, problemsOf } from './judge-weights.ts'
import { weightsPlace } from './personal.ts'
import { NO_SIGNATURE } from './signature.ts'
import { addWeights, deleteWeights, listWeightsRows, saveInspection } from './store.ts'
import type { TrustedIdentity } from './trusted-identity.ts'

export type WeightsDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  readonly remember?: Remember
  readonly jobs: Pick<Jobs, 'handle' | 'enqueue' | 'get'>
  /** The folder on this machine under which weights lie. */
  readonly folder: string
  /** Throws `models.unknown-model`. */
  readonly demandModel: (model: string) => void
}

export const INSPECT_WEIGHTS = 'models.inspect-weights'

export type ModelWeights = Awaited<ReturnType<typeof createWeights>>

/** Registers the job handler, so it is called before `jobs.start()`. */
export async function createWeights(deps: WeightsDeps) {
  const { db, clock, newId, organisation, record, publish, jobs, remember = readOnly } = deps
  const folder = resolve(deps.folder)
  let kept: Weights[] = []
  await reload()

  async function reload(): Promise<void> {
    kept = await remember('model-weights', () => listWeightsRows(db, organisation))
  }
  const tell = (model: string) => publish({ topic: 'model-card', id: model, application: null })
  const find = (id: WeightsId): Weights => {
    const found = kept.find((one) => one.id === id)
    if (found) return found
    throw new Failure('unknown', 'models.weights-unknown', `There are no registered weights ${id}.`)
  }

  jobs.handle(INSPECT_WEIGHTS, async ({ job, signal, progress }: JobRun) => {
    await reload()
    const id = job.input.weights as WeightsId
    // They may have been forgotten meanwhile.
    const asked = kept.find((one) => one.id === id)
    if (!asked) return null
    const inspected = await inspectApart(
      {
        folder,
        path: asked.path,
        trustedKey: asked.trustedKey ?? undefined,
        trustedIdentity: asked.trustedIdentity ?? undefined,
      },
      {
        signal,
        onProgress: (bytes, of, path) =>
          void progress(megabytes(bytes), megabytes(of), `MB, at ${path}`).catch(() => {}),
      },
    ).catch((thrown: unknown) => {
      if (thrown instanceof Failure) return thrown
      throw thrown
    })
    const base = { inspectedAt: clock() }
    const found =
      inspected instanceof Failure
        ? {
            ...base,
            state: 'failed' as const,
            digest: null,
            bytes: 0,
            files: [],
            signature: NO_SIGNATURE,
            problems: [inspected.message],
          }
        : { ...base, ...judged(asked, inspected) }
    await inTransaction(db, async (tx) => {
      await saveInspection(tx, id, found)
      const { state, digest, problems } = found
      await record(tx, {
        actor: asked.registeredBy,
        action: 'models.weights-inspected',
        subject: asked.model,
        detail: { weights: id, state, digest, problems },
      })
    })
    await reload()
    tell(asked.model)
    return { state: found.state }
  })

  return {
    reload,
    get: find,
    personalPlaces: [weightsPlace(db, organisation)],

    list(
      { model }: { model?: string | undefined },
      { cursor, limit }: { cursor?: string | undefined; limit: number },
    ): WeightsSummary[] {
      return kept
        .filter((one) => (model === undefined || one.model === model) && (cursor === undefined || one.id < cursor))
        .slice(0, limit)
        .map(({ files, expected: _, trustedKey: __, trustedIdentity: ___, ...rest }) => ({
          ...rest,
          fileCount: files.length,
        }))
    },

    /** The newest of a model that were looked at; undefined when there are none. From memory. */
    newestOf: (model: string): Weights | undefined =>
      kept.find((one) => one.model === model && one.state !== 'inspecting'),

    /** Files that are gone or were written again since they were hashed. */
    async changedFiles({ path, files }: Weights): Promise<string[]> {
      const start = join(folder, path)
      const isFile = await stat(start).then(
        (kind) => kind.isFile(),
        () => false,
      )
      const found = await Promise.all(
        files.map(async (file) => {
          const now = await stat(isFile ? start : join(start, file.path)).catch(() => undefined)
          return now?.size === file.bytes && now.mtimeMs === file.modifiedMs ? [] : [file.path]
        }),
      )
      return found.flat()
    },

    async register(ask: WeightsRegistration, by: ActorId): Promise<Weights> {
      const { model, path, expected } = ask
      const revision = ask.revision ?? null
      deps.demandModel(model)
      if (ask.trustedIdentity) await demandRoot(ask.trustedIdentity)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      if ((await stat(join(folder, path)).catch(() => undefined)) === undefined)
        throw new Failure(
          'invalid',
          'models.weights-absent',
          `There is no ${path} in ${folder}. Put the files there, or set AIRWORTHY_WEIGHTS to the folder that holds them.`,
        )
      const id = newId('wgt')
      const weights = await inTransaction(db, async (tx) => {
        const job = await jobs.enqueue(tx, {
          organisation,
          kind: INSPECT_WEIGHTS,
          key: id,
          input: { weights: id, model },
        })
        const row: Weights = {
          id,
          organisation,
          model,
          path,
          revision,
          state: 'inspecting',
          digest: null,
          bytes: 0,
          files: [],
          signature: NO_SIGNATURE,
          problems: [],
          expected,
          trustedKey: ask.trustedKey ?? null,
          trustedIdentity: ask.trustedIdentity ?? null,
          job: job.id,
          registeredBy: by,
          registeredAt: clock(),
          inspectedAt: null,
        }
        await addWeights(tx, row)
        await record(tx, {
          actor: by,
          action: 'models.register-weights',
          subject: model,
          detail: { weights: id, path, revision, expected },
        })
        return row
      })
      await reload()
      tell(model)
      return weights
    },

    async remove(id: WeightsId, by: ActorId): Promise<void> {
      const { model, path } = find(id)
      await inTransaction(db, async (tx) => {
        await deleteWeights(tx, id)
        await record(tx, { actor: by, action: 'models.delete-weights', subject: model, detail: { weights: id, path } })
      })
      await reload()
      tell(model)
    },
  }
}

/** Loaded when first asked for, because reading certificates is a library that few installations need. */
async function demandRoot(identity: TrustedIdentity): Promise<void> {
  const { keylessBy } = await import('./keyless.ts')
  try {
    keylessBy(identity)
  } catch (thrown) {
    throw new Failure(
      'invalid',
      'models.trusted-root-unreadable',
      `trustedIdentity.trustedRoot cannot be read: ${messageOf(thrown)}. Send the trusted root of Sigstore as its tools write it (trusted_root.json).`,
    )
  }
}

function judged(asked: Weights, inspection: Parameters<typeof problemsOf>[0]) {
  const problems = problemsOf(inspection, asked.expected, asked)
  const { files, signature } = inspection
  return {
    state: problems.length === 0 ? ('accepted' as const) : ('refused' as const),
    digest: digestOfFiles(files),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    files: [...files],
    signature,
    problems,
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1_000_000)
