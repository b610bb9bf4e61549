/**
 * Runs a program that somebody else wrote, in a process of its own: no environment, an empty folder, and limits on time,
 * memory and what it prints. It is no sandbox against an enemy: whoever may write suites runs code with the rights of
 * this process, therefore the installation has to allow it.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Limits = { readonly timeoutMs: number; readonly memoryMb: number }
export type Ran = { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }
export type CodeLanguage = 'typescript' | 'python'

/** What it prints beyond this ends it. */
const MAX_PRINTED = 1_000_000

/** Throws when it takes longer than it may, prints more than it may, or cannot be started. */
export async function runCode(
  { language, source, input, limits }: { language: CodeLanguage; source: string; input: string; limits: Limits },
  signal: AbortSignal,
): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'airworthy-evaluator-'))
  try {
    const file = join(folder, language === 'python' ? 'main.py' : 'main.ts')
    await writeFile(file, language === 'python' ? `${limitMemory(limits)}${source}` : source)
    const [command, args] =
      language === 'python' ? ['python3', ['-I', file]] : [process.execPath, nodeArguments(limits, folder, file)]
    return await run({ command, args, folder, input, limits }, signal)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Node may read its own folder, and neither write files nor start programs or threads. */
const nodeArguments = ({ memoryMb }: Limits, folder: string, file: string): string[] => [
  `--max-old-space-size=${memoryMb}`,
  '--disable-warning=ExperimentalWarning',
  '--permission',
  `--allow-fs-read=${folder}`,
  file,
]

const limitMemory = ({ memoryMb }: Limits): string =>
  `import resource as _r; _r.setrlimit(_r.RLIMIT_AS, (${memoryMb}*1048576, ${memoryMb}*1048576)); _r.setrlimit(_r.RLIMIT_FSIZE, (1048576, 1048576)); del _r\n`

function run(
  given: { command: string; args: readonly string[]; folder: string; input: string; limits: Limits },
  signal: AbortSignal,
): Promise<Ran> {
  const { command, args, folder, input, limits } = given
  return new Promise((resolve, reject) => {
    // A group of its own, so that what it starts ends with it. `PATH` finds the interpreter, and nothing else is told.
    const child = spawn(command, args, { cwd: folder, env: { PATH: SEARCH_PATH }, detached: true })
    const printed = { stdout: '', stderr: '' }
    let refusal: Error | undefined
    const end = (why: Error) => {
      refusal ??= why
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It has ended already.
      }
    }
    const timer = setTimeout(
      () => end(new Error(`The code took longer than ${limits.timeoutMs} ms.`)),
      limits.timeoutMs,
    )
    const onAbort = () => end(new Error('The run was cancelled.'))
    signal.addEventListener('abort', onAbort, { once: true })
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        printed[stream] += text
        if (printed[stream].length > MAX_PRINTED)
          end(new Error(`The code printed more than ${MAX_PRINTED} characters.`))
      })
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    }
    child.on('error', (thrown) => {
      done()
      reject(new Error(`${command} could not be started: ${thrown.message}`))
    })
    child.on('close', (exitCode) => {
      done()
      if (refusal) reject(refusal)
      else resolve({ exitCode, ...printed })
    })
    // A program need not read what it is given.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

const SEARCH_PATH = '/usr/local/bin:/usr/bin:/bin'
