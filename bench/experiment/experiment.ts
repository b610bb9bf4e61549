/**
 * Claim: an experiment of 10,000 rows on a zero-latency model does at least 2,000 rows a second, each
 * row durable when it is shown as done. Embedded engine on disk, jobs and evaluators as in the product.
 *
 * The bare limit beside it, in the same run: the same rows as plain JSON into a table without further
 * columns or indexes, in batches of 500, with no runner, evaluators or progress. `node bench/experiment/experiment.ts [--smoke]`.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Release } from '../../src/core/release.ts'
import {
  answersMigrations,
  createEvals,
  type EvalsDeps,
  type Experiment,
  evalsMigrations,
  triageMigrations,
} from '../../src/evals/index.ts'
import { createIds } from '../../src/kernel/ids.ts'
import { NOTHING } from '../../src/kernel/money.ts'
import { secureBytes } from '../../src/kernel/random.ts'
import { monotonicMs, sleep, systemClock } from '../../src/kernel/time.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openStore } from '../../src/store/store.ts'
import { benchRelease, TEXT } from './release.ts'

const isSmoke = process.argv.includes('--smoke')
const ROWS = isSmoke ? 2_000 : 10_000
const CLAIM = 2_000

const folder = await mkdtemp(join(tmpdir(), 'airworthy-bench-'))
const newId = createIds({ clock: systemClock, random: secureBytes })
const store = await openStore({
  folder,
  migrations: [evalsMigrations, answersMigrations, triageMigrations],
  clock: systemClock,
  newId,
  onJobChange: () => {},
})
const releases = new Map<string, Release>()
const releaseOf: EvalsDeps['releaseOf'] = async (id) => {
  const release = releases.get(id)
  if (!release) throw new Error(`There is no release ${id}.`)
  return release
}
const evals = createEvals({
  db: store.db,
  blobs: store.blobs,
  jobs: store.jobs,
  clock: systemClock,
  newId,
  organisation: 'default',
  programVersion: 'bench',
  releaseOf,
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
  estimateRun: async () => ({ costMicroUsd: NOTHING, latencyMs: 0 }),
  indexOver: async () => {
    throw new Error('Nothing is searched here.')
  },
  record: async () => {},
  recordEvidence: async () => {},
  publish: () => {},
})

try {
  await store.jobs.start()
  const release = await benchRelease({ examples: ROWS / 2, newId, blobs: store.blobs })
  releases.set(release.id, release)

  const created = await evals.create({ release: release.id, suite: 'facts', by: newId('act') })
  if (created.kind !== 'created') throw new Error('The experiment was not created.')
  const { id } = created.experiment
  let experiment: Experiment = created.experiment
  let shownBegin = 0
  let shownEnd = 0
  while (['queued', 'running'].includes(experiment.state)) {
    experiment = await evals.get(id)
    if (shownBegin === 0 && experiment.startedAt) shownBegin = monotonicMs()
    if (shownEnd === 0 && experiment.progress.done === ROWS) shownEnd = monotonicMs()
    await sleep(50)
  }
  const whole = monotonicMs() - shownBegin
  if (experiment.state !== 'succeeded') throw new Error(`The experiment ${experiment.state}: ${experiment.error}`)
  const rowsPerSecond = (ROWS / (shownEnd - shownBegin)) * 1000

  const kept = await evals.rows({ id, order: 'dataset', limit: ROWS })
  const bare = await bareInserts(kept.items)
  console.log(`rows                                   ${ROWS} (2 arms, 5 evaluators, embedded engine on disk)`)
  console.log(`experiment, started to all rows kept   ${Math.round(rowsPerSecond)} rows/s`)
  console.log(
    `experiment, with scores and comparison ${Math.round((ROWS / whole) * 1000)} rows/s (${Math.round(whole)} ms)`,
  )
  console.log(
    `bare batched inserts                   ${Math.round(bare)} rows/s; the experiment is at ${(rowsPerSecond / bare).toFixed(2)} of it`,
  )
  const isMet = rowsPerSecond >= CLAIM
  console.log(`claim: at least ${CLAIM} rows/s            ${isMet ? 'met' : 'NOT MET'}`)
  // A smoke shares its machine with other tests: it proves that the bench runs, not the figure.
  if (!isMet && !isSmoke) process.exitCode = 1
} finally {
  await store.close()
  await rm(folder, { recursive: true, force: true })
}

/** Rows as plain JSON into a table of two columns, on an engine and folder of their own. */
async function bareInserts(rows: readonly unknown[]): Promise<number> {
  const engine = await openEmbedded(join(folder, 'bare'))
  const connection = await engine.acquire()
  try {
    await connection.script('create table bare (number bigserial primary key, body jsonb)')
    const begin = monotonicMs()
    for (let from = 0; from < rows.length; from += 500)
      await connection.query('insert into bare (body) select * from jsonb_array_elements($1::jsonb)', [
        JSON.stringify(rows.slice(from, from + 500)),
      ])
    return (rows.length / (monotonicMs() - begin)) * 1000
  } finally {
    connection.release()
    await engine.close()
  }
}
