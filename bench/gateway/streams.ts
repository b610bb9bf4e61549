/**
 * Many streams at once through one process, beside the bare proxy and the provider asked directly, one after the other.
 *
 * node bench/gateway/streams.ts [--seconds 60] [--streams 2000] [--pace 4] [--smoke]
 *
 * `--seconds 600` is the long mode, in which memory is watched for growth; what ours is compared with is held for a minute
 * at most. The pace is pieces a second and stream.
 */
import { parseArgs } from 'node:util'
import { quantile } from './load.ts'
import { createProcesses, line, type Process } from './processes.ts'
import { holdStreams } from './stream-load.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    streams: { type: 'string', default: '2000' },
    pace: { type: 'string', default: '4' },
    smoke: { type: 'boolean', default: false },
  },
})
const seconds = values.smoke ? 0.5 : Number(values.seconds)
const streams = values.smoke ? 5 : Number(values.streams)
/** Of the provider alone and of the bare proxy, which have nothing to grow. */
const besideSeconds = Math.min(seconds, 60)
const pace = values.smoke ? 20 : Number(values.pace)
const FIRST_MS = values.smoke ? 20 : 200
const PIECES = values.smoke ? 4 : 40
const MEGABYTE = 1024 * 1024
const processes = createProcesses()

try {
  const provider = await processes.open('provider', './stream-provider.ts', [
    String(FIRST_MS),
    String(pace),
    String(PIECES),
  ])
  const upstream = provider.target.origin
  console.log(`${streams} streams at once for ${seconds} s, ${pace} pieces a second each`)
  const direct = await measure('direct', { target: provider.target, ask: undefined }, besideSeconds)
  const bare = await measure('bare', await processes.open('bare', './bare-proxy.ts', [upstream]), besideSeconds)
  const ours = await measure(
    'ours',
    await processes.open('ours', './our-gateway.ts', [upstream, 'ingest', '0'], true),
    seconds,
  )
  line('added to the first token, ours over direct, p50', `${(ours.p50 - direct.p50).toFixed(1)} ms`)
  line('added to the first token, ours over direct, p99 (aim: at most 25)', `${(ours.p99 - direct.p99).toFixed(1)} ms`)
  line(
    'added to the first token, bare over direct, p50, p99',
    `${(bare.p50 - direct.p50).toFixed(1)}, ${(bare.p99 - direct.p99).toFixed(1)} ms`,
  )
} finally {
  processes.endAll()
}

async function measure(
  name: string,
  { target, ask }: Pick<Process, 'target'> & { ask: Process['ask'] | undefined },
  seconds: number,
) {
  const memory: number[] = []
  const before = (await ask?.<number>('processor')) ?? 0
  const figures = await holdStreams(target, {
    streams,
    seconds,
    onSecond: async () => void memory.push(((await ask?.<number>('memory')) ?? 0) / MEGABYTE),
  })
  const time = ((await ask?.<number>('processor')) ?? 0) - before
  const p50 = quantile(figures.firstMs, 0.5)
  const p99 = quantile(figures.firstMs, 0.99)
  const { ended, failed, stalled, chunks } = figures
  line(`${name}: streams that ended, failed, stalled`, `${ended}, ${failed}, ${stalled}`)
  line(`${name}: first token after`, `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`)
  if (ask) {
    const third = Math.ceil(memory.length / 3)
    const mean = (part: readonly number[]) => part.reduce((sum, one) => sum + one, 0) / Math.max(1, part.length)
    line(
      `${name}: processor time a chunk, all of the process (aim: at most 30)`,
      `${(time / chunks).toFixed(1)} µs over ${chunks}`,
    )
    line(
      `${name}: memory, most, and means of the second and the last third (aim: under 500)`,
      `${Math.max(0, ...memory).toFixed(0)} MB, ${mean(memory.slice(third, 2 * third)).toFixed(0)} and ${mean(memory.slice(2 * third)).toFixed(0)} MB`,
    )
  }
  return { p50, p99 }
}
