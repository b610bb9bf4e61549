/**
 * Runs commands of the command line in processes that stay (`command-host.ts`): one for each command that runs at the
 * same moment, because settings and folder are the process's.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { bundled } from './bundle.ts'
import type { Ended, Order } from './command-host.ts'

const FLAGS = ['--disable-warning=ExperimentalWarning']
const idle: ChildProcess[] = []

/** @param longestMs after which it is killed, so that a test that gave up leaves nothing running; its code is null then */
export async function runCommandAt(order: Order, longestMs: number): Promise<Ended> {
  const host = idle.pop() ?? (await startHost())
  host.ref()
  host.channel?.ref()
  const ended = await new Promise<Ended>((resolve) => {
    const late = setTimeout(() => host.kill('SIGKILL'), longestMs)
    const gone = () => resolve({ code: null, out: '', err: 'It was killed.' })
    host.once('close', gone).once('message', (said: Ended) => {
      clearTimeout(late)
      host.off('close', gone)
      resolve(said)
    })
    host.send(order)
  })
  if (ended.code !== null) {
    // Nobody waits for it: it ends with the process that it belongs to.
    host.unref()
    host.channel?.unref()
    idle.push(host)
  }
  return ended
}

async function startHost(): Promise<ChildProcess> {
  const program = await bundled('src/testing/command-host.ts')
  return fork(program, {
    execArgv: FLAGS,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { PATH: process.env.PATH },
  })
}
