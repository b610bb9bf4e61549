/**
 * What a gate reads, arranged once: evidence by check, and parts where they are looked up and not searched, because ten
 * thousand pieces with their inputs are held against them.
 */
import type { Challenge } from './challenge.ts'
import type { Check } from './check.ts'
import type { Evidence } from './evidence.ts'
import type { Part } from './manifest.ts'

/** Digests by kind and name. Short words are found quicker than long digests, of which one is compared at the end. */
export type PresentParts = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>

export type Reading = {
  readonly byCheck: ReadonlyMap<string, readonly Evidence[]>
  /** Ids of everything that was read. */
  readonly read: string[]
  readonly doubted: ReadonlyMap<string, Challenge>
  readonly present: PresentParts
}

export function readingOf({
  checks,
  evidence,
  challenges,
  parts,
}: {
  readonly checks: readonly Check[]
  readonly evidence: readonly Evidence[]
  readonly challenges: readonly Challenge[]
  readonly parts: readonly Part[]
}): Reading {
  const byCheck = new Map<string, Evidence[]>(checks.map(({ id }) => [id, []]))
  const upheld = new Set(challenges.filter(({ state }) => state === 'upheld').map(({ evidence: id }) => id))
  const read: string[] = []
  for (const piece of evidence) {
    const pieces = byCheck.get(piece.check)
    if (!pieces) continue
    read.push(piece.id)
    if (upheld.size === 0 || !upheld.has(piece.id)) pieces.push(piece)
  }
  const open = challenges.filter(({ state }) => state === 'open')
  const doubted = new Map(open.map((one) => [one.evidence, one]))
  return { byCheck, read, doubted, present: presentParts(parts) }
}

export function presentParts(parts: readonly Part[]): PresentParts {
  const present = new Map<string, Map<string, string[]>>()
  for (const { kind, name, digest } of parts) {
    const names = present.get(kind) ?? new Map<string, string[]>()
    present.set(kind, names)
    const digests = names.get(name)
    if (digests) digests.push(digest)
    else names.set(name, [digest])
  }
  return present
}

/** Loops and no closures: this is asked for each input of ten thousand pieces. */
export function holdFor(inputs: readonly Part[], present: PresentParts): boolean {
  for (const { kind, name, digest } of inputs) if (present.get(kind)?.get(name)?.includes(digest) !== true) return false
  return true
}

/** The database gives the newest first, which is the order turned round: to see that is quicker than to sort. */
export function inOrder(ids: readonly string[]): string[] {
  let [isTurned, before] = [true, '']
  for (const id of ids) {
    if (before !== '' && id >= before) {
      isTurned = false
      break
    }
    before = id
  }
  return isTurned ? ids.toReversed() : ids.toSorted()
}
