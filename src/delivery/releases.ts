/** Releases: frozen from a blueprint, addressed by the digest of their manifest, never changed. */
import type { ActorId } from '../core/actor.ts'
import type { Blueprint } from '../core/blueprint/blueprint.ts'
import { type Manifest, manifestDigest } from '../core/manifest.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import { Failure } from '../kernel/failure.ts'
import { inTransaction } from '../store/database.ts'
import { page } from '../wire/route.ts'
import type { Applications } from './applications.ts'
import { checkFiles, demandBlueprint } from './blueprint-files.ts'
import { changesBetween } from './changes.ts'
import { compatibilityOf } from './compatibility.ts'
import type { DeliveryDeps } from './deps.ts'
import type { GateSummaries } from './gate-summaries.ts'
import { listNewestReleases } from './lists/index.ts'
import type { Live } from './live.ts'
import { manifestOf } from './manifest-of.ts'
import type { StoredApplication } from './rows.ts'
import type { ReleaseSummary, ServedRelease } from './served.ts'
import { demandApplicationRow, demandRelease } from './standing.ts'
import {
  addRelease,
  type Cut,
  findReleaseByDigest,
  findReleases,
  listReleases,
  lockApplication,
  raiseLiveVersion,
  saveFrozenBlueprint,
  saveLiveStage,
} from './store.ts'
import { releaseSummary, servedRelease } from './views.ts'

export type Releases = ReturnType<typeof createReleases>

