/** Starts one program in a process of its own and says what it used until it was ready, and while it then stood idle. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sleep } from '../../src/kernel/time.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const here = fileURLToPath(new URL('.', import.meta.url))
const POLL_MS = 10

export type Figures = {
  readonly readyMs: number
  readonly readyProcessorMs: number
  /** Resident, of the whole process, at the end. */
  readonly megabytes: number
  readonly idlePercent: number
}
type Used = { processorMs: number; megabytes: number }

/** The server itself, without the example, on a free port. Ready is when `/readyz` says so. */
export const measureServer = (folder: string, idleMs: number): Promise<Figures> =>
  measure(join(root, 'src', 'main.ts'), [], {
    idleMs,
    environment: { AIRWORTHY_DATA: folder, AIRWORTHY_PORT: '0', AIRWORTHY_EXAMPLE: '0' },
    async untilReady(said) {
      const origin = (await said(/ready at (\S+)/))[1]
      while (!(await fetch(`${origin}/readyz`)).ok) await sleep(POLL_MS)
    },
  })

/** The engine alone; `made` says whether a new folder begins with the seed or with the engine's own initdb. */
export const measureBare = (folder: string, idleMs: number, made: 'seed' | 'initdb' = 'seed'): Promise<Figures> =>
  measure(join(here, 'bare.ts'), [join(folder, 'database'), made], {
    idleMs,
    environment: {},
    untilReady: async (said) => void (await said(/ready/)),
  })

async function measure(
  program: string,
  args: readonly string[],
  {
    idleMs,
    environment,
    untilReady,
  }: {
    idleMs: number
    environment: Record<string, string>
    untilReady: (said: (pattern: RegExp) => Promise<RegExpMatchArray>) => Promise<void>
  },
): Promise<Figures> {
  const started = performance.now()
  const child = fork(program, args, {
    cwd: root,
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', join(here, 'probe.ts')],
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'airworthy'), ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)))
  })
  ended.catch(() => {})
  const said = (pattern: RegExp) =>
    new Promise<RegExpMatchArray>((resolve) => {
      let text = ''
      child.stdout?.on('data', (chunk: Buffer) => {
        text += chunk.toString()
        const found = text.match(pattern)
        if (found) resolve(found)
      })
    })
  const used = () =>
    new Promise<Used>((resolve) => {
      child.once('message', (answer) => resolve(answer as Used))
      child.send('used')
    })
  try {
    await Promise.race([untilReady(said), ended])
    const readyMs = performance.now() - started
    const atReady = await used()
    // What the start left to do (garbage, pages that are freed) is not idling.
    await sleep(idleMs / 4)
    const before = await used()
    const since = performance.now()
    await sleep((idleMs * 3) / 4)
    const after = await used()
    return {
      readyMs,
      readyProcessorMs: atReady.processorMs,
      megabytes: after.megabytes,
      idlePercent: (100 * (after.processorMs - before.processorMs)) / (performance.now() - since),
    }
  } finally {
    const gone = ended.catch(() => {})
    child.kill('SIGTERM')
    await gone
  }
}
