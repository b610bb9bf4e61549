/**
 * `airworthy up` and `airworthy restore`: reads the settings, starts the server, says where it is, and stops it in order.
 *
 * Settings come first and the house is read last, because a wrong setting should be told at once, and because the
 * engine opens in its own thread while the house is read.
 */
import { fileURLToPath } from 'node:url'
import { readConfig } from './config.ts'
import { Failure, messageOf } from './kernel/failure.ts'
import { leaveFlagsToFirstThread } from './store/young-values.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const print = (line: string) => process.stdout.write(`${line}\n`)
const COULD_NOT_RUN = 4
/** `bin/airworthy.js` keeps a channel open; when that ends, it was killed and could not pass a signal on. */
const hasStarter = process.channel !== undefined
// Whoever read these lines may be gone before the server is.
process.stdout.on('error', () => {})
leaveFlagsToFirstThread()

try {
  const config = readConfig()
  if (process.argv[2] === 'restore') {
    const { restore } = await import('./wiring/index.ts')
    const { head, rows, blobs, knowsDeletions } = await restore({ file: process.argv[3], config })
    print(`Restored ${rows} rows and ${blobs} contents of ${head.at} (${head.engine}, Airworthy ${head.version}).`)
    print(
      knowsDeletions
        ? `Deletions of people's data that came after it are in ${config.data}/deletions.jsonl; the next start does them again.`
        : `People whose data was deleted after it are in it again. Put the file deletions.jsonl of that installation into ${config.data} before the next start, which deletes them anew.`,
    )
    print('Start it with `npx airworthy up`, with the same settings. A new owner token is printed then.')
    process.exit(0)
  }
  if (process.argv[2] === 'rekey') {
    const { rekey } = await import('./wiring/index.ts')
    const { credentials, secondFactors, webhooks, file } = await rekey(config)
    print(
      `Encrypted anew: ${credentials} keys of providers, ${secondFactors} second factors, secrets of ${webhooks} webhooks.`,
    )
    print(
      file
        ? `The new master key is in ${file}; keep a copy in another place. The old one opens back-ups of before, and nothing else.`
        : 'Set AIRWORTHY_MASTER_KEY to the new key before the next start. The old one opens back-ups of before, and nothing else.',
    )
    process.exit(0)
  }
  const { openPlace } = await import('./store/opening.ts')
  const { data: folder, databaseUrl, roles, gatewayWorkers } = config
  const mayBeAway = roles.size === 1 && roles.has('gateway')
  const opening = openPlace({ folder, databaseUrl, mayBeAway, isShared: roles.has('gateway') && gatewayWorkers > 0 })
  // Whoever waits for it tells of a failure; until then nobody does.
  opening.catch(() => {})
  const { startAirworthy } = await import('./airworthy.ts')
  const workerProgram = fileURLToPath(new URL('./gateway-worker.ts', import.meta.url))
  const airworthy = await startAirworthy({
    config,
    root,
    print,
    pages: config.pages,
    store: { opening },
    workerProgram,
  })
  let isStopping = false
  const stop = async (why: string) => {
    if (isStopping) return
    isStopping = true
    print(`\nStopping (${why}): open answers are finished, jobs are handed back.`)
    await airworthy.close()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  const stopAlone = () => stop('the process that started this one is gone')
  if (hasStarter && !process.connected) await stopAlone()
  else if (hasStarter) process.once('disconnect', stopAlone)
} catch (thrown) {
  process.stderr.write(`${messageOf(thrown)}\n`)
  if (!(thrown instanceof Failure) && thrown instanceof Error && thrown.stack) process.stderr.write(`${thrown.stack}\n`)
  process.exit(COULD_NOT_RUN)
}
