import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createIds } from '../kernel/ids.ts'
import { secureBytes } from '../kernel/random.ts'
import { systemClock } from '../kernel/time.ts'
import { openEmbedded } from './embedded.ts'
import { type Migration, migration } from './migrate.ts'
import { openStore } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'airworthy-migration-copy-'))
const open = (...steps: Migration[]) =>
  openStore({
    folder,
    migrations: [{ slice: 'pets', steps }],
    clock: systemClock,
    newId: createIds({ clock: systemClock, random: secureBytes }),
    onJobChange: () => {},
  })

test('a migration that breaks off keeps the copy of before, however often it is begun again', {
  timeout: 60_000,
}, async () => {
  const pets = migration('001-pets', 'create table pets (name text primary key)')
  const tails = migration('002-tails', 'alter table pets add column tails int')
  const broken = migration('003-wings', 'alter table birds add column wings int')
  await (await open(pets)).close()
  await expect(open(pets, tails, broken)).rejects.toThrow(/birds/)
  await expect(open(pets, tails, broken)).rejects.toThrow(/birds/)
  const mended = await open(pets, tails, migration('003-wings', 'alter table pets add column wings int'))
  await mended.close()
  const before = await openEmbedded(join(folder, 'before-migration'))
  const connection = await before.acquire()
  const { rows } = await connection.script(`select step from migrations where step like 'pets/%' order by step`)
  connection.release()
  await before.close()
  expect(rows).toEqual([{ step: 'pets/001-pets' }])
})
