/**
 * A process that answers the model routes behind the port of the installation: begun by the one that has the API, the
 * jobs and the embedded engine, and ended by it. Arguments: its name, the socket of that process, the port.
 */
import { fileURLToPath } from 'node:url'
import { startAirworthy } from './airworthy.ts'
import { answeredAt } from './api/index.ts'
import { readConfig } from './config.ts'
import { Failure, messageOf } from './kernel/failure.ts'
import { SECOND } from './kernel/time.ts'
import type { Opened } from './store/opening.ts'
import { borrowEngine } from './store/shared-engine.ts'
import { leaveFlagsToFirstThread } from './store/young-values.ts'
import type { FromWorker, ToWorker } from './wiring/index.ts'

const FIGURES_MS = SECOND
const [, , part = '', socket = '', port = ''] = process.argv

const send = (message: FromWorker) => {
  // What comes late for a process that is gone is nobody's.
  if (process.connected) process.send?.(message, undefined, undefined, () => {})
}
// A signal to the group ends this process too early: the first process says when.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
// Without it there is no database and no API; what was settled is in the spool.
process.once('disconnect', () => process.exit(1))
leaveFlagsToFirstThread()

try {
  const config = { ...readConfig(), port: Number(port), roles: new Set(['gateway'] as const) }
  const loan = borrowEngine(send)
  let answering: Awaited<ReturnType<typeof startAirworthy>> | undefined
  const tell = () => answering && send({ gateway: 'figures', families: answering.figures() })
  // From the beginning: one that is told to end while it starts has answered nobody, and must not stay.
  process.on('message', (message: ToWorker) => {
    if ('engine' in message) loan.take(message)
    else if (message.gateway === 'figures') tell()
    else if (answering) void answering.close().finally(() => process.exit(0))
    else process.exit(0)
  })
  answering = await startAirworthy({
    config,
    root: fileURLToPath(new URL('..', import.meta.url)),
    // That it is ready the first process says.
    print: (line) => line.startsWith('!') && process.stdout.write(`! ${part}: ${line.slice(2)}\n`),
    pages: false,
    worker: { part, elsewhere: answeredAt(socket) },
    store: { part, opening: openingOf(config.databaseUrl) },
  })

  function openingOf(databaseUrl: string | undefined): Promise<Opened> {
    const opened = async () => {
      if (databaseUrl === undefined) return loan.engine
      return (await import('./store/postgres.ts')).openPostgres(databaseUrl, { mayBeAway: true })
    }
    return opened().then((engine) => ({ engine, isNew: false, unlock: async () => {} }))
  }

  setInterval(tell, FIGURES_MS).unref()
  send({ gateway: 'ready' })
} catch (thrown) {
  const { kind, code } = thrown instanceof Failure ? thrown : { kind: 'unavailable' as const, code: 'gateway.broken' }
  process.send?.({ gateway: 'failed', kind, code, message: messageOf(thrown) } satisfies FromWorker, () =>
    process.exit(4),
  )
}
