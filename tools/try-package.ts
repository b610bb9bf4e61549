/**
 * A stranger's first minutes with the tarball: `npm run try:package`. Packs, installs the file into an empty folder,
 * starts it there with whatever Node the machine has, asks for readiness and a page, makes an application by the
 * command line, and stops it. Says sizes and seconds. With `--offline` npm takes packages from its cache alone.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** The project's own Node is not the stranger's. */
const strangersPath = (process.env.PATH ?? '').split(delimiter).filter((place) => !place.includes('node_modules'))
const network = process.argv.includes('--offline') ? '--offline' : '--prefer-offline'

const home = mkdtempSync(join(tmpdir(), 'airworthy-stranger-'))
const env = {
  PATH: strangersPath.join(delimiter),
  HOME: process.env.HOME,
  AIRWORTHY_PORT: '0',
  AIRWORTHY_EXAMPLE: process.argv.includes('--example') ? '1' : '0',
}
try {
  const packed = await timed('packed', () => run('npm', ['pack', '--json', '--pack-destination', home], { cwd: ROOT }))
  const name = /"filename":\s*"([^"]+)"/.exec(packed.stdout)?.[1]
  if (name === undefined) throw new Error(`npm pack named no file:\n${packed.stdout}`)
  console.log(`       ${name}, ${mebibytes(statSync(join(home, name)).size)}`)
  writeFileSync(join(home, 'package.json'), '{"name":"stranger","private":true}')
  const at = { cwd: home, env }
  await timed('installed', () => run('npm', ['install', network, '--no-audit', '--no-fund', `./${name}`], at))
  const { stdout } = await run('du', ['-sk', 'node_modules'], at)
  console.log(`       node_modules, ${mebibytes(Number.parseInt(stdout, 10) * 1024)}`)

  // Past npx, which does not hand a signal on.
  const server = spawn('node_modules/.bin/airworthy', ['up'], { ...at, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const url = await timed('started', () => addressOf(server))
    await expectAnswer(`${url}/readyz`, /"ok"|ready/)
    await expectAnswer(url, /<!doctype html>/i)
    await expectAnswer(`${url}/api/openapi.json`, /"openapi"/)
    await timed('init', () => run('npx', ['airworthy', 'init', 'support-assistant', 'my-shop'], at))
    const words = ['airworthy', 'freeze', 'my-shop']
    const frozen = await timed('frozen', () => run('npx', words, { ...at, env: { ...env, AIRWORTHY_URL: url } }))
    console.log(`       ${frozen.stdout.trim().split('\n')[0]}`)
  } finally {
    const ended = new Promise((resolve) => server.on('exit', resolve))
    server.kill('SIGTERM')
    await ended
  }
  console.log('The tarball works.')
} finally {
  rmSync(home, { recursive: true, force: true })
}

async function timed<Result>(what: string, act: () => Promise<Result>): Promise<Result> {
  const start = performance.now()
  const result = await act()
  console.log(`${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s ${what}`)
  return result
}

/** The address that the server prints; refused when it ends before that. */
function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    server.on('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready.`)))
    if (server.stdout === null) return
    createInterface({ input: server.stdout }).on('line', (line) => {
      const url = /ready at (\S+)/.exec(line)?.[1]
      if (url !== undefined) resolve(url)
      else if (process.argv.includes('--example')) console.log(`       | ${line}`)
    })
  })
}

async function expectAnswer(url: string, expected: RegExp): Promise<void> {
  const answer = await fetch(url)
  const text = await answer.text()
  if (!answer.ok || !expected.test(text)) throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 300)}`)
  console.log(`       ${new URL(url).pathname} answers ${answer.status}`)
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
