/** The two secrets of an installation: from the settings, or from files that are made at the first start. */
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { RandomBytes } from '../kernel/random.ts'
import type { Database } from '../store/database.ts'
import { isAway } from '../store/database-error.ts'
import { secretFile } from '../store/secret-file.ts'
import { settleMasterKey } from './rekey.ts'

/** The database says which master key holds when a change of keys was cut off. */
export async function secretsOf({ masterKey, ownerToken, roles, data }: Config, random: RandomBytes, db: Database) {
  await settleMasterKey(db, data, masterKey).catch((thrown) => {
    // A gateway that starts while the database is away goes on with what it has.
    if (!isAway(thrown)) throw thrown
  })
  return {
    masterKey: masterKey ?? secretFile(join(data, 'master.key'), { random, prefix: '' }).secret,
    owner: ownerToken
      ? { secret: ownerToken, isNew: false }
      : roles.has('api')
        ? secretFile(join(data, 'owner-token'), { random, prefix: 'awk_' })
        : undefined,
  }
}
