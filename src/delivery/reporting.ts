/** What is reported about an application and its releases, from where they stand. */
import { applicabilityOf } from '../core/applicability.ts'
import type { Profile } from '../core/blueprint/schema.ts'
import { catalogueChanges } from '../core/catalogue-changes.ts'
import { judge as judgeGate } from '../core/gate.ts'
import type { Name } from '../core/names.ts'
import { type PortfolioItem, portfolioOf } from '../core/portfolio.ts'
import { axesOf } from '../core/profile-axes.ts'
import { previewProfile } from '../core/profile-preview.ts'
import { readinessOf } from '../core/readiness.ts'
import type { ReleaseId } from '../core/release.ts'
import { type Finding, holdsBack } from '../core/verdict.ts'
import { Failure } from '../kernel/failure.ts'
import type { DeliveryDeps } from './deps.ts'
import { gateUpTo, judgeRelease, overlayOf, snapshotOf } from './release-gate.ts'
import { debtOf, flowOf } from './reports.ts'
import { listRollouts } from './rollouts/index.ts'
import { demandApplicationRow, demandRelease, readPositions, readStanding } from './standing.ts'
import { findReleases, listNames, listPromotions, listReleases } from './store.ts'

const MOST = 500

export function createReporting(deps: DeliveryDeps) {
  const { db, clock, catalogue, organisation } = deps

  const standingOf = async (name: string) => readStanding(db, deps, await demandApplicationRow(db, deps, name))

  /** Every check of every gate, and the standing ones: all that the application will ever be asked. */
  async function everything(id: ReleaseId): Promise<{ gate: Finding[]; standing: Finding[] }> {
    const release = await demandRelease(db, id)
    const records = await standingOf(release.application)
    const overlay = overlayOf(records.application.documents)
    const now = clock()
    const gate = gateUpTo(catalogue, 'production', overlay)
    if (!gate) return { gate: [], standing: [] }
    const checks = catalogue.standing.flatMap((check) => catalogue.checks.find((one) => one.id === check) ?? [])
    const lasting = snapshotOf({ gate: { ...gate, checks }, catalogue, release, records })
    return {
      gate: judgeRelease({ gate, catalogue, release, records, now }).findings,
      standing: judgeGate(lasting, now).findings,
    }
  }

  return {
    async readiness(id: ReleaseId) {
      const { gate, standing } = await everything(id)
      // What production has to keep up is asked of what is there; before that its silence says nothing.
      const kept = standing.filter(({ evidence }) => evidence !== null)
      return { ...readinessOf([...gate, ...kept]), at: clock() }
    },

    /** A page of applications by name, each by its newest release. */
    async portfolio({ cursor, limit, only }: { cursor?: string | undefined; limit: number; only: string | null }) {
      const names = (await listNames(db, organisation))
        .map(({ name }) => name)
        .filter((name) => (only === null || name === only) && (cursor === undefined || name > cursor))
        .toSorted()
      const shown = names.slice(0, limit)
      const items: PortfolioItem[] = []
      const unfrozen: Name[] = []
      for (const application of shown) {
        const [newest] = (await newestOf(application)).rows
        if (newest) {
          const { status, weakest, pillars } = await this.readiness(newest.id)
          items.push({ application, release: newest.id, status, weakest, pillars })
        } else unfrozen.push(application)
      }
      const next = names.length > limit ? (shown.at(-1) ?? null) : null
      return { ...portfolioOf(items, unfrozen), next, at: clock() }
    },

    async standingChecks(id: ReleaseId) {
      const { standing } = await everything(id)
      return { sound: !standing.some(holdsBack), findings: standing }
    },

    async previewProfile(name: string, profile: Profile) {
      const { documents } = (await standingOf(name)).application
      const classification = documents.classification?.value
      const { rows } = await newestOf(name)
      const traitsOf = (said: unknown) => {
        const axes = axesOf({ profile: said, classification, assessment: documents.assessment?.value })
        const [newest] = rows
        const acts =
          (newest?.manifest.tools ?? []).length > 0 || (axes.autonomy ?? []).some((word) => word.startsWith('acts'))
        return applicabilityOf(catalogue.profileRules, axes, [
          ...(acts ? (['tools'] as const) : (['no-tools'] as const)),
          ...(axes.personalData?.[0] === 'none' ? (['no-personal-data'] as const) : []),
          ...(newest && newest.manifest.index === null ? (['no-retrieval'] as const) : []),
          ...(newest && !newest.manifest.evaluators.some((one) => /^judge\b/.test(one.id))
            ? (['no-judge'] as const)
            : []),
        ])
      }
      return previewProfile(catalogue, traitsOf(documents.profile?.value), traitsOf(profile))
    },

    async flow(name: string) {
      const [position] = await readPositions(db, deps, [await demandApplicationRow(db, deps, name)])
      if (!position) throw new Error('One application has one position.')
      const promotions = await listPromotions(db, { organisation, application: name }, { limit: MOST })
      // What people were asked for, and for whom a release waited, is told of promoted ones alone.
      const evidence = promotions.length > 0 ? await deps.evidenceOf(db, name) : []
      const releases = await findReleases(db, [...new Set(promotions.map(({ release }) => release))])
      const rollouts = await listRollouts(db, { organisation, application: name }, { limit: MOST })
      const byId = new Map(releases.map((release) => [release.id as string, release]))
      const records = { ...position, evidence }
      return flowOf({ promotions, releases: byId, rollouts, records, catalogue, now: clock() })
    },

    async debt(name: string) {
      const { records, rows } = await newestOf(name)
      const now = clock()
      const stale = []
      const live = await findReleases(
        db,
        records.live.map(({ release }) => release),
      )
      for (const { stage, release: id } of records.live) {
        const release = live.find((one) => one.id === id)
        const gate = gateUpTo(catalogue, stage, overlayOf(records.application.documents))
        if (!release || !gate) continue
        for (const { verdict, check, why } of judgeRelease({ gate, catalogue, release, records, now }).findings)
          if (verdict === 'STALE') stale.push({ check, stage, why: why.join(' ') })
      }
      const endOfModel = deps.endOfModel ?? (() => null)
      return debtOf({ newest: rows[0], records, stale, endOfModel, now })
    },

    catalogueChanges(since: string) {
      const before = deps.catalogueHistory?.find(({ version }) => version === since)
      if (!before) {
        const known = deps.catalogueHistory?.map(({ version }) => version).join(', ') || 'none'
        throw new Failure(
          'unknown',
          'delivery.catalogue-unknown',
          `The catalogue ${catalogue.name} ${since} is not kept here. Kept are ${known}.`,
        )
      }
      return { since, version: catalogue.version, items: catalogueChanges(before, catalogue) }
    },
  }

  async function newestOf(name: string) {
    const records = await standingOf(name)
    return { records, rows: await listReleases(db, records.application.id, { limit: 1 }) }
  }
}
