/** What was refused, or could not be reached. */
import { Failure } from '../kernel/failure.ts'

/** As it goes between threads. */
export type DatabaseRefusal = {
  readonly message: string
  readonly code?: string | undefined
  readonly detail?: string | undefined
  readonly constraint?: string | undefined
}

/** What the database refused, with PostgreSQL's code (`23505` is a unique violation). */
export class DatabaseError extends Error {
  readonly code: string | undefined
  readonly detail: string | undefined
  readonly constraint: string | undefined

  constructor({ message, code, detail, constraint }: DatabaseRefusal) {
    super(message)
    this.name = 'DatabaseError'
    this.code = code
    this.detail = detail
    this.constraint = constraint
  }
}

/** True when a write met a row that is there already. */
export const isDuplicate = (thrown: unknown): boolean => (thrown as { code?: unknown } | null)?.code === '23505'

const AWAY = 'store.database-away'

/** The database cannot be reached; nothing is known of what was under way. */
export const away = (cause: unknown): Failure =>
  new Failure(
    'unavailable',
    AWAY,
    'The database cannot be reached. Try again in a moment; /readyz tells when it is back.',
    { cause },
  )

const FULL = 'store.disk-full'

export const diskFull = (folder: string): Failure =>
  new Failure(
    'unavailable',
    FULL,
    `The disk of ${folder} is full. Free some space; what was confirmed is kept, and it goes on by itself.`,
  )

const BUSY = 'store.database-busy'

export const busy = (): Failure =>
  new Failure('unavailable', BUSY, 'More requests wait for the database than it can take. Try again in a moment.')

/** True when the database is there and had no time. */
export const isBusy = (thrown: unknown): thrown is Failure => thrown instanceof Failure && thrown.code === BUSY

/** True when the database could not be reached, or not written, or not in time: the same may work later. */
export const isAway = (thrown: unknown): thrown is Failure =>
  thrown instanceof Failure && (thrown.code === AWAY || thrown.code === FULL || thrown.code === BUSY)

/** What the system says when a file cannot grow: no space, a quota, or a limit on the size of files. */
export const isNoSpace = (thrown: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(String((thrown as NodeJS.ErrnoException | null)?.code))
