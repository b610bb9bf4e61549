/**
 * Claim: memory of an experiment is flat: at most 300 MB over the idle process from 1,000 to 1,000,000 rows; and a page
 * of its rows takes as long in the middle of 1,000,000 as at the beginning of 1,000, in either order.
 *
 * Each size runs in a process of its own. The bare limit beside a page: one row by its key.
 * `node bench/experiment/sizes.ts [--rows=1000,10000,100000] [--smoke]`.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { monotonicMs } from '../../src/kernel/time.ts'
import { openInstallation } from './installation.ts'

const isSmoke = process.argv.includes('--smoke')
const asked = process.argv.find((one) => one.startsWith('--rows='))?.slice('--rows='.length)
const SIZES = asked?.split(',').map(Number) ?? (isSmoke ? [500] : [1_000, 10_000, 100_000, 1_000_000])
const CLAIM_MB = 300
const PAGE = 50
const SAMPLE_MS = 20
const MB = 1024 * 1024

const one = process.argv.find((part) => part.startsWith('--one='))
if (one) console.log(JSON.stringify(await measured(Number(one.slice('--one='.length)))))
else
  for (const rows of SIZES) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), `--one=${rows}`], {
      encoding: 'utf8',
    })
    if (status !== 0) {
      console.log(`${rows} rows: NOT MET, the process ended: ${stderr.trim().split('\n').slice(-1)}`)
      process.exitCode = isSmoke ? 1 : process.exitCode
      continue
    }
    const found: Awaited<ReturnType<typeof measured>> = JSON.parse(stdout)
    const over = found.peakMb - found.idleMb
    console.log(
      `${String(rows).padStart(9)} rows: ${found.rowsPerSecond} rows/s; ${over} MB over ${found.idleMb} MB idle (claim: ${CLAIM_MB}, ${over <= CLAIM_MB ? 'met' : 'NOT MET'}); ` +
        `a row by its key ${found.bareMs} ms; pages: first ${found.firstMs} ms, later ${found.laterMs} ms, worst first ${found.worstOnceMs} ms once, then ${found.worstMs} ms, failed ${found.failedMs} ms`,
    )
  }

async function measured(rows: number) {
  const { evals, measure, close } = await openInstallation()
  try {
    await measure(20)
    const idleMb = rss()
    let peakMb = idleMb
    const sampling = setInterval(() => {
      peakMb = Math.max(peakMb, rss())
    }, SAMPLE_MS)
    const { id, rowsMs } = await measure(rows)
    clearInterval(sampling)
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
    const rowsPerSecond = Math.round((rows / rowsMs) * 1000)
    return { rowsPerSecond, idleMb, peakMb, firstMs, laterMs, worstOnceMs, worstMs, failedMs, bareMs }
  } finally {
    await close()
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
