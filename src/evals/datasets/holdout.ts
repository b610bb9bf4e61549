/**
 * The holdout of a dataset of the installation, as runs and gates see it. A run reads it like a person does: it counts
 * and is refused when the reads are used up, because an exam that is sat again and again is learned. What a run asked
 * is shown to nobody whom the dataset does not name.
 */
import type { ActorId, Role } from '../../core/actor.ts'
import type { DatasetPart, DatasetReference } from '../../core/dataset.ts'
import type { Database, Tx } from '../../store/database.ts'
import type { Reader } from './allowed.ts'
import type { HoldoutRead } from './dataset.ts'
import { findDataset, listHoldoutReads } from './store.ts'
import { createDatasetDoor, type DoorDeps, type Found } from './version-of.ts'

const RUN = 'experiment '
const MOST_READS = 10_000

/** Who looked at held-out rows, and to whom they are open. */
export type HoldoutState = {
  /** Reads within the days that the dataset counts, runs among them. */
  readonly reads: number
  /** People and programs that were shown rows; runs show none. */
  readonly seenBy: readonly ActorId[]
  readonly openTo: readonly Role[]
}

export type HoldoutOf = ReturnType<typeof createHoldout>

export function createHoldout(deps: DoorDeps) {
  const door = createDatasetDoor(deps)
  const { db, organisation } = deps

  /** The dataset of the installation that a part names; undefined for a file of the blueprint. */
  const datasetOf = async (from: DatasetReference | undefined, on: Database | Tx = db) =>
    from && (await findDataset(on, { organisation }, from.dataset))

  return {
    /** Throws when no further run may read it. */
    async demandReadsLeft({ from }: Pick<DatasetPart, 'from'>): Promise<void> {
      const dataset = await datasetOf(from)
      if (dataset) await door.demandReadsLeft(dataset)
    },

    async countRun(
      tx: Tx,
      { from, ...run }: Pick<DatasetPart, 'from'> & { experiment: string; rows: number; by: ActorId },
    ): Promise<void> {
      const dataset = await datasetOf(from, tx)
      if (!dataset || !from) return
      const { experiment, rows, by } = run
      await door.keepRead(tx, dataset, { version: from.version, rows, purpose: `${RUN}${experiment}`, by })
    },

    /** The caller is shown held-out rows of a run; counted, refused, and written down like any other reading. */
    async read(
      { from }: Pick<DatasetPart, 'from'>,
      caller: Reader,
      { isFurtherPage, ...read }: { rows: number; purpose: string; isFurtherPage: boolean },
    ): Promise<void> {
      if (!from) return
      const found: Found = await door.find(from.dataset, caller)
      if (isFurtherPage && found.access.holdout) return
      await door.countHoldoutRead(found, caller, { version: from.version, ...read })
    },

    /** Undefined for a file of the blueprint, which whoever builds can open. */
    async state({ from }: Pick<DatasetPart, 'from'>, on: Database | Tx = db): Promise<HoldoutState | undefined> {
      const dataset = await datasetOf(from, on)
      if (!dataset) return undefined
      const all = await listHoldoutReads(on, dataset.id, MOST_READS)
      return {
        reads: await door.countReads(dataset, on),
        seenBy: [...new Set(all.filter(isByEyes).map(({ by }) => by))],
        openTo: dataset.access.holdoutReaders,
      }
    },
  }
}

const isByEyes = ({ purpose }: HoldoutRead): boolean => !purpose.startsWith(RUN)
