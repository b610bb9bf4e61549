/**
 * Passwords at rest: argon2id with the parameters that OWASP names (46 MiB, one pass), under a pepper from the master
 * key, so that a stolen database alone cannot be guessed at. Two are computed at once at most, because each takes
 * 46 MiB; who comes when twenty wait is told to come again.
 */
import { argon2, timingSafeEqual } from 'node:crypto'
import { Failure } from '../../kernel/failure.ts'
import type { RandomBytes } from '../../kernel/random.ts'
import type { Secret } from '../../kernel/secret.ts'

const MEMORY_KIB = 47_104
const PASSES = 1
const LANES = 1
const SALT_BYTES = 16
const TAG_BYTES = 32
const AT_ONCE = 2
const MOST_WAITING = 20

type Costs = { readonly memory: number; readonly passes: number; readonly parallelism: number }
const COSTS: Costs = { memory: MEMORY_KIB, passes: PASSES, parallelism: LANES }

export type PasswordHashing = {
  /** `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. Throws `access.sign-in-busy`. */
  hash(password: Secret): Promise<string>
  /** Takes the same time whether there is a hash or not, so that nobody learns who has a password. */
  verify(password: Secret, hash: string | undefined): Promise<boolean>
  /** True for a hash of weaker parameters than today's. */
  isOld(hash: string): boolean
}

export function createPasswordHashing({ pepper, random }: { pepper: Buffer; random: RandomBytes }): PasswordHashing {
  const turn = createTurns()

  const tagOf = (password: Secret, salt: Buffer, { memory, passes, parallelism }: Costs): Promise<Buffer> =>
    turn(
      () =>
        new Promise((resolve, reject) =>
          argon2(
            'argon2id',
            {
              // One person's keyboard composes é, another's writes it as one; both mean the same password.
              message: password.reveal().normalize('NFKC'),
              nonce: salt,
              parallelism,
              tagLength: TAG_BYTES,
              memory,
              passes,
              secret: pepper,
            },
            (failure, tag) => (failure ? reject(failure) : resolve(tag)),
          ),
        ),
    )

  return {
    async hash(password) {
      const salt = Buffer.from(random(SALT_BYTES))
      return written(COSTS, salt, await tagOf(password, salt, COSTS))
    },
    async verify(password, hash) {
      const { costs, salt, tag } = hash === undefined ? NOBODY : read(hash)
      const isEqual = timingSafeEqual(await tagOf(password, salt, costs), tag)
      return isEqual && hash !== undefined
    },
    isOld: (hash) => {
      const { memory, passes, parallelism } = read(hash).costs
      return memory !== MEMORY_KIB || passes !== PASSES || parallelism !== LANES
    },
  }
}

const NOBODY = { costs: COSTS, salt: Buffer.alloc(SALT_BYTES), tag: Buffer.alloc(TAG_BYTES) }

const bare = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
const written = ({ memory, passes, parallelism }: Costs, salt: Buffer, tag: Buffer): string =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${bare(salt)}$${bare(tag)}`

function read(hash: string): { costs: Costs; salt: Buffer; tag: Buffer } {
  const [, m, t, p, salt, tag] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash) ?? []
  if (salt === undefined || tag === undefined) throw new Error('A stored password hash is not in a form that is known.')
  return {
    costs: { memory: Number(m), passes: Number(t), parallelism: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

/** Runs what it is given, a few at once, in the order in which it was asked. */
function createTurns() {
  let running = 0
  const waiting: (() => void)[] = []
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (waiting.length >= MOST_WAITING)
      throw new Failure(
        'limited',
        'access.sign-in-busy',
        'Too many people sign in at this moment. Try again in a few seconds.',
        { facts: { retryAfterMs: 3000 } },
      )
    if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
    running++
    try {
      return await work()
    } finally {
      running--
      waiting.shift()?.()
    }
  }
}
