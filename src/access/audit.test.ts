import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { secureBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'
import { stoppedClock } from '../kernel/time.ts'
import { inTransaction } from '../store/database.ts'
import { openAccessStore } from './access.example.ts'
import { type Access, createAccess } from './index.ts'

const { newId, store, opened } = await openAccessStore(afterAll)

let organisations = 0
/** A log of seven entries: the beginning, and six notes. */
async function openLog() {
  const organisation = `org-${++organisations}`
  const access = await createAccess({
    db: store.db,
    clock: stoppedClock(),
    newId,
    random: secureBytes,
    masterKey: new Secret('the master key'),
    organisation,
    publicUrl: () => 'http://127.0.0.1:4400',
    publish: () => {},
  })
  opened.push(access)
  const note = (n: number) =>
    inTransaction(store.db, (tx) =>
      access.record(tx, {
        actor: access.systemActor,
        action: n % 2 ? 'pets.feed' : 'pets.walk',
        subject: `pet-${n}`,
        application: 'zoo',
        detail: { n, share: 0.1, nested: { b: 1, a: [1, 2], gone: undefined } },
      }),
    )
  for (let n = 2; n <= 7; n++) await note(n)
  return { access, organisation, note }
}

/** What somebody with the database's password can do: the triggers are switched off first. */
async function tamper(...statements: ReturnType<typeof sql>[]): Promise<void> {
  await inTransaction(store.db, async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx)
    for (const statement of statements) await statement.execute(tx)
  })
}

test('a log that nobody touched is intact', async () => {
  const { access } = await openLog()
  expect(await access.verifyAudit()).toMatchObject({ kind: 'intact', entries: 7 })
})

test.for([
  [
    'an edited detail',
    'edited',
    4,
    (org: string) => [sql`update audit_entries set detail = '{}' where organisation = ${org} and position = 4`],
  ],
  [
    'an edited actor',
    'edited',
    1,
    (org: string) => [sql`update audit_entries set actor = 'act_x' where organisation = ${org} and position = 1`],
  ],
  [
    'an edited digest',
    'edited',
    7,
    (org: string) => [
      sql`update audit_entries set digest = ${`sha256:${'0'.repeat(64)}`} where organisation = ${org} and position = 7`,
    ],
  ],
  [
    'a removed entry',
    'missing',
    3,
    (org: string) => [sql`delete from audit_entries where organisation = ${org} and position = 3`],
  ],
  [
    'a removed first entry',
    'missing',
    1,
    (org: string) => [sql`delete from audit_entries where organisation = ${org} and position = 1`],
  ],
  [
    'a removed entry whose gap was closed',
    'edited',
    3,
    (org: string) => [
      sql`delete from audit_entries where organisation = ${org} and position = 3`,
      ...[4, 5, 6, 7].map(
        (n) => sql`update audit_entries set position = ${n - 1} where organisation = ${org} and position = ${n}`,
      ),
    ],
  ],
  [
    'two entries that changed places',
    'edited',
    3,
    (org: string) => [
      sql`update audit_entries set position = 99 where organisation = ${org} and position = 3`,
      sql`update audit_entries set position = 3 where organisation = ${org} and position = 4`,
      sql`update audit_entries set position = 4 where organisation = ${org} and position = 99`,
    ],
  ],
  [
    'a log that was cut off',
    'truncated',
    6,
    (org: string) => [sql`delete from audit_entries where organisation = ${org} and position > 5`],
  ],
  [
    'a log that was emptied',
    'truncated',
    1,
    (org: string) => [sql`delete from audit_entries where organisation = ${org}`],
  ],
  [
    'a log that was cut off together with its head',
    'head-forged',
    6,
    (org: string) => [
      sql`delete from audit_entries where organisation = ${org} and position > 5`,
      sql`update audit_heads set entries = 5, digest = (select digest from audit_entries where organisation = ${org} and position = 5) where organisation = ${org}`,
    ],
  ],
  [
    'a log that was emptied together with its head',
    'head-forged',
    1,
    (org: string) => [
      sql`delete from audit_entries where organisation = ${org}`,
      sql`delete from audit_heads where organisation = ${org}`,
    ],
  ],
  [
    'an entry that was added at the end',
    'edited',
    8,
    (org: string) => [
      sql`insert into audit_entries select 8, organisation, at, actor, action, subject, application, detail, digest, digest from audit_entries where organisation = ${org} and position = 7`,
    ],
  ],
] as const)('%s is found and named', async ([, fault, position, statements]) => {
  const { access, organisation } = await openLog()
  await tamper(...statements(organisation))
  const found = await access.verifyAudit()
  expect(found).toMatchObject({ kind: 'broken', position })
  expect(found).toMatchObject({ fault })
})

test('a head that was forged is not mended by what is written after it', async () => {
  const { access, organisation, note } = await openLog()
  await tamper(
    sql`delete from audit_entries where organisation = ${organisation} and position = 7`,
    sql`update audit_heads set entries = 6, digest = (select digest from audit_entries where organisation = ${organisation} and position = 6) where organisation = ${organisation}`,
  )
  await note(8)
  expect(await access.verifyAudit()).toMatchObject({ kind: 'broken', fault: 'head-forged' })
})

test('the table itself refuses to change, remove or empty entries', async () => {
  await openLog()
  await expect(sql`update audit_entries set actor = 'x'`.execute(store.db)).rejects.toThrow('append-only')
  await expect(sql`delete from audit_entries`.execute(store.db)).rejects.toThrow('append-only')
  await expect(sql`truncate audit_entries`.execute(store.db)).rejects.toThrow('append-only')
})

test('an entry goes with its change: when the transaction fails there is neither', async () => {
  const { access } = await openLog()
  await expect(
    inTransaction(store.db, async (tx) => {
      await access.record(tx, { actor: access.systemActor, action: 'pets.sell', subject: 'pet-1' })
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(await access.verifyAudit()).toMatchObject({ kind: 'intact', entries: 7 })
})

test('many at once keep one chain, also while it is verified', async () => {
  const { access, note } = await openLog()
  const [verified] = await Promise.all([access.verifyAudit(), ...Array.from({ length: 300 }, (_, n) => note(n))])
  expect(verified.kind).toBe('intact')
  expect(await access.verifyAudit()).toMatchObject({ kind: 'intact', entries: 307 })
})

test('the list is newest first, filtered, and paged', async () => {
  const { access } = await openLog()
  const positions = async (filter: Parameters<Access['listAudit']>[0]) =>
    (await access.listAudit(filter)).map(({ position }) => position)
  expect(await positions({ limit: 2 })).toEqual([7, 6, 5])
  expect(await positions({ limit: 2, before: 6 })).toEqual([5, 4, 3])
  expect(await positions({ limit: 10, action: 'pets.feed' })).toEqual([7, 5, 3])
  expect(await positions({ limit: 10, action: 'pets.' })).toEqual([7, 6, 5, 4, 3, 2])
  expect(await positions({ limit: 10, subject: 'pet-4', application: 'zoo' })).toEqual([4])
  expect(await positions({ limit: 10, actor: 'act_nobody' })).toEqual([])
})
