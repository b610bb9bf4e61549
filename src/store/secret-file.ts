/** The two secrets that stand in clear in the data folder, each in a file that only its owner can read. */
import { chmodSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Failure } from '../kernel/failure.ts'
import type { RandomBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'
import { writeWholeSync } from './whole-file.ts'

/** Reads the secret, or makes one of 32 random bytes. `isNew` says which. */
export function secretFile(
  path: string,
  { random, prefix }: { random: RandomBytes; prefix: string },
): { secret: Secret; isNew: boolean } {
  try {
    const text = readFileSync(path, 'utf8').trim()
    if (text === '')
      throw new Failure(
        'invalid',
        'store.secret-empty',
        `The file ${path} is empty. Restore it from a copy, or remove it to make a new one.`,
      )
    chmodSync(path, 0o600)
    return { secret: new Secret(text), isNew: false }
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown
  }
  const text = prefix + Buffer.from(random(32)).toString('base64url')
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeWholeSync(path, `${text}\n`)
  return { secret: new Secret(text), isNew: true }
}
