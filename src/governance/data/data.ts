/** Verbs of data governance: the inventory as it stands, gaps, and the requests that close them. */

import type { DatasetPart, Example } from '../../core/dataset.ts'
import type { Manifest } from '../../core/manifest.ts'
import type { Name } from '../../core/names.ts'
import type { Release } from '../../core/release.ts'
import { STAGES } from '../../core/stage.ts'
import { Failure } from '../../kernel/failure.ts'
import { csvOf, htmlOf, markdownOf } from '../../kernel/paper.ts'
import type { Instant } from '../../kernel/time.ts'
import { inTransaction } from '../../store/database.ts'
import { dueOn, emptyOfSource, faultsOfStore, Inventory, usedData } from '../documents/inventory.ts'
import { holdAgainst, type Reached } from '../documents/reached.ts'
import type { GovernanceDeps, Keeper } from '../governance-deps.ts'
import { type PathStanding, verdictsOf } from '../standing.ts'
import type { DataInForce, ServedSource } from './contract.ts'
import { dataPaper } from './data-paper.ts'
import type { DataGap, DataGapId, ServedGap } from './gap.ts'
import { type Holding, holdingOf } from './holding.ts'
import { barredSources } from './permitted.ts'
import { addGap, findGap, listGaps, requestData } from './store.ts'

export type DataDeps = Pick<
  GovernanceDeps,
  'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish' | 'applicationOf'
> & {
  readonly standingOf: (name: string) => Promise<PathStanding>
  /** Undefined before the first. */
  readonly newestRelease: (name: string) => Promise<Release | undefined>
  readonly examplesOf: (part: DatasetPart) => Promise<readonly Example[]>
  /** What a program sees of the places that a release uses; without one, of the database alone. */
  readonly reached: (manifest: Manifest | undefined) => Promise<Reached>
  /** The first version of a dataset that was registered after an instant. */
  readonly versionSince: (dataset: string, since: Instant) => Promise<{ version: number; at: Instant } | undefined>
}

/** Who has more gaps than that needs another tool. */
const MOST_GAPS = 500
/** Labels of more rows are not counted for a page. */
const MOST_COUNTED = 20_000

export type DataGovernance = ReturnType<typeof createDataGovernance>

export function createDataGovernance(deps: DataDeps) {
  const { db, clock, newId, organisation } = deps

  async function get(name: string): Promise<DataInForce> {
    const application = await deps.applicationOf(name)
    const release = await deps.newestRelease(name)
    const at = clock()
    const inventory = Inventory.safeParse(application.documents.inventory?.value).data
    const sources = inventory?.sources ?? []
    const documents = Object.fromEntries(Object.entries(application.documents).map(([key, { value }]) => [key, value]))
    const barred = release
      ? STAGES.map((stage) => ({ stage, all: barredSources(release.manifest, application, stage) }))
      : []
    const holdings = release ? await held(release.manifest) : []
    const served = sources.map((source): ServedSource => {
      const due = dueOn(source)
      return {
        ...source,
        missing: emptyOfSource(source),
        holds: holdings.filter((one) => source.covers.includes(one.name)),
        dueOn: due,
        isOverdue: due !== null && due < at.slice(0, 10),
        refusedIn: barred.flatMap(({ stage, all }) =>
          all.filter((one) => one.source === source.name).map(({ why }) => ({ stage, why })),
        ),
      }
    })
    const used = release ? usedData(release.manifest) : []
    const verdicts = verdictsOf(await deps.standingOf(name))
    return {
      application: application.name,
      at,
      sources: served,
      stores: (inventory?.stores ?? []).map((store) => ({ ...store, faults: faultsOfStore(store, documents) })),
      reached: holdAgainst(await deps.reached(release?.manifest), { stores: inventory?.stores ?? [], documents }),
      uncovered: used.filter((one) => !sources.some(({ covers }) => covers.includes(one))),
      gaps: await Promise.all(
        (await listGaps(db, { organisation, application: name, limit: MOST_GAPS })).map(standing),
      ),
      checks: [...verdicts]
        .filter(([check]) => /^(?:data|priv)\./.test(check))
        .map(([check, verdict]) => ({ check, verdict })),
    }
  }

  async function held({ datasets, index }: Manifest): Promise<Holding[]> {
    const counted = datasets.map(async (part) =>
      part.rows > MOST_COUNTED
        ? { name: part.name, modality: 'questions' as const, rows: part.rows, labelled: null, labels: [] }
        : holdingOf(part.name, await deps.examplesOf(part)),
    )
    const passages = index && {
      ...{ name: 'knowledge', modality: 'documents' as const, rows: index.passages, labelled: null, labels: [] },
    }
    return [...(await Promise.all(counted)), ...(passages ? [passages] : [])]
  }

  async function standing(gap: DataGap): Promise<ServedGap> {
    const { dataset, askedAt } = gap
    const closedBy = dataset && askedAt ? ((await deps.versionSince(dataset, askedAt)) ?? null) : null
    return { ...gap, closedBy, state: closedBy ? 'closed' : askedAt ? 'requested' : 'open' }
  }

  const told = (action: string, { id, application }: DataGap, by: Keeper, detail: Record<string, unknown>) =>
    ({ actor: by.actor, action, subject: id, application, detail }) as const

  return {
    get,

    async addGap({
      name,
      title,
      reason,
      by,
    }: {
      name: string
      title: string
      reason: string
      by: Keeper
    }): Promise<ServedGap> {
      const application = await deps.applicationOf(name)
      const gap: DataGap = {
        id: newId('gap'),
        organisation,
        application: application.name as Name,
        title,
        reason,
        dataset: null,
        askedOf: null,
        askedAt: null,
        createdAt: clock(),
        createdBy: by.actor,
      }
      await inTransaction(db, async (tx) => {
        await addGap(tx, gap)
        await deps.record(tx, told('governance.data-gap', gap, by, { title }))
      })
      deps.publish({ topic: 'application', id: name, application: name })
      return standing(gap)
    },

    async request(given: {
      name: string
      gap: DataGapId
      dataset: string
      askedOf: string
      by: Keeper
    }): Promise<ServedGap> {
      const { name, gap: id, dataset, askedOf, by } = given
      const gap = await findGap(db, { organisation, id })
      if (gap?.application !== name)
        throw new Failure('unknown', 'governance.data-gap-unknown', `${name} has no data gap ${id}.`)
      const changed = { ...gap, dataset, askedOf, askedAt: clock() }
      await inTransaction(db, async (tx) => {
        await requestData(tx, changed)
        await deps.record(tx, told('governance.data-request', gap, by, { dataset, askedOf }))
      })
      deps.publish({ topic: 'application', id: name, application: name })
      return standing(changed)
    },

    async export({ name, format }: { name: string; format: 'markdown' | 'html' | 'csv' }): Promise<string> {
      const blocks = dataPaper(await get(name))
      if (format === 'csv') return csvOf(blocks)
      return format === 'html' ? htmlOf(blocks, { title: `Data of ${name}` }) : markdownOf(blocks)
    },
  }
}
