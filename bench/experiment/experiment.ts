/**
 * Claim: an experiment of 10,000 rows on a zero-latency model does at least 2,000 rows a second, each
 * row durable when it is shown as done. Embedded engine on disk, jobs and evaluators as in the product.
 *
 * The bare limit beside it, in the same run: the same rows as plain JSON into a table without further
 * columns or indexes, in batches of 500, with no runner, evaluators or progress. `node bench/experiment/experiment.ts [--smoke]`.
 */
import { join } from 'node:path'
import { monotonicMs } from '../../src/kernel/time.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openInstallation } from './installation.ts'

const isSmoke = process.argv.includes('--smoke')
const ROWS = isSmoke ? 2_000 : 10_000
const CLAIM = 2_000

const { evals, folder, measure, close } = await openInstallation()

try {
  const { id, rowsMs, wholeMs } = await measure(ROWS)
  const rowsPerSecond = (ROWS / rowsMs) * 1000

  const kept = await evals.rows({ id, order: 'dataset', limit: ROWS })
  const bare = await bareInserts(kept.items)
  console.log(`rows                                   ${ROWS} (2 arms, 5 evaluators, embedded engine on disk)`)
  console.log(`experiment, started to all rows kept   ${Math.round(rowsPerSecond)} rows/s`)
  console.log(
    `experiment, with scores and comparison ${Math.round((ROWS / wholeMs) * 1000)} rows/s (${Math.round(wholeMs)} ms)`,
  )
  console.log(
    `bare batched inserts                   ${Math.round(bare)} rows/s; the experiment is at ${(rowsPerSecond / bare).toFixed(2)} of it`,
  )
  const isMet = rowsPerSecond >= CLAIM
  console.log(`claim: at least ${CLAIM} rows/s            ${isMet ? 'met' : 'NOT MET'}`)
  // A smoke shares its machine with other tests: it proves that the bench runs, not the figure.
  if (!isMet && !isSmoke) process.exitCode = 1
} finally {
  await close()
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
