/** The processes of a bench: begun, asked, and ended together with it. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import environment from '../../bin/server-environment.json' with { type: 'json' }
import type { Target } from './load.ts'

export type Process = {
  readonly name: string
  readonly pid: number
  readonly target: Target
  ask<Answer>(what: string): Promise<Answer>
}

/** What `bin/airworthy.js` starts the server with. Without it large requests have V8 mark the whole heap every few hundred. */
const OF_THE_SERVER = ['--min-semi-space-size=16', '--max-semi-space-size=16', '--heap-growing-percent=50']

/** What is measured small does not wait until it is at its best either. */
const SIZE = process.argv.filter((word) => word === '--smoke')

export function createProcesses() {
  const children: ChildProcess[] = []

  async function begin(
    file: string,
    args: readonly string[],
    isServer: boolean,
  ): Promise<{ port: number; child: ChildProcess }> {
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), [...args, ...SIZE], {
      execArgv: [...process.execArgv, ...(isServer ? OF_THE_SERVER : [])],
      env: { ...process.env, ...(isServer && environment) },
    })
    children.push(child)
    const port = await new Promise<number>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
      child.once('message', (message: { port: number }) => resolve(message.port))
    })
    return { port, child }
  }

  return {
    /** @param hasKey whether it is ours: it wants a key of its own, which it tells, and runs as the server does */
    async open(name: string, file: string, args: readonly string[], hasKey = false): Promise<Process> {
      const { port, child } = await begin(file, args, hasKey)
      const ask = <Answer>(what: string) =>
        new Promise<Answer>((resolve, reject) => {
          child.once('message', ({ answer, error }: { answer: Answer; error?: string }) =>
            error === undefined ? resolve(answer) : reject(new Error(error)),
          )
          child.send({ ask: what })
        })
      const headers: Record<string, string> = hasKey ? { authorization: `Bearer ${await ask<string>('key')}` } : {}
      return { name, pid: child.pid ?? 0, target: { origin: `http://127.0.0.1:${port}`, headers }, ask }
    },
    endAll(): void {
      for (const child of children) child.kill()
    },
  }
}

export const line = (what: string, figure: string): void => console.log(`${what.padEnd(66)} ${figure}`)
