/**
 * Claim: memory of an experiment is flat: at most 300 MB over the idle process from 1,000 to 1,000,000 rows, and at most 30
 * MB between 10,000 and 1,000,000; a page of its rows takes as long in the middle of 1,000,000 as at the beginning of
 * 1,000, in either order; and a choice of a model reads no rows.
 *
 * Each size runs in a process of its own, as the first experiment of it. What the first thousands of rows warm up once
 * (code, caches of statements, the engine's memory) belongs to no size: it is the most that an experiment of 10,000 rows
 * takes behind another one, in a further process. The bare limit beside a page: one row by its key. Said apart: the heap of
 * the thread of the port, heap and WASM of the engine's thread, and the heap of the thread that adds up figures. Beside it
 * what promptfoo took, which `beside.ts` measures.
 * `node bench/experiment/sizes.ts [--rows=1000,10000,100000] [--smoke]`.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Worker } from 'node:worker_threads'
import flags from '../../bin/server-flags.json' with { type: 'json' }
import { monotonicMs } from '../../src/kernel/time.ts'
import { openInstallation } from './installation.ts'

const isSmoke = process.argv.includes('--smoke')
const asked = process.argv.find((one) => one.startsWith('--rows='))?.slice('--rows='.length)
const SIZES = asked?.split(',').map(Number) ?? (isSmoke ? [500] : [1_000, 10_000, 100_000, 1_000_000])
const CLAIM_MB = 300
/** Between the sizes from 10,000 rows on. */
const FLAT_MB = 30
const WARM_ROWS = isSmoke ? 500 : 10_000
const PAGE = 50
const SAMPLE_MS = 20
const THREADS_MS = 500
const MB = 1024 * 1024
/** As `beside.ts` saw it: 809 MB after 10,000 rows. */
const PROMPTFOO = 'promptfoo 0.123.1 took 809 MB at 10,000 rows'

const one = process.argv.find((part) => part.startsWith('--one='))
if (one) console.log(JSON.stringify(await measured(one.slice('--one='.length).split('+').map(Number))))
else {
  const warm = inProcess([WARM_ROWS, WARM_ROWS])
  if (typeof warm === 'string') throw new Error(warm)
  const warmOver = warm.peakMb - warm.idleMb
  console.log(`MB of the process (claim: ${CLAIM_MB} over idle; ${PROMPTFOO})`)
  printRow([
    'rows',
    'rows/s',
    'idle',
    'warmed',
    'peak',
    'over idle',
    'over warmed',
    'heap',
    'engine',
    'WASM',
    'figures',
  ])
  const overs: number[] = []
  for (const rows of SIZES) {
    const found = inProcess([rows])
    if (typeof found === 'string') {
      console.log(`${rows} rows: NOT MET, the process ended: ${found}`)
      process.exitCode = isSmoke ? 1 : process.exitCode
      continue
    }
    const over = found.peakMb - found.idleMb
    if (rows >= WARM_ROWS) overs.push(over)
    const { rowsPerSecond, idleMb, peakMb, heapMb, engineMb, wasmMb, figuresMb } = found
    const apart = [heapMb, engineMb, wasmMb, figuresMb]
    printRow([rows, rowsPerSecond, idleMb, idleMb + warmOver, peakMb, over, over - warmOver, ...apart])
    console.log(
      `  a row by its key ${found.bareMs} ms; pages: first ${found.firstMs} ms, later ${found.laterMs} ms, worst first ${found.worstOnceMs} ms once, then ${found.worstMs} ms, failed ${found.failedMs} ms; in the choice of a model: how two arms differ ${found.armsMs} ms, what one took ${found.armMs} ms`,
    )
    if (over > CLAIM_MB) console.log(`  NOT MET: more than ${CLAIM_MB} MB over idle`)
  }
  const apart = Math.max(...overs) - Math.min(...overs)
  console.log(
    `from ${WARM_ROWS} rows on sizes are ${apart} MB apart (claim: ${FLAT_MB}, ${apart <= FLAT_MB ? 'met' : 'NOT MET'})`,
  )
}

