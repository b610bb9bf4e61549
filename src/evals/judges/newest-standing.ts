/** What is known of a judge's errors on one kind of data; undefined while it may not hold a gate there. */
import type { Release } from '../../core/release.ts'
import type { Digest } from '../../kernel/digest.ts'
import type { Database, Tx } from '../../store/database.ts'
import { mayGate } from './calibrate.ts'
import { newestCalibrations } from './store.ts'

export async function newestStanding(
  reader: Database | Tx,
  { release: { application }, judge, data }: { release: Pick<Release, 'application'>; judge: Digest; data: string },
): Promise<{ sensitivity: number; specificity: number } | undefined> {
  const [newest] = await newestCalibrations(reader, { application, judges: [judge], data })
  if (!newest || !mayGate(newest.result.standing)) return undefined
  const { truePositive, positives, trueNegative, negatives } = newest.result.counts
  return { sensitivity: truePositive / positives, specificity: trueNegative / negatives }
}
