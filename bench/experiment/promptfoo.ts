/** promptfoo, put by npm into a folder of its own for the length of a bench, on a model that answers at once. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const PROMPTFOO = 'promptfoo@0.123.1'

export type Rival = {
  /** Milliseconds by the clock, start of the program included, and megabytes at most. A sentence where it failed. */
  readonly run: (rows: readonly { input: string; expected: string }[]) => { ms: number; megabytes: number } | string
  readonly end: () => void
}

/** @param folder one with promptfoo in it already; none: npm installs it. A sentence where it cannot be had here. */
export function installPromptfoo(folder: string | undefined): Rival | string {
  const work = mkdtempSync(join(tmpdir(), 'airworthy-bench-promptfoo-'))
  const end = () => rmSync(work, { recursive: true, force: true })
  const home = folder ?? work
  try {
    if (!folder)
      execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', '--prefix', home, PROMPTFOO], {
        stdio: 'ignore',
      })
  } catch {
    end()
    return `npm could not install ${PROMPTFOO}; nothing of it is measured`
  }
  return { end, run: (rows) => run({ home, work, rows }) }
}

function run({
  home,
  work,
  rows,
}: {
  home: string
  work: string
  rows: readonly { input: string; expected: string }[]
}) {
  const config = join(work, 'config')
  mkdirSync(config, { recursive: true })
  writeFileSync(join(work, 'echo.mjs'), ECHO)
  writeFileSync(
    join(work, 'tests.jsonl'),
    rows
      .map(({ input, expected }) =>
        JSON.stringify({ vars: { input }, assert: [{ type: 'contains', value: expected }] }),
      )
      .join('\n'),
  )
  writeFileSync(
    join(work, 'promptfooconfig.yaml'),
    'prompts: ["{{input}}"]\nproviders: ["file://echo.mjs"]\ntests: file://tests.jsonl\n',
  )
  const begin = performance.now()
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      ...['--import', tellsMemory(join(work, 'memory'))],
      join(home, 'node_modules', 'promptfoo', 'dist', 'src', 'entrypoint.js'),
      ...['eval', '--no-cache', '--no-table', '--no-progress-bar', '--max-concurrency', '8'],
      ...['-c', join(work, 'promptfooconfig.yaml')],
    ],
    {
      cwd: work,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: {
        ...process.env,
        PROMPTFOO_CONFIG_DIR: config,
        PROMPTFOO_DISABLE_TELEMETRY: '1',
        PROMPTFOO_DISABLE_UPDATE: '1',
        PROMPTFOO_DISABLE_REMOTE_GENERATION: '1',
      },
    },
  )
  const ms = performance.now() - begin
  return status === 0
    ? { ms, megabytes: Number(readFileSync(join(work, 'memory'), 'utf8')) / 1024 }
    : `${PROMPTFOO} ended with ${status}: ${stderr.trim().split('\n')[0]}`
}

/** A module that writes the greatest memory of its process into a file, in kilobytes, when the process ends. */
const tellsMemory = (file: string): string =>
  `data:text/javascript,${encodeURIComponent(
    `import { writeFileSync } from 'node:fs'\nprocess.on('exit', () => writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)))`,
  )}`

/** A provider of promptfoo's that answers with the question. */
const ECHO = `export default class {
  id() { return 'echo' }
  async callApi(prompt) { return { output: prompt, tokenUsage: { total: 460, prompt: 400, completion: 60 } } }
}
`
