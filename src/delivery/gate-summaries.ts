/**
 * How gates stand, for lists: judging every application anew for each look took seconds with two hundred of them.
 *
 * Invariant: a summary is kept with the stamp of everything that its judgement read, and is shown only while that is as
 * it was and before the first instant at which time alone might change it. No decision is taken from here.
 */
import { lookAt, type Snapshot } from '../core/gate.ts'
import { holdsUntil } from '../core/holds-until.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import { nextStage, type Stage } from '../core/stage.ts'
import { digestOfBytes } from '../kernel/digest.ts'
import { HOUR, type Instant, later } from '../kernel/time.ts'
import type { Database } from '../store/database.ts'
import type { DeliveryDeps } from './deps.ts'
import { gateUpTo, overlayOf, snapshotOf, summaryOf } from './release-gate.ts'
import type { StoredApplication } from './rows.ts'
import type { GateSummary } from './served.ts'
import { highestStage, type Position, readPositions } from './standing.ts'
import { findReleases } from './store.ts'
import type { View } from './views.ts'

type Deps = Pick<
  DeliveryDeps,
  'db' | 'clock' | 'organisation' | 'catalogue' | 'evidenceOf' | 'challengesOf' | 'evidenceMarks' | 'partsBeside'
> & { readonly releaseInMemory: (id: ReleaseId) => Release | undefined }

type Kept = { readonly stamp: string; readonly from: Instant; readonly until: Instant; readonly summary: GateSummary }
type Ask = { readonly position: Position; readonly release: Release; readonly into: Stage }

/** Even what nothing seems to change is looked at again. */
const KEPT_MS = HOUR
/** More gates than anybody looks at; the one that was kept first goes. */
const MOST_KEPT = 5000
/** Applications whose evidence is in memory at once. */
const AT_ONCE = 25

export type GateSummaries = ReturnType<typeof createGateSummaries>

export function createGateSummaries(deps: Deps) {
  const { catalogue, clock } = deps
  const kept = new Map<string, Kept>()

  /** Judges what is not kept, and gives everything that was asked for. */
  async function summariesOf(db: Database, asks: readonly Ask[]): Promise<ReadonlyMap<string, GateSummary>> {
    // Before the evidence itself: what is recorded meanwhile makes the next look judge again.
    const markOf = await deps.evidenceMarks(db)
    const stamped = asks.map((ask) => ({ ...ask, stamp: stampOf(ask, markOf(ask.position.application.name)) }))
    const now = clock()
    const found = new Map<string, GateSummary>()
    const missing = stamped.filter((ask) => {
      const one = kept.get(keyOf(ask))
      if (!one || one.stamp !== ask.stamp || one.from > now || now >= one.until) return true
      found.set(keyOf(ask), one.summary)
      return false
    })
    for (const some of chunksOf(Map.groupBy(missing, ({ position }) => position.application.name))) {
      const evidence = Map.groupBy(await deps.evidenceOf(db, some.keys().toArray()), ({ application }) => application)
      for (const ask of some.values().toArray().flat()) {
        const summary = judge(ask, {
          stamp: ask.stamp,
          now,
          evidence: evidence.get(ask.position.application.name) ?? [],
        })
        if (summary) found.set(keyOf(ask), summary)
      }
    }
    return found
  }

  function judge(
    { position, release, into }: Ask,
    { stamp, now, evidence }: { stamp: string; now: Instant; evidence: Snapshot['evidence'] },
  ): GateSummary | undefined {
    const gate = gateUpTo(catalogue, into, overlayOf(position.application.documents))
    if (!gate) return undefined
    const snapshot = snapshotOf({ gate, catalogue, release, records: { ...position, evidence } })
    const summary = summaryOf(lookAt(snapshot, now))
    const end = later(now, KEPT_MS)
    const turn = holdsUntil(snapshot, now)
    kept.delete(keyOf({ release, into }))
    kept.set(keyOf({ release, into }), { stamp, from: now, until: turn !== null && turn < end ? turn : end, summary })
    for (const eldest of kept.keys().take(Math.max(0, kept.size - MOST_KEPT))) kept.delete(eldest)
    return summary
  }

  function stampOf({ position, release, into }: Ask, mark: string): string {
    const { application, waivers, challenges, promotions } = position
    return digestOfBytes(
      JSON.stringify([
        mark,
        Object.entries(application.documents).map(([name, { digest }]) => [name, digest]),
        deps.partsBeside?.(release.manifest) ?? [],
        waivers
          .filter((waiver) => waiver.release === release.id && waiver.into === into)
          .map(({ id, state, until }) => [id, state, until]),
        challenges.map(({ id, state }) => [id, state]),
        promotions.map((one) => [one.release, one.into, one.at]),
      ]),
    )
  }

  async function viewsOf(
    positions: readonly Position[],
    releasesOf: (position: Position) => readonly { id: ReleaseId; into: Stage | undefined }[],
    known: readonly Release[],
  ): Promise<View[]> {
    const wanted = positions.map((position) => ({ position, pairs: releasesOf(position) }))
    const releases = await releasesById(
      wanted.flatMap(({ pairs }) => pairs.map(({ id }) => id)),
      known,
    )
    const asks = wanted.flatMap(({ position, pairs }) =>
      pairs.flatMap(({ id, into }): Ask[] => {
        const release = releases.get(id)
        return release && into && catalogue.gates.some((gate) => gate.into === into)
          ? [{ position, release, into }]
          : []
      }),
    )
    const summaries = await summariesOf(deps.db, asks)
    const summaryInto: View['summaryInto'] = (into, id) =>
      (into && summaries.get(keyOf({ release: { id }, into }))) ?? null
    return positions.map((position) => ({ position, summaryInto }))
  }

  async function releasesById(ids: readonly ReleaseId[], known: readonly Release[]) {
    const found = new Map(known.map((release) => [release.id, release]))
    for (const id of ids) {
      const release = found.get(id) ?? deps.releaseInMemory(id)
      if (release) found.set(id, release)
    }
    const absent = [...new Set(ids)].filter((id) => !found.has(id))
    for (const release of await findReleases(deps.db, absent)) found.set(release.id, release)
    return found
  }

  return {
    /** Each live release at the gate that comes next. */
    ofApplications: async (rows: readonly StoredApplication[]): Promise<View[]> =>
      viewsOf(
        await readPositions(deps.db, deps, rows),
        ({ live }) => live.map(({ stage, release: id }) => ({ id, into: nextStage(stage) })),
        [],
      ),

    /** Releases of one application, each at the gate after the highest stage that it was promoted into. */
    async ofReleases(row: StoredApplication, releases: readonly Release[]): Promise<View> {
      const pairsOf = (position: Position) =>
        releases.map(({ id }) => ({ id, into: nextStage(highestStage(position, id)) }))
      const [view] = await viewsOf(await readPositions(deps.db, deps, [row]), pairsOf, releases)
      if (!view) throw new Error('One application has one position.')
      return view
    },
  }
}

const keyOf = ({ release, into }: { release: Pick<Release, 'id'>; into: Stage }): string => `${release.id} ${into}`

function* chunksOf<Value>(whole: ReadonlyMap<string, Value>): Generator<Map<string, Value>> {
  const entries = [...whole]
  for (let from = 0; from < entries.length; from += AT_ONCE) yield new Map(entries.slice(from, from + AT_ONCE))
}