export function createReleases(
  deps: DeliveryDeps,
  { applications, live, summaries }: { applications: Applications; live: Live; summaries: GateSummaries },
) {
  const { db, clock, newId, organisation } = deps

  async function serve(release: Release): Promise<ServedRelease> {
    const row = await demandApplicationRow(db, deps, release.application)
    return servedRelease(release, await summaries.ofReleases(row, [release]))
  }

  /** A release and the one that it is compared with: the one frozen before when none is named. */
  async function pairOf({ id, since }: { id: ReleaseId; since?: ReleaseId | undefined }) {
    const release = await demandRelease(db, id)
    const before =
      since === undefined
        ? (await listReleases(db, release.applicationId, { cursor: String(release.number), limit: 1 }))[0]
        : await demandRelease(db, since)
    if (before && before.applicationId !== release.applicationId)
      throw new Failure(
        'invalid',
        'delivery.other-application',
        `${before.id} is a release of ${before.application}, not of ${release.application}. Compare two of one application.`,
      )
    return { release, before }
  }

  return {
    /** The release itself, for slices that need no more. */
    find: (id: ReleaseId): Promise<Release> => demandRelease(db, id),

    get: async (id: ReleaseId): Promise<ServedRelease> => serve(await demandRelease(db, id)),

    /** The release that was frozen last; undefined before the first. */
    async newest(application: string): Promise<Release | undefined> {
      const { id } = await applications.find(application)
      return (await listReleases(db, id, { limit: 1 }))[0]
    },

    /** Of each application the release that was frozen last, without its manifest. */
    newestMarks: () => listNewestReleases(db, organisation),

    /** By application, the release that was frozen last; what is live comes from memory. */
    async newestOf(rows: readonly Pick<StoredApplication, 'id'>[]): Promise<ReadonlyMap<string, Release>> {
      const ids = rows.map(({ id }) => id)
      const newest = await listNewestReleases(db, organisation, ids)
      const absent = newest.filter(({ id }) => !live.releaseOf(id)).map(({ id }) => id)
      const read = new Map((await findReleases(db, absent)).map((release) => [release.id, release]))
      return new Map(
        newest.flatMap(({ id, application }) => {
          const release = live.releaseOf(id) ?? read.get(id)
          return release ? [[application, release]] : []
        }),
      )
    },

    /** The release of the same application that was frozen before this one; undefined for the first. */
    async before(id: ReleaseId): Promise<ReleaseId | undefined> {
      const { applicationId, number } = await demandRelease(db, id)
      return (await listReleases(db, applicationId, { cursor: String(number), limit: 1 }))[0]?.id
    },

    async list(application: string, { cursor, limit }: Cut): Promise<{ items: ReleaseSummary[]; next: string | null }> {
      const row = await applications.find(application)
      const cut = page(await listReleases(db, row.id, { cursor, limit: limit + 1 }), limit, ({ number }) =>
        String(number),
      )
      const view = await summaries.ofReleases(row, cut.items)
      return { items: cut.items.map((release) => releaseSummary(release, view)), next: cut.next }
    },

    async freeze({
      name,
      commit,
      by,
    }: {
      name: string
      commit?: string | undefined
      by: ActorId
    }): Promise<{ isNew: boolean; release: ServedRelease }> {
      const row = await applications.find(name)
      const files = await applications.filesOf(row)
      const blueprint = demandBlueprint(checkFiles({ files, name }, deps))
      // Indexes are built and models looked up here, outside of any transaction.
      const manifest = await manifestFrom(blueprint, deps)
      const digest = manifestDigest(manifest)
      const frozen = await inTransaction(db, async (tx) => {
        await lockApplication(tx, organisation, name)
        const there = await findReleaseByDigest(tx, row.id, digest)
        const [last] = await listReleases(tx, row.id, { limit: 1 })
        const now = clock()
        const release: Release = there ?? {
          id: newId('rel'),
          organisation,
          application: row.name,
          applicationId: row.id,
          number: (last?.number ?? 0) + 1,
          digest,
          manifest,
          blueprint: blueprint.digest,
          commit: commit ?? null,
          frozenAt: now,
          frozenBy: by,
        }
        if (!there) {
          await addRelease(tx, release)
          await deps.onFreeze?.(tx, release, row)
        }
        await saveFrozenBlueprint(tx, row.id, blueprint.digest)
        await saveLiveStage(tx, {
          organisation,
          application: row.name,
          stage: 'sandbox',
          release: release.id,
          since: now,
        })
        await raiseLiveVersion(tx, organisation)
        await deps.record(tx, {
          actor: by,
          action: 'delivery.freeze',
          subject: release.id,
          application: name,
          detail: { digest, number: release.number, isNew: !there, commit: commit ?? null },
        })
        return { isNew: !there, release }
      })
      await live.refresh()
      deps.publish({ topic: 'release', id: frozen.release.id, application: name })
      deps.publish({ topic: 'application', id: name, application: name })
      return { isNew: frozen.isNew, release: await serve(frozen.release) }
    },

    /** What changed since another release of the application, or since the one that was frozen before. */
    async changes(ask: { id: ReleaseId; since?: ReleaseId | undefined }) {
      const { release, before } = await pairOf(ask)
      return { since: before?.id ?? null, items: before ? changesBetween(before.manifest, release.manifest) : [] }
    },

    /** Whether a release can take over from another, and whether that one can take back. */
    async compatibility(ask: { id: ReleaseId; since?: ReleaseId | undefined }) {
      const { release, before } = await pairOf(ask)
      if (!before) return { since: null, forward: [], back: [] }
      return {
        since: before.id,
        forward: compatibilityOf(before.manifest, release.manifest),
        back: compatibilityOf(release.manifest, before.manifest),
      }
    },
  }
}

async function manifestFrom(blueprint: Blueprint, { resolve }: DeliveryDeps): Promise<Manifest> {
  const { settings, knowledge, datasets, suites } = blueprint
  const models = []
  for (const [name, use] of Object.entries(settings.models)) models.push(await resolve.model(name, use))
  const datasetParts = []
  for (const dataset of datasets) datasetParts.push(await resolve.dataset(dataset, settings.name))
  const suiteParts = []
  for (const suite of suites) suiteParts.push(await resolve.suite(suite))
  const prompts = []
  for (const prompt of blueprint.prompts) prompts.push(await resolve.examples(prompt, datasetParts))
  return manifestOf(
    { ...blueprint, prompts },
    {
      models,
      index: knowledge.length > 0 ? await resolve.index(knowledge, settings.knowledge) : null,
      datasets: datasetParts,
      suites: suiteParts,
      evaluators: await resolve.evaluators(suites),
      priceBook: await resolve.priceBook(),
    },
  )
}
