/** Writes a back-up of a running installation: the database at one moment, then every content that it names. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deriveKey } from '../kernel/derive.ts'
import { digestOfBytes } from '../kernel/digest.ts'
import type { Secret } from '../kernel/secret.ts'
import type { Clock } from '../kernel/time.ts'
import type { Blobs } from '../store/blobs.ts'
import type { Database } from '../store/database.ts'
import { atOneMoment, listMigrations, listTables, readRows } from '../store/rows.ts'
import { FORMAT, type Head, type Line } from './format.ts'

export type BackupDeps = {
  readonly store: { readonly db: Database; readonly blobs: Blobs; readonly kind: Head['engine'] }
  /** The data folder. */
  readonly folder: string
  readonly masterKey: Secret
  readonly clock: Clock
  readonly version: string
}

/** Hands each line to `take`, which may wait. Secrets are not in it: neither the owner token nor the master key. */
export async function writeBackup(deps: BackupDeps, take: (text: string) => Promise<void>): Promise<void> {
  const { db, blobs, kind } = deps.store
  const hash = createHash('sha256')
  let lines = 0
  const say = async (line: Line) => {
    const text = `${JSON.stringify(line)}\n`
    hash.update(text)
    lines += 1
    await take(text)
  }
  // The spool first: what goes into the database meanwhile is there twice, and is told apart by its trace.
  const spooled = await readSpool(join(deps.folder, 'spool'))
  await atOneMoment(db, async (tx) => {
    await say({
      kind: 'head',
      format: FORMAT,
      version: deps.version,
      at: deps.clock(),
      engine: kind,
      migrations: await listMigrations(tx),
      masterKeyCheck: masterKeyCheck(deps.masterKey),
    })
    for (const table of await listTables(tx))
      for await (const rows of readRows(tx, table)) await say({ kind: 'rows', table, rows })
  })
  // Contents never change, and those that the rows name were there before the rows.
  const erased = await blobs.erased()
  for (const digest of await blobs.list()) {
    const bytes = await blobs.get(digest)
    const isErased = erased.has(digest) && digestOfBytes(bytes) !== digest
    await say({ kind: 'blob', digest, bytes: bytes.toString('base64'), ...(isErased && { erased: true }) })
  }
  for (const { name, bytes } of spooled) await say({ kind: 'spool', name, bytes: bytes.toString('base64') })
  await take(`${JSON.stringify({ kind: 'end', lines, digest: hash.digest('hex') })}\n`)
}

/** Tells one master key from another and nothing about it. */
export const masterKeyCheck = (masterKey: Secret): string => deriveKey(masterKey, 'back-up check').toString('hex')

/** A file may be taken in and removed at any moment; then its rows are in the database. */
async function readSpool(folder: string): Promise<{ name: string; bytes: Buffer }[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.jsonl'))
  const files = await Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)).catch(() => undefined) })),
  )
  return files.flatMap(({ name, bytes }) => (bytes && bytes.length > 0 ? [{ name, bytes }] : []))
}
