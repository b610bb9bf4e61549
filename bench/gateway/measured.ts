/** What every measured process does: tells its port, and the processor time that it has used, when asked. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Parts, startProfile } from './profile.ts'

/** Serves, and answers `{ask}` messages of the parent with `{answer}`. */
export function serve(handle: RequestListener, more: Record<string, () => Promise<unknown>> = {}): void {
  const server = createServer(handle)
  server.keepAliveTimeout = 60_000
  let stopProfile: (() => Promise<Parts>) | undefined
  const answers: Record<string, () => Promise<unknown>> = {
    processor: async () => {
      const { user, system } = process.cpuUsage()
      return user + system
    },
    /** Of the thread that owns the port; the others collect garbage, compile, and sync the spool. */
    thread: async () => {
      const { user, system } = process.threadCpuUsage()
      return user + system
    },
    memory: async () => process.memoryUsage().rss,
    profile: async () => {
      stopProfile = await startProfile()
    },
    parts: async () => stopProfile?.(),
    ...more,
  }
  process.on('message', async ({ ask }: { ask: string }) => {
    try {
      process.send?.({ answer: await answers[ask]?.() })
    } catch (thrown) {
      process.send?.({ error: String(thrown) })
    }
  })
  server.listen(0, '127.0.0.1', 16_384, () => process.send?.({ port: (server.address() as AddressInfo).port }))
}
