/** Portkey's open-source gateway, put by npm into a folder of its own for the length of a bench. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Target } from './load.ts'

export const PORTKEY = '@portkey-ai/gateway@1.15.2'
/** Within what Portkey asks for (^1.3.3). From 1.13.8 on (1.12.0 works) its streams fail on Node 24 with 500: it adds to headers that are immutable then. */
const ITS_SERVER = '@hono/node-server@1.11.1'
const LONGEST_START_MS = 30_000

export type Rival = { readonly pid: number; readonly target: Target; end(): void }

/** A sentence where it cannot be had here. */
export async function startPortkey(upstream: string): Promise<Rival | string> {
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-bench-portkey-'))
  const clean = () => rmSync(folder, { recursive: true, force: true })
  try {
    execFileSync(
      'npm',
      [
        ...['install', '--no-audit', '--no-fund', '--silent', '--ignore-scripts', '--legacy-peer-deps'],
        ...['--prefix', folder, PORTKEY, ITS_SERVER],
      ],
      { stdio: 'ignore' },
    )
  } catch {
    clean()
    return `npm could not install ${PORTKEY}; nothing of it is measured`
  }
  const port = await freePort()
  const file = join(folder, 'node_modules', '@portkey-ai', 'gateway', 'build', 'start-server.js')
  const child = spawn(process.execPath, [file, '--headless', `--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, NODE_ENV: 'production', TRUSTED_CUSTOM_HOSTS: '127.0.0.1,localhost' },
  })
  const end = () => {
    child.kill()
    clean()
  }
  const origin = `http://127.0.0.1:${port}`
  const headers = {
    authorization: 'Bearer bench',
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `${upstream}/v1`,
  }
  const until = performance.now() + LONGEST_START_MS
  while (performance.now() < until) {
    const answer = await fetch(origin).catch(() => undefined)
    if (answer) return { pid: child.pid ?? 0, target: { origin, headers }, end }
    await wait(100)
  }
  end()
  return `${PORTKEY} did not answer within ${LONGEST_START_MS} ms; nothing of it is measured`
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
