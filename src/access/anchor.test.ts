/** The anchor outside the database: what a look at the database alone cannot find. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { createIds } from '../kernel/ids.ts'
import { secureBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'
import { stoppedClock, systemClock } from '../kernel/time.ts'
import { type Database, inTransaction, openDatabase } from '../store/database.ts'
import { openEmbedded } from '../store/embedded.ts'
import { migrate } from '../store/migrate.ts'
import { type Access, accessMigrations, createAccess } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'airworthy-anchor-'))
const engine = await openEmbedded(null)
const db: Database = openDatabase(engine)
await migrate(db, [accessMigrations], systemClock)
const opened: Access[] = []
afterAll(async () => {
  for (const access of opened) await access.close()
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

let organisations = 0
/** No two notes are alike, or a log that was written anew could be the old one. */
let notes = 0
/** A log with five notes and its anchor; `again` is another start of the same installation. */
async function openLog() {
  const organisation = `org-${++organisations}`
  const path = join(folder, organisation)
  const reported: unknown[] = []
  const start = async (masterKey = 'the master key') => {
    const access = await createAccess({
      db,
      clock: stoppedClock(),
      newId: createIds({ clock: systemClock, random: secureBytes }),
      random: secureBytes,
      masterKey: new Secret(masterKey),
      organisation,
      publicUrl: () => 'http://127.0.0.1:4400',
      publish: () => {},
      auditAnchor: path,
      report: (thrown) => reported.push(thrown),
    })
    opened.push(access)
    return access
  }
  const access = await start()
  const note = (count: number, by = access) =>
    inTransaction(db, async (tx) => {
      for (let n = 0; n < count; n++)
        await by.record(tx, { actor: by.systemActor, action: 'pets.feed', subject: `pet-${++notes}` })
    })
  await note(5)
  await access.close()
  return { access, organisation, path, note, start, reported }
}

/** The whole of a log as it is now, to be put back later: rows and head, as a back-up would. */
async function rewind(organisation: string, position: number, headFrom: { seal: string; digest: string }) {
  await inTransaction(db, async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx)
    await sql`delete from audit_entries where organisation = ${organisation} and position > ${position}`.execute(tx)
    await sql`update audit_heads set entries = ${position}, digest = ${headFrom.digest}, seal = ${headFrom.seal}
      where organisation = ${organisation}`.execute(tx)
  })
}
const headOf = async (organisation: string) =>
  (
    await sql<{
      seal: string
      digest: string
      entries: number
    }>`select * from audit_heads where organisation = ${organisation}`.execute(db)
  ).rows[0] as { seal: string; digest: string; entries: number }

test('the anchor follows the log, is private, and holds no secret', async () => {
  const { access, path } = await openLog()
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
    entries: 6,
    digest: expect.stringMatching(/^sha256:/),
  })
  expect(await access.verifyAudit()).toMatchObject({ kind: 'intact', entries: 6, anchor: { entries: 6 } })
})

test('an earlier state that was put back whole, head included, is found; so is one that went on from there', async () => {
  const { access, organisation, note, start, reported } = await openLog()
  const early = await headOf(organisation)
  await note(4)
  await access.close()
  await rewind(organisation, early.entries, early)
  const again = await start()
  expect(await again.verifyAudit()).toEqual({
    kind: 'broken',
    position: 7,
    fault: 'rewound',
    why: 'The log has 6 entries, and its anchor outside the database says that there were 10 at 2026-03-01T00:00:00.000Z.',
  })
  // The anchor does not follow a log that does not continue it, however far that goes on.
  await note(6, again)
  await again.close()
  expect(await again.verifyAudit()).toMatchObject({ kind: 'broken', fault: 'rewritten', position: 10 })
  expect(reported).toMatchObject([{ message: expect.stringContaining('does not continue its anchor') }])
})

test('after a restore a person accepts the log, and the log says who, why, and what was found', async () => {
  const { access, organisation, note, start } = await openLog()
  const early = await headOf(organisation)
  await note(4)
  await access.close()
  await rewind(organisation, early.entries, early)
  const again = await start()
  const by = again.systemActor
  expect(await again.acceptAudit({ reason: 'Restored the copy of Sunday.', by })).toMatchObject({
    kind: 'intact',
    entries: 7,
    anchor: { entries: 7 },
  })
  expect((await again.listAudit({ limit: 1 }))[0]).toMatchObject({
    action: 'access.accept-audit',
    detail: { reason: 'Restored the copy of Sunday.', before: { kind: 'broken', fault: 'rewound' } },
  })
})

test.for([
  [
    'was edited',
    (path: string) => writeFileSync(path, readFileSync(path, 'utf8').replace('"entries":6', '"entries":2')),
  ],
  ['is no JSON', (path: string) => writeFileSync(path, 'nothing')],
] as const)('an anchor that %s is named, and not written over', async ([, spoil]) => {
  const { access, path, note } = await openLog()
  spoil(path)
  const spoilt = readFileSync(path, 'utf8')
  await note(1)
  await access.close()
  expect(await access.verifyAudit()).toMatchObject({ kind: 'broken', fault: 'anchor-unreadable' })
  expect(readFileSync(path, 'utf8')).toBe(spoilt)
})

test('an anchor that was removed while it runs comes back only for a log that continues it', async () => {
  const { access, organisation, path, note } = await openLog()
  const early = await headOf(organisation)
  await note(3)
  await access.close()
  rmSync(path)
  await rewind(organisation, early.entries, early)
  await access.close()
  expect(() => statSync(path)).toThrow('ENOENT')
})

test('an anchor that is gone at a start begins anew, and the log says so', async () => {
  const { path, start } = await openLog()
  rmSync(path)
  const again = await start()
  expect(await again.listAudit({ limit: 1 })).toMatchObject([
    { action: 'access.begin-anchor', detail: { entries: 6 } },
    {},
  ])
  expect(await again.verifyAudit()).toMatchObject({ kind: 'intact', anchor: { entries: 7 } })
})
