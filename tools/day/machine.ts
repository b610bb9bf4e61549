/** A machine of a stranger: a folder, perhaps a user of its own, and a terminal that types what a page says. */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const MOST_MS = 900_000

export type Machine = ReturnType<typeof createMachine>

export function createMachine({
  name,
  folder,
  user,
  port,
  page,
}: {
  name: string
  /** Where its user is at the beginning; the server's folder is made below it. */
  folder: string
  user: string | undefined
  port: number
  /** Its `sh` blocks below `<!-- day: name -->` are what is typed. */
  page: string
}) {
  /** The project's own Node is not the stranger's. */
  const path = (process.env.PATH ?? '').split(delimiter).filter((place) => !place.includes('node_modules'))
  const environment: Record<string, string> = {
    PATH: path.join(delimiter),
    HOME: folder,
    AIRWORTHY_PORT: String(port),
    ...kept(/^(npm_config_cafile|npm_config_registry|NODE_EXTRA_CA_CERTS|https?_proxy)$/i),
  }
  const place = { at: join(folder, 'airworthy') }
  const url = `http://127.0.0.1:${port}`
  let server: ChildProcess | undefined
  let printed = ''
  own()

  function own(): void {
    if (user) execFileSync('chown', ['-R', `${user}:`, folder])
  }
  /** The words that run a line as the user. */
  const asUser = (line: string): [string, string[]] => {
    const words = ['-c', line]
    if (!user) return ['bash', words]
    const group = execFileSync('id', ['-g', user], { encoding: 'utf8' }).trim()
    return ['setpriv', [`--reuid=${user}`, `--regid=${group}`, '--init-groups', 'bash', ...words]]
  }

  async function type(
    block: string,
    { into = 'airworthy', without, instead }: { into?: string; without?: RegExp; instead?: [RegExp, string] } = {},
  ): Promise<string> {
    let cwd = block === 'install' ? folder : join(folder, into)
    place.at = join(folder, into)
    const settings = { ...environment }
    let said = ''
    for (const written of linesOf(readFileSync(page, 'utf8'), block)) {
      if (without?.test(written)) continue
      const line = (instead ? written.replace(...instead) : written).replace('mkdir airworthy && cd airworthy', () => {
        cwd = join(folder, into)
        return `mkdir ../${into}`
      })
      const begun = performance.now()
      const exported = /^export (\w+)=(.+)$/.exec(line)
      if (exported?.[1]) settings[exported[1]] = exported[2] ?? ''
      else if (/\bairworthy up$/.test(line)) await start(line, { cwd, settings })
      else if (line.startsWith('mkdir ../')) execute(`mkdir ${into}`, { cwd: folder, env: settings })
      else said += (await executeLong(line, { cwd, env: settings })).stdout
      console.log(`${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} s ${name}$ ${written}`)
    }
    return said
  }

  const execute = (line: string, at: { cwd: string; env: Record<string, string> }) => execFileSync(...asUser(line), at)
  const executeLong = (line: string, at: { cwd: string; env: Record<string, string> }) =>
    run(...asUser(line), { ...at, timeout: MOST_MS }).catch((thrown: { code?: number; stdout?: string }) => {
      // A gate that is held has said what it had to say.
      if (/ gate /.test(line) && [1, 3].includes(thrown.code ?? 0)) return { stdout: thrown.stdout ?? '' }
      throw thrown
    })

  async function start(line: string, { cwd, settings }: { cwd: string; settings: Record<string, string> }) {
    printed = ''
    // As Ctrl+C does, the end comes to the whole group.
    const child = spawn(...asUser(`exec ${line.replace(/^((?:\w+=\S+ )*)/, 'env $1')}`), {
      cwd,
      env: settings,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    server = child
    await new Promise<void>((ready, refused) => {
      const hear = (text: string) => {
        printed += text
        if (/Sign in \(.*\): \S+\n/.test(printed)) ready()
      }
      child.stdout.setEncoding('utf8').on('data', hear)
      child.stderr.setEncoding('utf8').on('data', hear)
      child.once('exit', (code) => refused(new Error(`The server of ${name} ended with ${code}: ${printed}`)))
    })
  }

  return {
    folder,
    url,
    type,
    own,
    printedLink: () => /Sign in \(.*\): (\S+)/.exec(printed)?.[1] ?? '',
    /** As whoever runs the server reads it. */
    token: async () => execute('cat .airworthy/owner-token', { cwd: place.at, env: environment }).toString().trim(),
    statusFor: async (token: string) =>
      (await fetch(`${url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status,
    /** As a browser does that opens the link. */
    async expectSignIn(link: string): Promise<void> {
      const opened = await fetch(link, { redirect: 'manual' })
      const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
      const me = await fetch(`${url}/api/v1/me`, { headers: { cookie } })
      if (me.status !== 200) throw new Error(`${link} led to ${opened.status}, and then ${me.status}.`)
      console.log(`       a browser is signed in as ${((await me.json()) as { name?: string }).name}`)
    },
    async stop(): Promise<void> {
      const child = server
      server = undefined
      if (!child?.pid || child.exitCode !== null) return
      const gone = new Promise((resolve) => child.once('close', resolve))
      process.kill(-child.pid, 'SIGINT')
      await gone
    },
  }
}

function linesOf(text: string, block: string): string[] {
  const found = new RegExp(`<!-- day: ${block} -->\\s*\`\`\`sh\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1]
  if (!found) throw new Error(`The page has no commands for ${block}.`)
  return found.trim().split('\n')
}

const kept = (names: RegExp): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      names.test(name) && value !== undefined ? [[name, value]] : [],
    ),
  )
