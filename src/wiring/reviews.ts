/** Findings, and the reviews of access and of the pilot, over the slices that know what they read. */
import type { Access } from '../access/index.ts'
import {
  createAccessReview,
  createFindings,
  createPilotSoak,
  type FindingsDeps,
  findingsHttp,
  findingsPlace,
  type ReviewedKey,
  type ReviewedPerson,
} from '../assurance/index.ts'
import type { DossierSection } from '../core/dossier.ts'
import type { Delivery } from '../delivery/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import type { Instant } from '../kernel/time.ts'
import type { Telemetry } from '../telemetry/index.ts'

type Deps = Pick<FindingsDeps, 'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish'> & {
  readonly access: Access
  readonly delivery: Delivery
  readonly evidence: EvidenceLog
  readonly telemetry: Telemetry
}

const MOST_PROMOTIONS = 1000

export function wireReviews(deps: Deps) {
  const { access, delivery, evidence, telemetry, clock } = deps
  const releaseOf = delivery.getRelease
  const findings = createFindings({
    ...deps,
    releaseOf,
    recordEvidence: evidence.record,
    evidenceOf: evidence.allOf,
    async buildersOf(name) {
      const builders = (await delivery.getApplication(name)).documents.builders?.value
      return Array.isArray(builders) ? builders.map(String) : []
    },
    ownKeys: async () => (await evidence.keys()).map(({ keyid }) => keyid),
  })
  const producers = [
    createPilotSoak({
      clock,
      sessionsOf: telemetry.sessions,
      async promotedInto(application, stage) {
        const { items } = await delivery.promotions.list({ application }, { limit: MOST_PROMOTIONS })
        return new Set(items.filter(({ into }) => into === stage).map(({ release }) => release))
      },
    }),
    createAccessReview({
      clock,
      reviewOf: (application) => reviewOf(access, application, clock()),
      isLogWhole: async () => (await access.verifyAudit()).kind === 'intact',
      openGraveFindings: async (application) => (await findings.openGrave(application)).length,
    }),
    findings.producer,
  ]
  const sections: DossierSection[] = [
    {
      name: 'findings',
      title: 'Findings of audits and attack campaigns',
      async read({ application }) {
        const { items } = await findings.list({ application }, { limit: MOST_PROMOTIONS })
        return items.toReversed().map((one) => ({
          name: one.id,
          title: `${one.severity}, ${one.state}: ${one.title}`,
          body: one,
        }))
      },
    },
    {
      name: 'reports',
      title: 'Signed reports from outside',
      read: async ({ application }) =>
        (await findings.reportsOf(application)).toReversed().map((one) => ({
          name: one.id,
          title: `${one.author}, ${one.at}`,
          body: one,
        })),
    },
  ]
  return {
    findings,
    http: findingsHttp(findings, { releaseOf }),
    producers,
    sections,
    personalPlaces: [findingsPlace(deps.db, deps.organisation)],
  }
}

/** Everybody, and the keys that work now for the application or for all of them. */
async function reviewOf(access: Access, application: string, now: Instant) {
  const actors = access.listActors().filter(({ kind }) => kind !== 'system')
  const people = new Map<string, ReviewedPerson>()
  for (const { id, name, kind, role, disabledAt } of actors) {
    const hasSecondFactor = await access.people.secondFactor.isActive(id)
    people.set(id, { name, kind, role, mayAct: disabledAt === null, hasSecondFactor })
  }
  const keys = access
    .listKeys()
    .filter(({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt === null || expiresAt > now))
    .filter((key) => key.application === null || key.application === application)
    .map(
      (key): ReviewedKey => ({
        name: key.name,
        role: key.role,
        holder: people.get(key.actor) ?? { kind: 'program', mayAct: false },
        isNarrowed: key.permissions !== null,
        since: key.rotatedAt ?? key.createdAt,
        lastUsedAt: key.lastUsedAt,
      }),
    )
  return { people: [...people.values()], keys }
}
