/**
 * Which of a provider's keys is used: one in force that does not rest, the same for the same conversation, because the
 * provider keeps what it has read of a conversation for the key that it came with. A key that failed rests; while all
 * rest, the one that rests the shortest is used, which is still better than none.
 */
import { hash } from 'node:crypto'
import type { Secret } from '../../kernel/secret.ts'
import { type Instant, instantOf } from '../../kernel/time.ts'
import type { CredentialState } from './contract.ts'
import { isOneLine, type Key } from './key.ts'

/** Nobody waits longer for a key that was refused than until it is looked at again. */
const LONGEST_REST_MS = 3_600_000

type Rest = { readonly untilMs: number; readonly reason: string; readonly digest: string }

export type KeyChoice = {
  /** Those that were tried for this request already. */
  readonly without?: ReadonlySet<string>
  /** What requests that share a prompt have in common. */
  readonly near?: string | undefined
  /** The one to use when it is ready: what the request speaks of is kept for it. */
  readonly prefers?: string | null | undefined
}

export function createKeyRing({ nowMs }: { nowMs: () => number }) {
  const rests = new Map<string, Rest>()
  let turn = 0

  /** A key that was replaced under its name rests no more. */
  const restOf = (provider: string, key: Key, secret: Secret | undefined): Rest | undefined => {
    // Nearly always none rests, and every request asks.
    if (rests.size === 0) return undefined
    const place = `${provider}\n${key.name}`
    const rest = rests.get(place)
    if (!rest) return undefined
    if (rest.untilMs > nowMs() && (!secret || key.fetch || rest.digest === digestOf(secret))) return rest
    rests.delete(place)
    return undefined
  }
  const notAgain = (key: Key) => {
    const failed = key.failed?.()
    return failed && failed.untilMs > nowMs() ? failed : undefined
  }
  const stateOf = (provider: string, key: Key): CredentialState => {
    const secret = secretOf(key)
    if (secret instanceof Error) return { kind: 'missing', reason: secret.message }
    if (!secret && !key.fetch)
      return { kind: 'missing', reason: key.from === null ? 'Nothing is stored.' : `${key.from} is not set.` }
    if (secret && !isOneLine(secret.reveal()))
      return { kind: 'missing', reason: `${key.from ?? key.name} holds more than one line of visible characters.` }
    const rest = restOf(provider, key, secret) ?? notAgain(key)
    return rest
      ? { kind: 'resting', until: instantOf(rest.untilMs) as Instant, reason: rest.reason }
      : { kind: 'ready' }
  }

  return {
    stateOf,
    /** Undefined when the provider has no key that could be used; with `without` only one that is ready. */
    choose(provider: string, keys: readonly Key[], { without, near, prefers }: KeyChoice = {}): Key | undefined {
      const [only] = keys
      if (keys.length === 1 && only && !without) return stateOf(provider, only).kind === 'missing' ? undefined : only
      const standing = keys
        .filter(({ name }) => !without?.has(name))
        .map((key) => ({ key, state: stateOf(provider, key) }))
      const ready = standing.flatMap(({ key, state }) => (state.kind === 'ready' ? key : []))
      const preferred = prefers ? ready.find(({ name }) => name === prefers) : undefined
      if (preferred) return preferred
      const inForce = ready.filter((key) => key.inForce)
      if (inForce.length > 0) return spread(inForce, near, () => turn++)
      if (ready.length > 0 || without) return ready[0]
      return standing
        .filter(({ state }) => state.kind === 'resting')
        .sort((a, b) => untilOf(a.state) - untilOf(b.state))[0]?.key
    },
    rest(provider: string, key: Key, { ms, reason }: { ms: number; reason: string }): void {
      const secret = secretOf(key)
      const digest = secret && !(secret instanceof Error) ? digestOf(secret) : ''
      rests.set(`${provider}\n${key.name}`, { untilMs: nowMs() + Math.min(ms, LONGEST_REST_MS), reason, digest })
    },
    worked(provider: string, name: string): void {
      if (rests.size > 0) rests.delete(`${provider}\n${name}`)
    },
    /** Somebody changed the provider: its keys are tried anew. */
    forget(provider: string): void {
      for (const place of rests.keys()) if (place.startsWith(`${provider}\n`)) rests.delete(place)
    },
  }
}

export type KeyRing = ReturnType<typeof createKeyRing>

/** The same key for what is near (rendezvous hashing: a key that goes moves only its own), else one after the other. */
function spread(keys: readonly Key[], near: string | undefined, next: () => number): Key | undefined {
  if (keys.length === 1) return keys[0]
  if (near === undefined) return keys[next() % keys.length]
  let best: Key | undefined
  let most = ''
  for (const key of keys) {
    const weight = hash('sha256', `${near}\n${key.name}`)
    if (weight > most) [best, most] = [key, weight]
  }
  return best
}

const secretOf = (key: Key): Secret | undefined | Error => {
  try {
    return key.read()
  } catch (thrown) {
    return thrown instanceof Error ? thrown : new Error(String(thrown))
  }
}

const untilOf = (state: CredentialState): number => (state.kind === 'resting' ? Date.parse(state.until) : 0)

/** Kept in memory alone, to know a key again that was replaced. */
const digestOf = (secret: Secret): string => hash('sha256', secret.reveal())
