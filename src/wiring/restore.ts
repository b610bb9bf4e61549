/** `airworthy restore <file>`: a new folder or an empty PostgreSQL from a back-up. */
import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { demandRestorable, type Restored, restoreBackup } from '../backup/index.ts'
import { Failure } from '../kernel/failure.ts'
import { secureBytes } from '../kernel/random.ts'
import type { Secret } from '../kernel/secret.ts'
import { systemClock } from '../kernel/time.ts'
import { openEmptyStore } from '../store/empty-store.ts'
import { secretFile } from '../store/secret-file.ts'
import { migrations } from './migrations.ts'

export async function restore({
  file,
  config,
}: {
  file: string | undefined
  config: { readonly data: string; readonly databaseUrl: string | undefined; readonly masterKey: Secret | undefined }
}): Promise<Restored & { knowsDeletions: boolean }> {
  if (file === undefined || !existsSync(file))
    throw new Failure('invalid', 'backup.no-file', `There is no file ${file ?? ''}. Say \`airworthy restore <file>\`.`)
  const { data, databaseUrl, masterKey } = config
  if (!databaseUrl && existsSync(join(data, 'database')))
    throw new Failure(
      'conflict',
      'backup.not-empty',
      `${data} holds an installation already. Choose an empty folder with AIRWORTHY_DATA.`,
    )
  const key = masterKey ?? keptMasterKey(data)
  const asked = { file: resolve(file), masterKey: key }
  await demandRestorable(asked)
  await mkdir(data, { recursive: true, mode: 0o700 })
  const store = await openEmptyStore({ folder: data, databaseUrl })
  try {
    const restored = await restoreBackup({
      ...asked,
      db: store.db,
      blobs: store.blobs,
      spoolFolder: join(data, 'spool'),
      migrations: store.slices(migrations),
      clock: systemClock,
    })
    return { ...restored, knowsDeletions: existsSync(join(data, 'deletions.jsonl')) }
  } catch (thrown) {
    await store.close()
    // What was made for nothing is taken away, so that the next try finds an empty folder.
    for (const name of ['blobs', 'spool', ...(databaseUrl ? [] : ['database'])])
      await rm(join(data, name), { recursive: true, force: true })
    throw thrown
  } finally {
    await store.close()
  }
}

/** Never a new one: nothing can be restored under it. */
function keptMasterKey(data: string): Secret {
  const place = join(data, 'master.key')
  if (existsSync(place)) return secretFile(place, { random: secureBytes, prefix: '' }).secret
  throw new Failure(
    'conflict',
    'backup.no-master-key',
    `There is no master key: put the file master.key of the installation that was backed up into ${data}, or set AIRWORTHY_MASTER_KEY to it.`,
  )
}
