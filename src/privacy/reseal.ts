/** Sealed persons from one master key to another: in the database, and in the list beside it. */
import { type KeyChange, resealing } from '../kernel/reseal.ts'
import type { Tx } from '../store/database.ts'
import { resealKeptList } from './kept-list.ts'
import { resealDeletions } from './store.ts'
import { PRIVACY } from './subject.ts'

/** The list goes to `<list>.rekeyed`, for whoever moves it into its place after the commit. Returns how many rows. */
export async function resealPersons(tx: Tx, change: KeyChange, list: string): Promise<number> {
  const reseal = resealing(change, PRIVACY)
  await resealKeptList(list, reseal)
  return resealDeletions(tx, reseal)
}
