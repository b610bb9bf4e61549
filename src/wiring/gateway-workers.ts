/**
 * Further processes behind the one port, which answer the model routes and hand everything else to this one. On the
 * embedded engine they borrow its database. A process that ends is begun anew.
 */
import cluster, { type Worker } from 'node:cluster'
import { Failure, type FailureKind } from '../kernel/failure.ts'
import { monotonicMs, SECOND, sleep } from '../kernel/time.ts'
import type { Engine } from '../store/engine.ts'
import { type EngineAnswer, type EngineAsk, lendEngine } from '../store/shared-engine.ts'
import type { MetricFamily } from '../wire/metrics.ts'
import { sumFamilies } from '../wire/metrics-sum.ts'

export type FromWorker =
  | EngineAsk
  | { readonly gateway: 'ready' }
  | { readonly gateway: 'failed'; readonly kind: FailureKind; readonly code: string; readonly message: string }
  | { readonly gateway: 'figures'; readonly families: MetricFamily[] }
export type ToWorker = EngineAnswer | { readonly gateway: 'close' } | { readonly gateway: 'figures' }

export type GatewayWorkers = {
  /** What they count, and what those counted that are gone. */
  figures(): Promise<MetricFamily[][]>
  /** Lets them end their answers. Resolves when they are gone. */
  close(): Promise<void>
}

/** A worker that ends sooner than this is not begun anew at once. */
const SOON_MS = 5 * SECOND
const PAUSE_MS = SECOND
/** How long a worker may think about its figures before those that it told last are taken. */
const FIGURES_MS = SECOND / 2

export type WorkersPart = {
  readonly count: number
  /** The file that a worker runs. */
  readonly program: string
  /** The socket where this process answers. */
  readonly socket: string
  readonly port: number
  /** What is lent; on PostgreSQL each has connections of its own. */
  readonly engine: Engine
  readonly report: (thrown: unknown, where?: string) => void
}

/** Resolves when all of them answer. Throws what the first of them failed at. */
export async function startGatewayWorkers(part: WorkersPart): Promise<GatewayWorkers> {
  const workers = Array.from({ length: part.count }, (_, index) => createWorker(`gateway-${index + 1}`, part))
  try {
    await Promise.all(workers.map(({ ready }) => ready))
  } catch (thrown) {
    await Promise.all(workers.map((worker) => worker.close()))
    throw thrown
  }
  return {
    figures: async () => (await Promise.all(workers.map((worker) => worker.figures()))).flat(),
    close: async () => void (await Promise.all(workers.map((worker) => worker.close()))),
  }
}

function createWorker(name: string, { program, socket, port, engine, report }: WorkersPart) {
  const { promise: ready, resolve: isReady, reject: hasFailed } = Promise.withResolvers<void>()
  let isClosing = false
  let isUp = false
  let last: MetricFamily[] = []
  let past: MetricFamily[] = []
  let told: (() => void) | undefined
  let running = begin()

  function begin(): { worker: Worker; gone: Promise<void> } {
    // Each takes connections from the one queue itself. Dealt out by this process, those that were on their way to one
    // that is killed would hang for ever, and each would cost this process a message.
    cluster.schedulingPolicy = cluster.SCHED_NONE
    cluster.setupPrimary({ exec: program, args: [name, socket, String(port)], serialization: 'advanced' })
    const worker = cluster.fork()
    const begunMs = monotonicMs()
    const send = (message: ToWorker) => {
      if (worker.isConnected()) worker.send(message, () => {})
    }
    const loan = lendEngine(engine, send)
    worker.on('message', (message: FromWorker) => {
      if ('engine' in message) loan.take(message)
      else if (message.gateway === 'figures') {
        last = message.families
        told?.()
      } else if (message.gateway === 'failed') hasFailed(new Failure(message.kind, message.code, message.message))
      else {
        isUp = true
        isReady()
      }
    })
    worker.on('error', (thrown) => report(thrown, name))
    const gone = new Promise<void>((resolve) => {
      worker.once('exit', async (code, signal) => {
        past = sumFamilies([past, last.filter(({ type }) => type === 'counter' || type === 'histogram')])
        last = []
        told?.()
        await loan.end()
        resolve()
        if (isClosing) return
        if (!isUp) return hasFailed(new Error(`${name} ended at its start (${signal ?? code}).`))
        report(new Error(`it ended (${signal ?? code}) and is begun anew; what it settled is kept.`), name)
        if (monotonicMs() - begunMs < SOON_MS) await sleep(PAUSE_MS)
        if (!isClosing) running = begin()
      })
    })
    return { worker, gone }
  }

  return {
    ready,
    async figures(): Promise<MetricFamily[][]> {
      if (running.worker.isConnected()) {
        const answered = new Promise<void>((resolve) => {
          told = resolve
        })
        running.worker.send({ gateway: 'figures' } satisfies ToWorker, () => {})
        await Promise.race([answered, sleep(FIGURES_MS)])
      }
      return [past, last]
    },
    async close(): Promise<void> {
      isClosing = true
      const { worker, gone } = running
      if (worker.isDead()) return
      if (worker.isConnected()) worker.send({ gateway: 'close' } satisfies ToWorker, () => {})
      else worker.process.kill()
      await gone
    },
  }
}
