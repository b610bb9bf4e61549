/**
 * The last known good: what was read from the database the last time, as files in the data folder, for a process that
 * starts or goes on while the database is away.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Failure } from '../kernel/failure.ts'
import { isAway } from './database-error.ts'
import { writeWhole } from './whole-file.ts'

/** Reads, and keeps what was read under the name; gives what was kept when the database is away. */
export type Remember = <Value>(name: string, read: () => Promise<Value>) => Promise<Value>

/** For a process that cannot do without its database. */
export const readOnly: Remember = (_, read) => read()

/** Values must be JSON, as all rows are. Throws `store.never-known` when nothing was kept. */
export const rememberIn =
  (folder: string): Remember =>
  async <Value>(name: string, read: () => Promise<Value>) => {
    const place = join(folder, `${name}.json`)
    try {
      const value = await read()
      // A disk that is full leaves the older state, which is better than no answer now.
      await write(place, JSON.stringify(value)).catch(() => {})
      return value
    } catch (thrown) {
      if (!isAway(thrown)) throw thrown
      const text = await readFile(place, 'utf8').catch(() => undefined)
      if (text !== undefined) return JSON.parse(text) as Value
      throw new Failure(
        'unavailable',
        'store.never-known',
        'The database cannot be reached, and this folder holds no last known state: the first start needs the database.',
        { cause: thrown },
      )
    }
  }

/** Beside its place and renamed: whole or as it was. */
async function write(place: string, text: string): Promise<void> {
  await mkdir(dirname(place), { recursive: true, mode: 0o700 })
  await writeWhole(place, [text])
}
