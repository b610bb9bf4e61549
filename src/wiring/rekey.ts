/**
 * `airworthy rekey`: another master key for an installation whose server does not run.
 *
 * Invariant: everything that is sealed, and the check value, go from the old key to the new one in one transaction; files
 * follow what the database says. A kill at any moment leaves the one or the other: `settleMasterKey`, at the next start,
 * takes or drops the new file by asking the database.
 */
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { changeMasterKey, isMasterKey, openMasterKey, resealPeople } from '../access/index.ts'
import { forgetAnswers } from '../api/index.ts'
import type { Config } from '../config.ts'
import { DEFAULT_ORGANISATION } from '../core/actor.ts'
import { Failure } from '../kernel/failure.ts'
import { type RandomBytes, secureBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'
import { type Clock, systemClock } from '../kernel/time.ts'
import { resealCredentials } from '../models/index.ts'
import { resealPersons } from '../privacy/index.ts'
import { type Database, inTransaction } from '../store/database.ts'
import { openEmptyStore } from '../store/empty-store.ts'
import { pendingMigrations } from '../store/migrate.ts'
import { readOnly } from '../store/remember.ts'
import { secretFile } from '../store/secret-file.ts'
import { putInPlaceSync } from '../store/whole-file.ts'
import { resealContentKeys } from '../telemetry/index.ts'
import { resealSecrets } from '../webhooks/index.ts'
import { migrations } from './migrations.ts'

const organisation = DEFAULT_ORGANISATION

export type Rekeyed = { readonly credentials: number; readonly secondFactors: number; readonly webhooks: number }

/** Throws `rekey.…` or `access.other-master-key`; then nothing was changed. */
export async function rekey(config: Config): Promise<Rekeyed & { readonly file: string | undefined }> {
  const { data, databaseUrl, masterKey, newMasterKey } = config
  const place = join(data, 'master.key')
  if (!databaseUrl && !existsSync(join(data, 'database')))
    throw new Failure(
      'invalid',
      'rekey.nothing-here',
      `${data} holds no installation. Name its folder with AIRWORTHY_DATA.`,
    )
  if (masterKey && !newMasterKey)
    throw new Failure(
      'invalid',
      'rekey.no-new-key',
      'The master key is a setting here: give the new one as AIRWORTHY_NEW_MASTER_KEY, and set AIRWORTHY_MASTER_KEY to it afterwards.',
    )
  if (!masterKey && !existsSync(place))
    throw new Failure(
      'conflict',
      'rekey.no-master-key',
      `There is no master key: put the file master.key into ${data}.`,
    )
  const store = await openEmptyStore({ folder: data, databaseUrl })
  try {
    const { db } = store
    if ((await pendingMigrations(db, store.slices(migrations))).length > 0)
      throw new Failure(
        'conflict',
        'rekey.not-migrated',
        'This installation was last run by an older version. Start it once with this one, stop it, and try again.',
      )
    const files = { list: join(data, 'deletions.jsonl'), key: masterKey ? undefined : place }
    await settleMasterKey(db, data)
    const from = masterKey ?? new Secret(readFileSync(place, 'utf8').trim())
    const to = newMasterKey ?? secretFile(`${place}.rekeyed`, { random: secureBytes, prefix: '' }).secret
    if (from.reveal() === to.reveal())
      throw new Failure('invalid', 'rekey.same-key', 'The new master key is the old one. Give another.')
    const done = await changeSeals(db, { from, to, list: files.list, random: secureBytes, clock: systemClock })
    await settleMasterKey(db, data, to)
    return { ...done, file: files.key }
  } finally {
    await store.close()
  }
}

/** The transaction, and what goes beside it. */
export async function changeSeals(
  db: Database,
  { from, to, list, random, clock }: { from: Secret; to: Secret; list: string; random: RandomBytes; clock: Clock },
): Promise<Rekeyed> {
  const fingerprints = await openMasterKey({ db, clock, organisation, masterKey: from, random, remember: readOnly })
  const change = { from, to, random }
  return inTransaction(db, async (tx) => {
    const credentials = await resealCredentials(tx, change)
    const secondFactors = await resealPeople(tx, change)
    const webhooks = await resealSecrets(tx, change)
    await resealPersons(tx, change, list)
    await resealContentKeys(tx, change)
    await forgetAnswers(tx)
    await changeMasterKey(tx, { clock, organisation, masterKey: from, random, to, fingerprints })
    return { credentials, secondFactors, webhooks }
  })
}

/** Files that a change of keys left behind go into their place when the database knows the new key, else away. */
export async function settleMasterKey(db: Database, data: string, given?: Secret): Promise<void> {
  const names = ['master.key', 'deletions.jsonl'].map((name) => join(data, name))
  if (!names.some((name) => existsSync(`${name}.rekeyed`))) return
  const [key = ''] = names
  const next =
    given ?? (existsSync(`${key}.rekeyed`) ? new Secret(readFileSync(`${key}.rekeyed`, 'utf8').trim()) : undefined)
  const isNew = next !== undefined && (await isMasterKey(db, { organisation, masterKey: next })) === true
  for (const name of names) {
    if (!existsSync(`${name}.rekeyed`)) continue
    if (!isNew) rmSync(`${name}.rekeyed`)
    else {
      chmodSync(`${name}.rekeyed`, 0o600)
      putInPlaceSync(`${name}.rekeyed`, name)
    }
  }
}
