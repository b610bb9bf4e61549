/**
 * Claim: a dataset of 1,000,000 rows comes in by HTTP and by the command line within 300 MB over the idle server, and is
 * looked at within 400 ms a page on the embedded engine.
 *
 * A server of its own, as it is started in use; its memory is sampled while rows come in. Every thousandth row is broken
 * and every thousandth has the id of another one, so that quarantine is part of it. The bare limit beside it, in the same
 * run: the same file read line by line with `JSON.parse` and one digest a row, and nothing kept.
 *
 * node bench/imports/imports.ts [--rows=100000,1000000] [--smoke]
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdtempSync, openAsBlob, readFileSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Client, createClient } from '../../sdk/index.ts'
import { csvLine } from '../../src/kernel/csv.ts'
import { monotonicMs } from '../../src/kernel/time.ts'
import { command, startServer } from '../server.ts'

const isSmoke = process.argv.includes('--smoke')
const asked = process.argv.find((one) => one.startsWith('--rows='))?.slice('--rows='.length)
const SIZES = asked?.split(',').map(Number) ?? (isSmoke ? [2_000] : [100_000, 1_000_000])
const CLAIM_MB = 300
const CLAIM_PAGE_MS = 400
const PAGE = 100
const SAMPLE_MS = 20
const LONGEST_MS = 7_200_000
const COLUMNS = ['id', 'input', 'expected', 'split', 'team']
const TOKEN = 'a token of the bench that nobody else has'

for (const rows of SIZES) {
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-bench-imports-'))
  try {
    await measure(folder, rows)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(folder: string, rows: number): Promise<void> {
  const [jsonl, csv, list] = [join(folder, 'rows.jsonl'), join(folder, 'rows.csv'), join(folder, 'rows.json')]
  await pipeline(Readable.from(textOf(rows, (row) => `${JSON.stringify(row)}\n`)), createWriteStream(jsonl))
  await pipeline(Readable.from(listOf(rows)), createWriteStream(list))
  const header = `${COLUMNS.join()}\n`
  const line = (row: Record<string, unknown>) => `${csvLine(COLUMNS.map((name) => String(row[name])))}\n`
  await pipeline(Readable.from(textOf(rows, line, header)), createWriteStream(csv))
  const [bareMs] = await timed(() => readBare(jsonl))
  console.log(
    `${rows} rows, load ${loadavg()[0]?.toFixed(1)}; read and digested alone: ${perSecond(rows, bareMs)} rows/s`,
  )

  const server = await startServer({ data: join(folder, 'data'), token: TOKEN })
  try {
    const client = createClient({ baseUrl: server.url, token: TOKEN, timeoutMs: LONGEST_MS })
    await importing(client, server.pid, 'warm', join(folder, 'rows.jsonl'), { head: 1_000 })
    const idle = residentOf(server.pid)
    for (const [name, file] of [
      ['jsonl', jsonl],
      ['csv', csv],
      ['list', list],
    ] as const) {
      const { peak, ...found } = await importing(client, server.pid, name, file)
      report(`${name} by HTTP`, rows, { ...found, over: peak - idle, idle })
    }
    const { peak, ...again } = await importing(client, server.pid, 'jsonl', jsonl, { mode: 'merge' })
    report('the same again, merged', rows, { ...again, over: peak - idle, idle })
    await client.createDataset({ body: { name: 'by-command' } })
    const [stop, before] = [watch(server.pid), processorMsOf(server.pid)]
    const words = ['datasets', 'import', 'by-command', jsonl]
    const [ms, said] = await timed(() => command(words, { url: server.url, token: TOKEN }))
    const processorMs = processorMsOf(server.pid) - before
    report('by the command', rows, { ms, over: stop() - idle, idle, processorMs, said: said.split('\n')[0] ?? '' })
    await pages(client, rows)
  } finally {
    await server.stop()
  }
}

async function importing(
  client: Client,
  pid: number,
  name: string,
  file: string,
  { head, mode = 'append' }: { head?: number; mode?: 'append' | 'merge' } = {},
): Promise<{ ms: number; peak: number; processorMs: number; said: string }> {
  await client.createDataset({ body: { name } }).catch(() => {})
  const stop = watch(pid)
  const before = processorMsOf(pid)
  const body = head === undefined ? await openAsBlob(file) : (await openAsBlob(file)).slice(0, head * 100)
  const query = { reason: 'bench', file: file.split('/').at(-1) ?? '', mode }
  const [ms, { body: result }] = await timed(() => client.importRows({ params: { dataset: name }, query, body }))
  const said = `${result.entered} entered, ${result.unchanged} were there, ${result.quarantined} in quarantine`
  return { ms, peak: stop(), processorMs: processorMsOf(pid) - before, said }
}

async function pages(client: Client, rows: number): Promise<void> {
  const params = { dataset: 'jsonl' }
  const looks: [string, () => Promise<unknown>][] = [
    ['first', () => client.listDatasetRows({ params, query: { limit: PAGE } })],
    ['middle', () => client.listDatasetRows({ params, query: { limit: PAGE, cursor: String(rows / 2) } })],
    ['last', () => client.listDatasetRows({ params, query: { limit: PAGE, cursor: String(rows - 200) } })],
    ['quarantine', () => client.listQuarantine({ params, query: { limit: PAGE } })],
    ['versions', () => client.listDatasetVersions({ params })],
    ['one by its id', () => client.getDatasetRow({ params: { ...params, row: `q${rows - 2}` } })],
  ]
  for (const [what, look] of looks) {
    const [ms] = await timed(look)
    console.log(`  ${what.padEnd(24)} ${ms} ms (claim: ${CLAIM_PAGE_MS}, ${ms <= CLAIM_PAGE_MS ? 'met' : 'NOT MET'})`)
  }
}

function report(
  what: string,
  rows: number,
  found: { ms: number; over: number; idle: number; processorMs: number; said: string },
): void {
  const { ms, over, idle, processorMs, said } = found
  console.log(
    `  ${what.padEnd(24)} ${perSecond(rows, ms)} rows/s, ${Math.round((1000 * processorMs) / rows)} µs of a processor each, ${over} MB over ${idle} MB idle (claim: ${CLAIM_MB}, ${over <= CLAIM_MB ? 'met' : 'NOT MET'}); ${said}`,
  )
}

function* textOf(rows: number, text: (row: Record<string, unknown>) => string, header = ''): Generator<string> {
  let some = header
  for (let at = 0; at < rows; at++) {
    some += text(rowAt(at))
    if (some.length < 64 * 1024) continue
    yield some
    some = ''
  }
  yield some
}

/** The same rows as one list in JSON, on one line. */
function* listOf(rows: number): Generator<string> {
  yield '['
  yield* textOf(rows, (row) => `,${JSON.stringify(row)}`, JSON.stringify(rowAt(rows)))
  yield ']'
}

