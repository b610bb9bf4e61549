/** `airworthy restore <file>`: a new folder or an empty PostgreSQL from a back-up. */
import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Restored, restoreBackup } from '../backup/index.ts'
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
}): Promise<Restored> {
  if (file === undefined || !existsSync(file))
    throw new Failure('invalid', 'backup.no-file', `There is no file ${file ?? ''}. Say \`airworthy restore <file>\`.`)
  const { data, databaseUrl, masterKey } = config
  if (!databaseUrl && existsSync(join(data, 'database')))
    throw new Failure(
      'conflict',
      'backup.not-empty',
      `${data} holds an installation already. Choose an empty folder with AIRWORTHY_DATA.`,
    )
  await mkdir(data, { recursive: true, mode: 0o700 })
  const key = masterKey ?? secretFile(join(data, 'master.key'), { random: secureBytes, prefix: '' })
  const isMadeNow = 'isNew' in key && key.isNew
  const store = await openEmptyStore({ folder: data, databaseUrl })
  try {
    const restored = await restoreBackup({
      file: resolve(file),
      db: store.db,
      blobs: store.blobs,
      spoolFolder: join(data, 'spool'),
      masterKey: 'secret' in key ? key.secret : key,
      migrations: store.slices(migrations),
      clock: systemClock,
    })
    await store.close()
    return restored
  } catch (thrown) {
    await store.close()
    // What was made for nothing is taken away, so that the next try finds an empty folder.
    for (const name of ['blobs', 'spool', ...(databaseUrl ? [] : ['database']), ...(isMadeNow ? ['master.key'] : [])])
      await rm(join(data, name), { recursive: true, force: true })
    throw thrown
  }
}
