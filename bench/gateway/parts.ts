/**
 * What a request costs by part, in microseconds of processor time, at 1, 8 and 100 KB.
 *
 * node bench/gateway/parts.ts [--smoke]
 *
 * Samples of the profiler say how the time divides, the processor time of the process without it how much it is.
 */

import { withGateway } from './gateway-and-bare.ts'
import { type Load, openLoad } from './load.ts'
import { line, type Process } from './processes.ts'
import type { Parts } from './profile.ts'

const isSmoke = process.argv.includes('--smoke')
const size = isSmoke ? { warm: 50, rush: 100 } : { warm: 5_000, rush: 6_000 }
const ORDER = [
  'identify',
  'parse',
  'reserve',
  'route',
  'ask',
  'stream',
  'settle',
  'spool',
  'begin',
  'serve',
  'garbage',
  'system',
]

await withGateway(async ({ bare, ours }) => {
  for (const kilobytes of [1, 8, 100]) {
    const bareTime = await timeOf(bare, kilobytes)
    const time = await timeOf(ours, kilobytes)
    const parts = await profiled(ours, kilobytes)
    const whole = Object.values(parts).reduce((sum, { all }) => sum + all, 0)
    line(
      `${kilobytes} KB: bare ${bareTime.toFixed(0)} µs, ours`,
      `${time.toFixed(0)} µs (${((100 * bareTime) / time).toFixed(0)} %)`,
    )
    for (const part of ORDER) {
      const { all = 0, own = 0 } = parts[part] ?? {}
      const share = (value: number) => `${((value / whole) * time).toFixed(1)} µs`
      line(
        `  ${part}`,
        `${share(all).padStart(9)}, ours alone ${share(own).padStart(8)} (${((100 * own) / whole).toFixed(1)} %)`,
      )
    }
  }
})

async function timeOf({ target, ask }: Process, kilobytes: number): Promise<number> {
  const load = await openLoad(target, 16, kilobytes)
  await load.rush(size.warm)
  const before = await ask<number>('processor')
  await load.rush(size.rush)
  const time = ((await ask<number>('processor')) - before) / size.rush
  await load.close()
  return time
}

async function profiled({ target, ask }: Process, kilobytes: number): Promise<Parts> {
  const load: Load = await openLoad(target, 16, kilobytes)
  await ask('profile')
  await load.rush(size.rush)
  const parts = await ask<Parts>('parts')
  await load.close()
  return parts
}