/** Of every thousand rows one has no question, and one the id of the row before. */
function rowAt(at: number): Record<string, unknown> {
  const id = at % 1_000 === 500 ? at - 1 : at
  return {
    id: `q${id}`,
    input: at % 1_000 === 700 ? '' : `When is the library of town ${at} open, and who may borrow there?`,
    expected: `From nine to five, and all who live in county ${at % 97}.`,
    split: at % 10 === 0 ? 'build' : 'regress',
    team: `team ${at % 7}`,
  }
}

async function readBare(file: string): Promise<void> {
  for await (const line of createInterface({ input: createReadStream(file) }))
    createHash('sha256')
      .update(JSON.stringify(JSON.parse(line)))
      .digest('hex')
}

/** The most that a process held from now on, in megabytes. */
function watch(pid: number): () => number {
  let peak = residentOf(pid)
  const sampling = setInterval(() => {
    peak = Math.max(peak, residentOf(pid))
  }, SAMPLE_MS)
  return () => {
    clearInterval(sampling)
    return peak
  }
}

function residentOf(pid: number): number {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024)
}

/** What a process and its threads have used so far; the kernel counts in hundredths of a second. */
function processorMsOf(pid: number): number {
  const [user = '0', system = '0'] =
    readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11, 13) ?? []
  return 10 * (Number(user) + Number(system))
}

function perSecond(rows: number, ms: number): number {
  return Math.round((rows / ms) * 1000)
}

async function timed<Result>(run: () => Promise<Result>): Promise<[number, Result]> {
  const begin = monotonicMs()
  const result = await run()
  return [Math.round(monotonicMs() - begin), result]
}
