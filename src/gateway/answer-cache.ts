/**
 * Whole answers that were given before, in this process's memory: bounded by size and by age, the longest unused goes
 * first. One request answers for all that ask the same at the same time.
 */
import type { Settled } from '../telemetry/index.ts'

const MOST_BYTES = 64 * 1024 * 1024
/** A larger answer is not kept. */
export const MOST_BYTES_OF_ONE = 1024 * 1024
/** What an entry costs beside its bytes. */
const ENTRY_BYTES = 1024

export type KeptFacts = Pick<
  Settled,
  | 'servedBy'
  | 'provider'
  | 'responseId'
  | 'finishReason'
  | 'output'
  | 'usage'
  | 'stream'
  | 'traceId'
  | 'citations'
  | 'invalidCitations'
  | 'abstained'
> & {
  /** What it cost when it was made: what is saved when it is given again. */
  readonly costMicroUsd: Settled['costMicroUsd']
  /** What the guardrails said of it. */
  readonly guarded: Settled['steps']
}

export type KeptAnswer = {
  readonly bytes: Buffer
  readonly facts: KeptFacts
  readonly untilMs: number
  /** The fallback that gave it; for those who wait for it, because it is not given later. */
  readonly fallback?: string | undefined
  /** The headers that say whom a route of its release chose, as flat pairs. */
  readonly chosen?: readonly string[]
}

/** Who waits for what another request is answered. */
export type Waiting = { onKept(kept: KeptAnswer): void; onGone(): void }

export type CacheFigures = {
  hits: number
  misses: number
  shared: number
  /** Given to who asked in other words; they are misses too. */
  near: number
  entries: number
  bytes: number
}

export type AnswerCache = ReturnType<typeof createAnswerCache>

export function createAnswerCache({ nowMs, mostBytes = MOST_BYTES }: { nowMs: () => number; mostBytes?: number }) {
  const kept = new Map<string, KeptAnswer>()
  const asking = new Map<string, Waiting[]>()
  const figures = { hits: 0, misses: 0, shared: 0, near: 0 }
  let bytes = 0

  const forget = (key: string) => {
    const found = kept.get(key)
    if (!found) return
    kept.delete(key)
    bytes -= found.bytes.length + ENTRY_BYTES
  }
  const end = (key: string): Waiting[] => {
    const waiting = asking.get(key) ?? []
    asking.delete(key)
    return waiting
  }
  return {
    find(key: string): KeptAnswer | undefined {
      const found = kept.get(key)
      if (!found) return undefined
      if (found.untilMs <= nowMs()) {
        forget(key)
        return undefined
      }
      // The newest used stands last.
      kept.delete(key)
      kept.set(key, found)
      figures.hits += 1
      return found
    },
    /** Without counting it as used. */
    peek(key: string): KeptAnswer | undefined {
      const found = kept.get(key)
      return found && found.untilMs > nowMs() ? found : undefined
    },
    countNear(): void {
      figures.near += 1
    },
    /** True when another request is being answered, whose answer will do; `waiting` is told. */
    wait(key: string, waiting: Waiting): boolean {
      const others = asking.get(key)
      if (!others) return false
      others.push(waiting)
      figures.shared += 1
      return true
    },
    /** From here this request answers for the others. */
    begin(key: string): void {
      figures.misses += 1
      asking.set(key, [])
    },
    keep(key: string, answer: KeptAnswer): void {
      forget(key)
      if (answer.bytes.length <= MOST_BYTES_OF_ONE) {
        kept.set(key, answer)
        bytes += answer.bytes.length + ENTRY_BYTES
        for (const oldest of kept.keys()) {
          if (bytes <= mostBytes) break
          forget(oldest)
        }
      }
      for (const waiting of end(key)) waiting.onKept(answer)
    },
    /** There is no answer to share: each of those that wait asks for itself. */
    giveUp(key: string): void {
      for (const waiting of end(key)) waiting.onGone()
    },
    figures: (): CacheFigures => ({ ...figures, entries: kept.size, bytes }),
  }
}
