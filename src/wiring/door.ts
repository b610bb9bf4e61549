/** How requests come in: at the port of this process, at one that gateway processes share, or from those. */
import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ApiListener } from '../api/index.ts'
import type { Config } from '../config.ts'
import type { Engine } from '../store/engine.ts'
import type { NodeListener } from '../wire/listen.ts'
import type { MetricFamily } from '../wire/metrics.ts'
import { startGatewayWorkers } from './gateway-workers.ts'

/** What is different in a process that answers the model routes for another one. */
export type GatewayPart = {
  /** Its name in the data folder, for example `gateway-1`. */
  readonly part: string
  /** Answers everything else. */
  readonly elsewhere: NodeListener
}

export type Door = {
  readonly url: string
  /** What other processes count. */
  figures(): Promise<MetricFamily[][]>
  /** Closes what is in front of this process; its own listener is closed by whoever made it. */
  close(): Promise<void>
}

/** How many gateway processes stand before this one. */
export const workersOf = ({ roles, gatewayWorkers }: Pick<Config, 'roles' | 'gatewayWorkers'>): number =>
  roles.has('gateway') ? gatewayWorkers : 0

export async function openDoor({
  config,
  listener,
  engine,
  worker,
  program,
  report,
}: {
  config: Config
  listener: ApiListener
  engine: Engine
  worker: GatewayPart | undefined
  /** The file that a gateway process runs. */
  program: string | undefined
  report: (thrown: unknown, where?: string) => void
}): Promise<Door> {
  const { host } = config
  const count = worker || program === undefined ? 0 : workersOf(config)
  if (count === 0 || program === undefined) {
    const { url } = await listener.listen({ host, port: config.port, isShared: worker !== undefined })
    return { url, figures: async () => [], close: async () => {} }
  }
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-'))
  const socket = process.platform === 'win32' ? `\\\\.\\pipe\\${folder.split('\\').at(-1)}` : join(folder, 'api.sock')
  await listener.listenAt(socket)
  const port = config.port === 0 ? await freePort(host) : config.port
  const workers = await startGatewayWorkers({ count, program, socket, port, engine, report })
  return {
    url: addressOf({ ...config, publicUrl: undefined, port }),
    figures: workers.figures,
    async close() {
      await workers.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The port of this process: where others stand before it, they speak TLS, and it answers them alone. */
export const portOf = (config: Config, worker: GatewayPart | undefined) => ({
  elsewhere: worker?.elsewhere,
  tls: worker === undefined && workersOf(config) > 0 ? undefined : config.tls,
})

/**
 * The folder of this process's spool. What gateway processes left that are not begun any more, because there are fewer
 * of them now, comes into that of the process they stood before.
 */
export function spoolOf({ data, ...config }: Config, part: string | undefined): string {
  const place = join(data, 'spool')
  if (part !== undefined) return join(place, part)
  const begun = new Set(Array.from({ length: workersOf(config) }, (_, index) => `gateway-${index + 1}`))
  for (const name of namesIn(place))
    if (/^gateway-\d+$/.test(name) && !begun.has(name))
      for (const file of namesIn(join(place, name)))
        if (file.endsWith('.jsonl'))
          renameSync(join(place, name, file), join(place, file.replace(/\.jsonl$/, `-${name}.jsonl`)))
  return place
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    // There is none at the first start.
    return []
  }
}

/** Each process is told the same one. */
const freePort = (host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, host, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Where people find it, as far as is known before the port is open. */
export const addressOf = ({
  publicUrl,
  host,
  port,
  tls,
}: Pick<Config, 'publicUrl' | 'host' | 'port' | 'tls'>): string =>
  publicUrl ?? `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`
