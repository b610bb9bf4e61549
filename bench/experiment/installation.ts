/** Jobs, database and evaluators as in the product, on the embedded engine in a folder of its own; the model takes no time. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatasetPart } from '../../src/core/dataset.ts'
import type { Release } from '../../src/core/release.ts'
import {
  answersMigrations,
  createEvals,
  type Evals,
  type Experiment,
  evalsMigrations,
  inBatchesMigrations,
  noBatches,
  triageMigrations,
} from '../../src/evals/index.ts'
import { createIds } from '../../src/kernel/ids.ts'
import { NOTHING } from '../../src/kernel/money.ts'
import { secureBytes } from '../../src/kernel/random.ts'
import { monotonicMs, sleep, systemClock } from '../../src/kernel/time.ts'
import { openStore } from '../../src/store/store.ts'
import { leaveFlagsToFirstThread } from '../../src/store/young-values.ts'
import { benchRelease, TEXT } from './release.ts'

const LOOK_MS = 50

export type Measured = {
  readonly id: Experiment['id']
  readonly dataset: DatasetPart
  /** From the start to the moment at which all rows are shown as done, and to the end with scores and comparison. */
  readonly rowsMs: number
  readonly wholeMs: number
}
export type Installation = {
  readonly folder: string
  readonly evals: Evals
  /** Runs two arms over half as many examples as rows. */
  measure(rows: number, evaluators?: readonly { use: string; options?: Record<string, unknown> }[]): Promise<Measured>
  close(): Promise<void>
}

export async function openInstallation(): Promise<Installation> {
  leaveFlagsToFirstThread()
  const folder = await mkdtemp(join(tmpdir(), 'airworthy-bench-'))
  const newId = createIds({ clock: systemClock, random: secureBytes })
  const store = await openStore({
    folder,
    migrations: [evalsMigrations, answersMigrations, inBatchesMigrations, triageMigrations],
    clock: systemClock,
    newId,
    onJobChange: () => {},
  })
  const releases = new Map<string, Release>()
  const evals = createEvals({
    db: store.db,
    blobs: store.blobs,
    jobs: store.jobs,
    clock: systemClock,
    newId,
    organisation: 'default',
    programVersion: 'bench',
    releaseOf: async (id) => {
      const release = releases.get(id)
      if (!release) throw new Error(`There is no release ${id}.`)
      return release
    },
    newestReleaseOf: async () => undefined,
    releaseBefore: async () => undefined,
    resolveModel: () => {
      throw new Error('No variant is measured here.')
    },
    runFlow: async ({ arm }) => ({
      answer: arm === 'flow' ? TEXT.repeat(3) : TEXT,
      abstained: false,
      passages: [{ id: 'p1' }, { id: 'p2' }],
      citations: ['p1'],
      invalidCitations: [],
      usage: { inputTokens: 400, outputTokens: 60, estimated: true },
      costMicroUsd: NOTHING,
      servedBy: 'scripted/echo',
    }),
    estimateRun: async () => ({ costMicroUsd: NOTHING, calls: [] }),
    estimateJudge: async () => ({ inputTokens: 0, outputTokens: 0, costMicroUsd: NOTHING }),
    estimateVectors: async () => ({ inputTokens: 0, outputTokens: 0, costMicroUsd: NOTHING }),
    whyUnpriced: () => undefined,
    isEmbedded: () => true,
    batching: noBatches,
    indexOver: async () => {
      throw new Error('Nothing is searched here.')
    },
    record: async () => {},
    recordEvidence: async () => {},
    publish: () => {},
  })
  await store.jobs.start()
  return {
    folder,
    evals,
    async measure(rows, evaluators) {
      const release = await benchRelease({
        examples: rows / 2,
        newId,
        blobs: store.blobs,
        ...(evaluators && { evaluators }),
      })
      releases.set(release.id, release)
      const created = await evals.create({ release: release.id, suite: 'facts', by: newId('act') })
      if (created.kind !== 'created') throw new Error('The experiment was not created.')
      const { id } = created.experiment
      let experiment: Experiment = created.experiment
      let [begin, shown] = [0, 0]
      while (['queued', 'running'].includes(experiment.state)) {
        experiment = await evals.get(id)
        if (begin === 0 && experiment.startedAt) begin = monotonicMs()
        if (shown === 0 && experiment.progress.done === rows) shown = monotonicMs()
        await sleep(LOOK_MS)
      }
      if (experiment.state !== 'succeeded') throw new Error(`The experiment ${experiment.state}: ${experiment.error}`)
      const [dataset] = release.manifest.datasets
      if (!dataset) throw new Error('The release of the bench has no dataset.')
      return { id, dataset, rowsMs: shown - begin, wholeMs: monotonicMs() - begin }
    },
    async close() {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
