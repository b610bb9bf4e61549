/** Counts what is kept about a person by place, by what becomes of it, and by why it stays. */
import type { Holding } from '../store/personal-data.ts'
import type { Tally } from './contract.ts'

/** More reasons than people read; further ones are counted under the last. */
const MOST_REASONS = 50

export async function tallyOf(
  holdings: AsyncIterable<Holding & { place: string }>,
  signal?: AbortSignal,
): Promise<Tally[]> {
  const tallies = new Map<string, Tally>()
  for await (const { place, fate, why = null } of holdings) {
    signal?.throwIfAborted()
    const reasons = [...tallies.values()].filter((tally) => tally.place === place && tally.fate === fate)
    const known =
      tallies.get(`${place} ${fate} ${why}`) ?? (reasons.length >= MOST_REASONS ? reasons.at(-1) : undefined)
    if (known) known.count += 1
    else tallies.set(`${place} ${fate} ${why}`, { place, fate, count: 1, why })
  }
  return [...tallies.values()]
}
