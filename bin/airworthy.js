#!/usr/bin/env node
// Plain JavaScript that runs under any Node: starts the project's own Node 24 on the sources as written, or on what
// `tools/pack.ts` made of them, because Node strips no types from an installed package.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')
const isPacked = !existsSync(join(home, 'src'))
const root = isPacked ? join(home, 'dist') : home
const [command, ...rest] = process.argv.slice(2)
const isServer = command === 'up' && !rest.includes('--help')
const isOffline = (command === 'restore' || command === 'rekey') && !rest.includes('--help')
const entry = `src/${isServer || isOffline ? 'main' : 'cli/main'}.${isPacked ? 'js' : 'ts'}`

// Of the server (`server-flags.json`, which tests and benches read as well): young values get room from the beginning: 800
// modules are read at the start, and collecting after each few of them takes a sixth of its processor time. They get no
// more, and what is old is collected when it has grown by a half: left to itself a server that takes in a million rows
// holds 300 MB of garbage. Threads beside the first have their own limits (`src/store/young-values.ts`). malloc keeps what
// was freed in two places (`server-environment.json`) instead of one for each thread, eight for each core: what one thread
// gave back another takes (0050).
const flags = isServer ? read('server-flags.json') : ['--disable-warning=ExperimentalWarning']
const child = spawn(ownNode(), [...flags, join(root, entry), ...process.argv.slice(2)], {
  // The server sees by the end of the channel that this process was killed, and stops.
  stdio: isServer ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  // Compiled sources are kept beside the packages, where nobody else writes: a command starts in half of the time, a
  // server with 0.9 s of processor time less.
  env: {
    NODE_COMPILE_CACHE: join(home, 'node_modules', '.cache', 'airworthy'),
    ...(isServer && read('server-environment.json')),
    ...process.env,
  },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)
})

function read(name) {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
}

/** The binary of the npm package `node`; this process's own when it is new enough. */
function ownNode() {
  try {
    const path = join(dirname(createRequire(join(home, 'package.json')).resolve('node/package.json')), 'bin', 'node')
    if (existsSync(path)) return path
  } catch {
    // Not installed: see below.
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  console.error(
    'Airworthy runs on Node 24, which comes with its packages. Run `npm rebuild node` in your folder, then try again.',
  )
  process.exit(4)
}
