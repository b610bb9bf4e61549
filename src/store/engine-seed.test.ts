import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createIds } from '../kernel/ids.ts'
import { secureBytes } from '../kernel/random.ts'
import { systemClock } from '../kernel/time.ts'
import { readSeed, unpackSeed } from './engine-seed.ts'
import { lockFolder } from './folder-lock.ts'
import { openStore } from './store.ts'

const open = (folder: string) =>
  openStore({
    folder,
    migrations: [],
    clock: systemClock,
    newId: createIds({ clock: systemClock, random: secureBytes }),
    onJobChange: () => {},
  })

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-seed-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('the seed was made by the installed engine; else run node tools/make-engine-seed.ts', () => {
  expect(readSeed()).toBeDefined()
})

test('what a crash left half made is made again', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'database.new', 'base', '5'), { recursive: true })
  writeFileSync(join(folder, 'database.new', 'PG_VERSION'), '18\n')

  const store = await open(folder)
  await store.close()

  expect(existsSync(join(folder, 'database.new'))).toBe(false)
})

test('of processes that start at one moment on one folder, one gets it and the others one sentence', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'lock.sock'), '')
  const tries = await Promise.allSettled([1, 2, 3, 4].map(() => lockFolder(folder)))

  const taken = tries.filter((one) => one.status === 'fulfilled')
  const refused = tries.filter((one) => one.status === 'rejected')
  expect(taken).toHaveLength(1)
  for (const { reason } of refused) expect(String(reason)).toMatch(/Another Airworthy process uses .+ AIRWORTHY_DATA/)
  await taken[0]?.value()
})

test.for([
  ['has no control file', (database: string) => rmSync(join(database, 'global', 'pg_control'))],
  ['has lost its tables', (database: string) => rmSync(join(database, 'base', '5'), { recursive: true })],
  ['is no database', (database: string) => rmSync(join(database, 'PG_VERSION'))],
] as const)('a database that %s stops the start with one sentence', async ([, harm]) => {
  const folder = newFolder()
  const database = join(folder, 'database')
  unpackSeed(readSeed() ?? Buffer.alloc(0), database)
  harm(database)

  await expect(open(folder)).rejects.toThrow(
    /^The database in .+ cannot be opened \(.+\)\. Put back a copy .+ AIRWORTHY_DATA\.$/,
  )
})
