/** The two secrets of an installation: from the settings, or from files that are made at the first start. */
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { RandomBytes } from '../kernel/random.ts'
import { secretFile } from '../store/secret-file.ts'

export const secretsOf = ({ masterKey, ownerToken, roles, data }: Config, random: RandomBytes) => ({
  masterKey: masterKey ?? secretFile(join(data, 'master.key'), { random, prefix: '' }).secret,
  owner: ownerToken
    ? { secret: ownerToken, isNew: false }
    : roles.has('api')
      ? secretFile(join(data, 'owner-token'), { random, prefix: 'awk_' })
      : undefined,
})
