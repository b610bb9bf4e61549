/** Holding what a question of the installation's own may take at most, waiting for caps that open soon. */
import { type Access, MOST_REFILLS, type ReserveAsk } from '../access/index.ts'
import { capReached, type DoneFor } from '../core/cap-reached.ts'
import type { Usage } from '../core/usage.ts'
import { type MicroUsd, NOTHING, picoOf } from '../kernel/money.ts'
import { age, type Clock, MINUTE, monotonicMs, SECOND, sleep } from '../kernel/time.ts'

/** The most that a question may take. */
export type Bound = Pick<ReserveAsk, 'models' | 'requests'> & {
  readonly tokens: number
  readonly costMicroUsd: MicroUsd
}
/** What it took, once that is known; a cost of null is not known. */
export type Took = { readonly costMicroUsd: MicroUsd | null; readonly usage: Usage; readonly model: string | null }
export type Settle = (took: Took | undefined) => void

/** After so long at caps that are shared with others and never open, the work ends. */
const PATIENCE_MS = 3 * MINUTE
/** What only calls under way stand in the way of may come free at any moment. */
const LOOK_MS = SECOND / 4

/** Holds the most that a call may take, once its caps have room. Throws `access.cap-reached`. */
export async function take(
  { access: { limits }, clock }: { readonly access: Pick<Access, 'limits'>; readonly clock: Clock },
  { application, release = null, waits = true }: DoneFor,
  { bound, signal }: { bound: Bound; signal: AbortSignal },
): Promise<{ settle: Settle; waitedMs: number }> {
  const ask: ReserveAsk = { application, release, key: null, isOwnWork: true, ...bound }
  const begunMs = monotonicMs()
  for (let refills = 0; ; ) {
    const found = limits.reserve(ask)
    const waitedMs = monotonicMs() - begunMs
    if (found.kind === 'granted')
      return {
        waitedMs,
        settle: (took) =>
          found.settle(took?.costMicroUsd ?? NOTHING, {
            tokens: took ? took.usage.inputTokens + took.usage.outputTokens : 0,
            model: took?.model ?? null,
          }),
      }
    if (found.isShort && refills++ < MOST_REFILLS) {
      await limits.refill()
      continue
    }
    refills = 0
    const closedMs = Math.max(LOOK_MS, -age(found.opensAt, clock()))
    if (!waits || closedMs > MINUTE || waitedMs > PATIENCE_MS || isTooMuch(found.limit, bound))
      throw capReached(found.message, found.opensAt)
    await sleep(found.limit.kind === 'concurrent-requests' ? LOOK_MS : closedMs, signal)
  }
}

/** More than the cap is as a whole: it never opens for this. */
function isTooMuch({ kind, cap }: { kind: string; cap: number | string }, { tokens, costMicroUsd }: Bound): boolean {
  if (kind.startsWith('tokens-')) return tokens > Number(cap)
  return kind.startsWith('cost-') && picoOf(costMicroUsd) > picoOf(String(cap))
}
