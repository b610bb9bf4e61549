/**
 * A process in which commands are run one after the other, each with its own words, settings, folder and streams, as in a
 * process of its own: to start one and to read the commands takes ten times the processor time of what most of them do.
 * `commands.ts` starts it and asks.
 */
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { runCommand } from '../cli/index.ts'

export type Order = {
  readonly words: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly folder: string
}
export type Ended = { readonly code: number | null; readonly out: string; readonly err: string }

process.on('message', async (order: Order) => {
  process.send?.(await obey(order))
})

async function obey({ words, environment, folder }: Order): Promise<Ended> {
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, environment)
  process.chdir(folder)
  process.exitCode = undefined
  const [out, err] = [capture('stdout'), capture('stderr')]
  try {
    await runCommand(words)
  } catch (thrown) {
    // As Node ends a process.
    process.stderr.write(`${thrown instanceof Error ? thrown.stack : thrown}\n`)
    process.exitCode = 1
  }
  const code = Number(process.exitCode ?? 0)
  return { code, out: await out(), err: await err() }
}

/** What is written from now on, until it is asked for. */
function capture(name: 'stdout' | 'stderr'): () => Promise<string> {
  const stream = new PassThrough()
  Object.defineProperty(process, name, { configurable: true, value: stream })
  const said = text(stream)
  return () => {
    stream.end()
    return said
  }
}
