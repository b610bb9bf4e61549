/** Finds a dataset for a caller, and a version of it; refuses, and writes down, what the caller may not see. */

import { Failure } from '../../kernel/failure.ts'
import { DAY, later } from '../../kernel/time.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import { type Access, accessOf, type Reader } from './allowed.ts'
import type { Dataset, DatasetVersion, HoldoutRead } from './dataset.ts'
import type { DatasetsDeps } from './deps.ts'
import { addHoldoutRead, countHoldoutReads, findDataset, findVersion } from './store.ts'

const HOLDOUT_DAYS = 30

type KeptRead = Pick<HoldoutRead, 'version' | 'rows' | 'purpose' | 'by'>

export type Found = { readonly dataset: Dataset; readonly access: Access }

/** Who only counts reads of the holdout gives nothing out, and needs no `demandData`. */
export type DoorDeps = Pick<DatasetsDeps, 'db' | 'clock' | 'newId' | 'organisation' | 'record'> &
  Partial<Pick<DatasetsDeps, 'demandData'>>
export type DatasetDoor = ReturnType<typeof createDatasetDoor>

export function createDatasetDoor(deps: DoorDeps) {
  const { db, clock, newId, organisation } = deps

  /** Throws where there is none, and where the caller's key belongs to another application. */
  async function find(name: string, caller: Reader): Promise<Found> {
    const dataset = await findDataset(db, { organisation }, name)
    if (!dataset)
      throw new Failure(
        'unknown',
        'datasets.unknown',
        `There is no dataset ${name}. Make it with \`airworthy datasets create ${name}\`.`,
      )
    if (caller.application !== null && dataset.application !== caller.application)
      throw new Failure(
        'forbidden',
        'access.other-application',
        `This key is bound to the application ${caller.application}, and the dataset ${name} is not its own.`,
      )
    return { dataset, access: accessOf(dataset, caller) }
  }

  /** The refusal stays in the audit log, whatever becomes of the request. */
  async function refuse(dataset: Dataset, caller: Reader, what: string, who: string): Promise<never> {
    const { application, name, id } = dataset
    await inTransaction(db, (tx) =>
      deps.record(tx, { actor: caller.actor, action: 'datasets.refuse', subject: id, application, detail: { what } }),
    )
    throw new Failure(
      'forbidden',
      'datasets.forbidden',
      `The role ${caller.role} may not ${what} of the dataset ${name}; ${who}. Ask its owner ${dataset.owner}.`,
    )
  }

  /** Within the days that count. */
  const countReads = ({ id }: Dataset, on: Database | Tx = db): Promise<number> =>
    countHoldoutReads(on, id, later(clock(), -HOLDOUT_DAYS * DAY))

  async function demandReadsLeft(dataset: Dataset): Promise<void> {
    const { holdoutReads: allowed } = dataset.access
    const used = await countReads(dataset)
    if (used < allowed) return
    throw new Failure(
      'limited',
      'datasets.holdout-spent',
      `The holdout of ${dataset.name} was read ${used} times in ${HOLDOUT_DAYS} days, and ${allowed} are allowed: an exam that is read often measures memory. Wait, or add rows that nobody has seen.`,
      { facts: { used, allowed } },
    )
  }

  async function keepRead(tx: Tx, dataset: Dataset, read: KeptRead): Promise<void> {
    const { application, id } = dataset
    const { by, ...detail } = read
    await addHoldoutRead(tx, { id: newId('hrd'), dataset: id, organisation, ...read, at: clock() })
    await deps.record(tx, { actor: by, action: 'datasets.read-holdout', subject: id, application, detail })
  }

  return {
    find,
    async findToRead(name: string, caller: Reader): Promise<Found> {
      const found = await find(name, caller)
      const { dataset, access } = found
      if (!access.rows) return refuse(dataset, caller, 'read the rows', `${listed(dataset.access.readers)} may`)
      const { application, owner } = dataset
      // Whoever answers for it reads it, as by its own rules.
      if (application !== null && owner !== caller.actor)
        await deps.demandData?.(caller, { application, dataset: name })
      return found
    },
    async findToRule(name: string, caller: Reader): Promise<Found> {
      const found = await find(name, caller)
      if (found.access.policy) return found
      return refuse(found.dataset, caller, 'change the rules', 'its owner and owners of the installation may')
    },
    /** Left out: the newest. Undefined before the first. */
    async version(dataset: Dataset, number?: number): Promise<DatasetVersion | undefined> {
      const wanted = number ?? dataset.latest
      if (wanted === 0 && number === undefined) return undefined
      const version = await findVersion(db, dataset.id, wanted)
      if (version) return version
      throw new Failure(
        'unknown',
        'datasets.version-unknown',
        `The dataset ${dataset.name} has no version ${wanted}; its newest is ${dataset.latest}.`,
      )
    },
    /** Counts a reading of held-out rows. Refused to whom the dataset does not name, and when the reads are used up. */
    async countHoldoutRead(
      { dataset, access }: Found,
      caller: Reader,
      read: { version: number; rows: number; purpose: string },
    ): Promise<void> {
      const { holdoutReaders } = dataset.access
      if (!access.holdout)
        await refuse(
          dataset,
          caller,
          'read the holdout',
          `${listed(holdoutReaders)} may, because builders tune on what they see`,
        )
      await demandReadsLeft(dataset)
      await inTransaction(db, (tx) => keepRead(tx, dataset, { ...read, by: caller.actor }))
    },
    countReads,
    demandReadsLeft,
    keepRead,
    holdoutReadsLeft: async (dataset: Dataset): Promise<number> =>
      Math.max(0, dataset.access.holdoutReads - (await countReads(dataset))),
  }
}

const listed = (roles: readonly string[]): string => (roles.length === 0 ? 'nobody' : roles.join(', '))
