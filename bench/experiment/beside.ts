/**
 * Claim: at least ten times promptfoo's rows a second on the same rows and the same assertion, on a model that takes no
 * time, eight at a time; ours are durable when they are shown as done.
 *
 * The bare limit beside both, in the same run: a loop over undici that asks a server on this machine and looks for the
 * words. `node bench/experiment/beside.ts [--rows=10000] [--promptfoo=<folder with node_modules>] [--smoke]`; a smoke
 * installs nothing.
 */
import { createServer } from 'node:http'
import { loadavg } from 'node:os'
import { request } from 'undici'
import { openInstallation } from './installation.ts'
import { installPromptfoo, PROMPTFOO } from './promptfoo.ts'
import { TEXT } from './release.ts'

const isSmoke = process.argv.includes('--smoke')
const option = (name: string) => process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3)
const ROWS = isSmoke ? 500 : Number(option('rows') ?? 10_000)
const CONCURRENCY = 8
const CLAIM = 10
const WORDS = 'open from nine to five'
const ASSERTION = [{ use: 'contains', options: { values: [WORDS] } }]
const MB = 1024 * 1024

const line = (what: string, value: string) => console.log(`${what.padEnd(44)} ${value}`)
const perSecond = (ms: number) => Math.round((ROWS / ms) * 1000)

line('load of the machine before', loadavg()[0]?.toFixed(1) ?? '')
const ours = await experiment()
line(`ours, ${ROWS} rows, started to all durable`, `${perSecond(ours.rowsMs)} rows/s, ${ours.megabytes} MB`)
line('ours, with figures and comparison', `${perSecond(ours.wholeMs)} rows/s`)
const bare = await plainLoop()
line('bare undici loop against a local server', `${perSecond(bare)} rows/s`)
line('ours of the bare loop', (bare / ours.rowsMs).toFixed(2))

const rival = isSmoke ? 'a smoke installs nothing' : installPromptfoo(option('promptfoo'))
if (typeof rival === 'string') line(PROMPTFOO, rival)
else
  try {
    const rows = Array.from({ length: ROWS }, (_, at) => ({ input: `${at}: ${TEXT}`, expected: WORDS }))
    const started = rival.run(rows.slice(0, 1))
    const found = rival.run(rows)
    if (typeof started === 'string' || typeof found === 'string') line(PROMPTFOO, String(found))
    else {
      // The start of the program is taken off, in its favour.
      const ms = found.ms - started.ms
      line(
        `${PROMPTFOO}, without its start (${Math.round(started.ms)} ms)`,
        `${perSecond(ms)} rows/s, ${Math.round(found.megabytes)} MB`,
      )
      const ratio = ms / ours.wholeMs
      line(
        'ours over promptfoo, to the end of each',
        `${ratio.toFixed(1)} times (claim: ${CLAIM}, ${ratio >= CLAIM ? 'met' : 'NOT MET'})`,
      )
      if (ratio < CLAIM) process.exitCode = 1
    }
  } finally {
    rival.end()
  }

async function experiment() {
  const { measure, close } = await openInstallation()
  try {
    const found = await measure(ROWS, ASSERTION)
    return { ...found, megabytes: Math.round(process.memoryUsage.rss() / MB) }
  } finally {
    await close()
  }
}

/** Milliseconds for as many questions as rows, a few at a time. */
async function plainLoop(): Promise<number> {
  const server = createServer((_, response) => response.end(TEXT))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  let [left, passed] = [ROWS, 0]
  const begin = performance.now()
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      while (left-- > 0) {
        const { body } = await request(url)
        if ((await body.text()).includes(WORDS)) passed++
      }
    }),
  )
  const ms = performance.now() - begin
  server.close()
  if (passed !== ROWS) throw new Error(`Of ${ROWS} answers ${passed} held the words.`)
  return ms
}
