/** How the process itself is doing: memory, processor time, and how long its one thread makes others wait. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { MetricFamily } from '../wire/metrics.ts'

const NANOSECONDS = 1e9
const QUANTILES = [50, 90, 99, 100] as const

/** Begins to watch; call `stop` at the end. Delays are those since the last reading. */
export function watchProcess({ version }: { version: string }) {
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  return {
    read(): MetricFamily[] {
      const delays = QUANTILES.map((percent) => ({
        labels: { quantile: String(percent / 100) },
        value: Math.max(0, delay.percentile(percent)) / NANOSECONDS,
      }))
      delay.reset()
      const memory = process.memoryUsage()
      const { user, system } = process.cpuUsage()
      const gauge = (name: string, help: string, value: number): MetricFamily => ({
        name,
        help,
        type: 'gauge',
        samples: [{ labels: {}, value }],
      })
      return [
        {
          name: 'airworthy_build',
          type: 'info',
          help: 'What is running.',
          samples: [{ labels: { version, node: process.versions.node } }],
        },
        {
          name: 'airworthy_event_loop_delay_seconds',
          type: 'gauge',
          help: 'How late the thread that owns the port was, since the last reading, by quantile.',
          samples: delays,
        },
        gauge('process_resident_memory_bytes', 'Memory of the process, of all its threads.', memory.rss),
        gauge('airworthy_heap_used_bytes', 'JavaScript values of the thread that owns the port.', memory.heapUsed),
        {
          name: 'process_cpu_seconds',
          type: 'counter',
          help: 'Processor time of the process, of all its threads.',
          samples: [{ labels: {}, value: (user + system) / 1e6 }],
        },
      ]
    },
    stop(): void {
      delay.disable()
    },
  }
}
