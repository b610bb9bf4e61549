/**
 * What a request costs with two gateway processes behind one port, beside one: the same server with 1 and with 2, each
 * as people run it, on the embedded database.
 *
 * node bench/gateway/workers.ts [--smoke]
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openLoad, quantile, type Target } from './load.ts'
import { createProcesses, line } from './processes.ts'
import { processorOf } from './processor.ts'

const isSmoke = process.argv.includes('--smoke')
const size = isSmoke ? { rounds: 1, warm: 20, rush: 50 } : { rounds: 5, warm: 5_000, rush: 6_000 }
/** Four cores: two for the gateway, and two for load, provider and the first process. */
const CORES_TO_SCALE = 4
const CONNECTIONS = 32
const TOKEN = 'the-token-of-the-bench'
const folder = mkdtempSync(join(tmpdir(), 'airworthy-bench-workers-'))
const processes = createProcesses()
const servers: ChildProcess[] = []

type Server = {
  readonly count: number
  readonly target: Target
  readonly pids: readonly number[]
  readonly first: number
}

try {
  const upstream = (await processes.open('provider', './upstream.ts', [])).target.origin
  const one = await begin(1, upstream)
  const two = await begin(2, upstream)
  console.log(`load of the machine: ${loadavg()[0]?.toFixed(1)}, cores: ${availableParallelism()}`)
  const rounds: { time: number; perSecond: number; shares: number[] }[][] = []
  for (const { target } of [one, two]) await rush(target, size.warm)
  for (let round = 0; round < size.rounds; round += 1) rounds.push([await measure(one), await measure(two)])
  for (const [index, { count }] of [one, two].entries()) {
    const times = rounds.map((round) => round[index]?.time ?? Number.NaN)
    line(
      `${count} gateway process${count > 1 ? 'es' : ''}: processor time a request, without the first process`,
      `${quantile(times, 0.5).toFixed(0)} µs`,
    )
  }
  const ratios = rounds.map(([first, second]) => (100 * (second?.time ?? Number.NaN)) / (first?.time ?? Number.NaN))
  line(
    'two beside one, a request (aim: within 10 %)',
    `${quantile(ratios, 0.5).toFixed(1)} %, best round ${Math.min(...ratios).toFixed(1)} %`,
  )
  line(
    'how the two divided the work',
    rounds.map((round) => round[1]?.shares.map((share) => `${(100 * share).toFixed(0)} %`).join(' and ')).join('; '),
  )
  const scaling = quantile(
    rounds.map(([first, second]) => (second?.perSecond ?? Number.NaN) / (first?.perSecond ?? Number.NaN)),
    0.5,
  )
  line(
    'requests a second, two over one',
    availableParallelism() < CORES_TO_SCALE ? 'not measured here' : scaling.toFixed(2),
  )
} finally {
  for (const server of servers) server.kill('SIGTERM')
  await Promise.all(servers.map((server) => new Promise((gone) => server.once('exit', gone))))
  processes.endAll()
  rmSync(folder, { recursive: true, force: true })
}

async function begin(count: number, upstream: string): Promise<Server> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL('../../src/main.ts', import.meta.url))],
    {
      env: {
        PATH: process.env.PATH,
        AIRWORTHY_DATA: join(folder, String(count)),
        AIRWORTHY_PORT: '0',
        AIRWORTHY_EXAMPLE: '0',
        AIRWORTHY_OWNER_TOKEN: TOKEN,
        AIRWORTHY_GATEWAY_WORKERS: String(count),
        AIRWORTHY_TEST_PAGES: '0',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  servers.push(child)
  const url = await new Promise<string>((ready, refused) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const found = /ready at (http:\S+)/.exec(said)?.[1]
      if (found) ready(found)
    })
    child.once('exit', () => refused(new Error(`The server ended: ${said}`)))
  })
  const headers = { authorization: `Bearer ${TOKEN}` }
  const made = await fetch(`${url}/api/v1/providers/bench`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ dialect: 'openai', baseUrl: `${upstream}/v1` }),
  })
  if (!made.ok) throw new Error(await made.text())
  // All of them have heard of it by then.
  await new Promise((passed) => setTimeout(passed, 3000))
  const first = child.pid ?? 0
  const pids = readFileSync(`/proc/${first}/task/${first}/children`, 'utf8').trim().split(' ').map(Number)
  return { count, target: { origin: url, headers }, pids, first }
}

async function measure({ target, pids }: Server) {
  const before = pids.map(processorOf)
  const perSecond = await rush(target, size.rush)
  const used = pids.map((pid, index) => processorOf(pid) - (before[index] ?? 0))
  const all = used.reduce((sum, one) => sum + one, 0)
  return { time: all / size.rush, perSecond, shares: used.map((one) => one / all) }
}

async function rush(target: Target, requests: number): Promise<number> {
  const load = await openLoad(target, CONNECTIONS)
  try {
    return await load.rush(requests)
  } finally {
    await load.close()
  }
}
