/**
 * A stranger's day: `npm run try:day`. Types the commands of docs/running.md, word for word, as somebody who has the
 * tarball and nothing else: install, first sign-in, work, a lost token, an upgrade of an older data folder, a back-up,
 * and its restore at another place, for another user, and onto PostgreSQL. What is there before and after must be equal.
 *
 *   --as ada,ben       users without privileges for the two machines; needs root. Without it, all as the caller.
 *   --old FOLDER       a data folder of an earlier version, to be upgraded; it is copied first
 *   --tarball FILE     instead of packing one
 *   --database URL     an empty PostgreSQL to move to; without it that part is left out, and said so
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createMachine, type Machine } from './day/machine.ts'
import { readStanding } from './day/standing.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const { values: flags } = parseArgs({
  options: {
    as: { type: 'string' },
    old: { type: 'string' },
    tarball: { type: 'string' },
    database: { type: 'string' },
  },
})
const [firstUser, secondUser = firstUser] = flags.as?.split(',') ?? []
const home = mkdtempSync(join(tmpdir(), 'airworthy-day-'))
// Each user has a folder below it.
chmodSync(home, 0o711)
const tarball = flags.tarball ?? pack()
const machines: Machine[] = []

function machine(name: string, user: string | undefined, port: number): Machine {
  const folder = join(home, name)
  mkdirSync(folder)
  copyFileSync(tarball, join(folder, 'airworthy-0.1.0.tgz'))
  const made = createMachine({ name, folder, user, port, page: join(ROOT, 'docs/running.md') })
  machines.push(made)
  return made
}

try {
  const first = machine('first', firstUser, 4471)
  await first.type('install')
  await first.expectSignIn(first.printedLink())
  await first.expectSignIn((await first.type('open')).trim().split(/\s+/).at(-1) ?? '')
  await first.type('work')
  const kept = await first.token()
  await first.stop()
  await first.type('lost')
  await first.expectSignIn(first.printedLink())
  if ((await first.statusFor(kept)) !== 401) throw new Error('The lost token still works.')
  console.log('       the old token is refused, the new link signs in')

  if (flags.old) {
    await first.stop()
    rmSync(join(first.folder, 'airworthy/.airworthy'), { recursive: true })
    cpSync(flags.old, join(first.folder, 'airworthy/.airworthy'), {
      recursive: true,
      filter: (path) => !path.endsWith('.sock'),
    })
    first.own()
  }
  // Without an older folder it is the same version again.
  else await first.stop()
  await first.type('upgrade')
  const before = await readStanding(first)
  console.log(`       ${before.said}`)
  await first.type('backup')
  const atBackup = await readStanding(first)
  await first.stop()

  const second = machine('second', secondUser, 4472)
  for (const file of ['monday.backup.gz', 'monday.master.key'])
    copyFileSync(join(first.folder, file), join(second.folder, file))
  second.own()
  await second.type('install', { without: /up$/ })
  await second.type('restore')
  await demandEqual(second, 'on the embedded database')
  await second.stop()

  if (flags.database) {
    await second.type('install', { into: 'moved', without: /up$/ })
    await second.type('move', { into: 'moved', instead: [/postgresql:\S+/, flags.database] })
    await demandEqual(second, 'on PostgreSQL')
    await second.stop()
  } else console.log('       no --database was named: the move to PostgreSQL was not tried')
  console.log("The stranger's day is over, and everything was there.")

  async function demandEqual(there: Machine, where: string): Promise<void> {
    const after = await readStanding(there)
    if (after.digest !== atBackup.digest)
      throw new Error(`What was restored ${where} is not what was backed up:\n${atBackup.said}\n${after.said}`)
    console.log(`       ${where}: ${after.said}`)
  }
} finally {
  for (const one of machines) await one.stop()
  rmSync(home, { recursive: true, force: true })
}

function pack(): string {
  const said = execFileSync('npm', ['pack', '--json', '--pack-destination', home], { cwd: ROOT, encoding: 'utf8' })
  const name = /"filename":\s*"([^"]+)"/.exec(said)?.[1]
  if (name === undefined) throw new Error(`npm pack named no file:\n${said}`)
  return join(home, name)
}
