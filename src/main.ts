/** `airworthy up`: reads the settings, starts the server, says where it is, and stops it in order. */
import { fileURLToPath } from 'node:url'
import { startAirworthy } from './airworthy.ts'
import { readConfig } from './config.ts'
import { Failure, messageOf } from './kernel/failure.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const print = (line: string) => process.stdout.write(`${line}\n`)
const COULD_NOT_RUN = 4

try {
  const config = readConfig()
  const airworthy = await startAirworthy({ config, root, print, pages: config.pages })
  const stop = async (signal: string) => {
    print(`\nStopping (${signal}): open answers are finished, jobs are handed back.`)
    await airworthy.close()
    process.exit(0)
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
} catch (thrown) {
  process.stderr.write(`${messageOf(thrown)}\n`)
  if (!(thrown instanceof Failure) && thrown instanceof Error && thrown.stack) process.stderr.write(`${thrown.stack}\n`)
  process.exit(COULD_NOT_RUN)
}