function printRow(cells: readonly (string | number)[]): void {
  console.log(cells.map((cell) => String(cell).padStart(11)).join(' '))
}

/** Experiments of these sizes behind each other; a sentence where the process ended. */
function inProcess(sizes: readonly number[]): Awaited<ReturnType<typeof measured>> | string {
  const words = [...flags, fileURLToPath(import.meta.url), `--one=${sizes.join('+')}`]
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' })
  return status === 0 ? JSON.parse(stdout) : (stderr.trim().split('\n').at(-1) ?? '')
}

/** Of the last of these sizes. */
async function measured(sizes: readonly number[]) {
  const rows = sizes.at(-1) ?? 0
  const threads = watchThreads()
  const { evals, measure, close } = await openInstallation()
  try {
    await measure(20)
    const idleMb = rss()
    for (const before of sizes.slice(0, -1)) await measure(before)
    let peakMb = rss()
    const sampling = setInterval(() => {
      peakMb = Math.max(peakMb, rss())
    }, SAMPLE_MS)
    const { id, dataset, rowsMs } = await measure(rows)
    clearInterval(sampling)
    const apart = threads.end()
    const page = (ask: Partial<Parameters<typeof evals.rows>[0]> = {}) =>
      timed(() => evals.rows({ id, order: 'dataset', limit: PAGE, ...ask }))
    const [, opened] = await page()
    const [firstMs] = await page()
    const middle = `${Math.floor(rows / 4)}~candidate~1`
    const [laterMs] = await page({ cursor: middle })
    const worst = { order: 'worst-difference-first' } as const
    const [worstOnceMs, begin] = await page(worst)
    const [worstMs] = await page({ ...worst, cursor: begin.next ?? undefined })
    const [failedMs] = await page({ failed: true })
    const [bareMs] = await page({ example: opened.items[0]?.example, limit: 1 })
    const experiment = await evals.get(id)
    const arm = (name: string) => ({ experiment, arm: name, dataset })
    const plan = { kind: 'mean', unit: 'share', better: 'higher', margin: 0.02 } as const

    const [armMs] = await timed(() => evals.arms.figuresOf(arm('control')))
    const [armsMs] = await timed(() => evals.arms.differenceOf(arm('candidate'), arm('control'), plan))
    const rowsPerSecond = Math.round((rows / rowsMs) * 1000)
    const looks = { firstMs, laterMs, worstOnceMs, worstMs, failedMs, bareMs, armMs, armsMs }
    return { rowsPerSecond, idleMb, peakMb, ...apart, ...looks }
  } finally {
    await close()
  }
}

/** The most that each thread held: the first one is the engine's, and others come and go with figures. */
function watchThreads() {
  const threads: Worker[] = []
  const peak = { heapMb: 0, engineMb: 0, wasmMb: 0, figuresMb: 0 }
  const most = (name: keyof typeof peak, bytes: number) => {
    peak[name] = Math.max(peak[name], Math.round(bytes / MB))
  }
  process.on('worker', (thread) => threads.push(thread))
  const sampling = setInterval(async () => {
    most('heapMb', process.memoryUsage().heapTotal)
    for (const [at, thread] of threads.entries()) {
      // A thread that has ended says nothing.
      const { total_heap_size: heap = 0, external_memory: external = 0 } = await thread
        .getHeapStatistics()
        .catch(() => ({ total_heap_size: 0, external_memory: 0 }))
      most(at === 0 ? 'engineMb' : 'figuresMb', heap + external)
      if (at === 0) most('wasmMb', external)
    }
  }, THREADS_MS)
  return {
    end() {
      clearInterval(sampling)
      return peak
    },
  }
}

function rss(): number {
  return Math.round(process.memoryUsage.rss() / MB)
}

async function timed<Result>(run: () => Promise<Result>): Promise<[number, Result]> {
  const begin = monotonicMs()
  const result = await run()
  return [Math.round(monotonicMs() - begin), result]
}
