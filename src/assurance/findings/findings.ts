/**
 * Findings of security audits: records with an owner and a way to their end, and signed reports that bring them in.
 *
 * Invariant: whoever fixed a finding does not say that it is gone, and when a grave one opens or closes, what the
 * security checks rest on is counted anew in the same transaction.
 */
import type { ActorId } from '../../core/actor.ts'
import type { Evidence, EvidenceDraft } from '../../core/evidence.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import { type Clock, DAY, later } from '../../kernel/time.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import { isDuplicate } from '../../store/database-error.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import { page } from '../../wire/route.ts'
import { campaignDraft, openGrave, recounted } from './campaign.ts'
import type { ReportPayload } from './contract.ts'
import { type FindingId, type Found, MOVES, type Move, type Report, type Severity } from './finding.ts'
import { readReport } from './read-report.ts'
import {
  addFindings,
  addReport,
  changeFinding,
  type FindingFilter,
  findFinding,
  listFindings,
  listReports,
  lockFinding,
} from './store.ts'

export type FindingsDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  readonly recordEvidence: (tx: Tx, draft: EvidenceDraft) => Promise<Evidence>
  readonly evidenceOf: (reader: Database | Tx, application: string) => Promise<Evidence[]>
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  /** Names of the people who build an application: they are not outside. */
  readonly buildersOf: (application: string) => Promise<readonly string[]>
  /** Ids of the keys of this installation, which sign no report from outside. */
  readonly ownKeys: () => Promise<readonly string[]>
}

export type Findings = ReturnType<typeof createFindings>
type By = { readonly actor: ActorId; readonly mayAccept: boolean }

/** More than an application ever has; older ones are closed. */
const MOST = 10_000

export function createFindings(deps: FindingsDeps) {
  const { db, clock, newId, organisation, record, publish } = deps
  const all = (reader: Database | Tx, application: string) =>
    listFindings(reader, { organisation, application }, { limit: MOST })

  const announce = ({ id, application }: Pick<Found, 'id' | 'application'>) => {
    publish({ topic: 'finding', id, application })
    publish({ topic: 'evidence', id, application })
  }

  /** Counts anew for the checks that ask for open findings, where they were answered before. */
  async function recount(tx: Tx, application: string, by: ActorId): Promise<void> {
    const evidence = await deps.evidenceOf(tx, application)
    for (const draft of recounted(evidence, { findings: await all(tx, application), now: clock(), by }))
      await deps.recordEvidence(tx, draft)
  }

  const newFinding = (
    given: Pick<Found, 'application' | 'release' | 'title' | 'detail' | 'severity' | 'owner' | 'report' | 'example'>,
    by: ActorId,
  ): Found => ({
    ...given,
    id: newId('fnd'),
    organisation,
    state: 'open',
    fixedBy: null,
    notes: [],
    acceptedUntil: null,
    createdBy: by,
    createdAt: clock(),
    updatedAt: clock(),
  })

  return {
    async find(id: FindingId): Promise<Found> {
      const found = await findFinding(db, id)
      if (!found) throw unknown(id)
      return found
    },

    async list(filter: Omit<FindingFilter, 'organisation'>, cut: { cursor?: string | undefined; limit: number }) {
      const rows = await listFindings(db, { ...filter, organisation }, { ...cut, limit: cut.limit + 1 })
      return page(rows, cut.limit, ({ id }) => id)
    },

    /** Grave ones that still count. */
    openGrave: async (application: string) => openGrave(await all(db, application), clock()),

    async add(
      given: { release: ReleaseId; title: string; detail: string; severity: Severity; owner: string; example: boolean },
      by: ActorId,
    ): Promise<Found> {
      const { application } = await deps.releaseOf(given.release)
      const finding = newFinding({ ...given, application, report: null }, by)
      await inTransaction(db, async (tx) => {
        await addFindings(tx, [finding])
        const { id, title, severity, owner } = finding
        const detail = { title, severity, owner }
        await record(tx, { actor: by, action: 'assurance.finding-open', subject: id, application, detail })
        await recount(tx, application, by)
      })
      announce(finding)
      return finding
    },

    async move(
      { id, move, note, days }: { id: FindingId; move: Move; note: string; days?: number | undefined },
      by: By,
    ): Promise<Found> {
      const moved = await inTransaction(db, async (tx) => {
        const before = await lockFinding(tx, id)
        if (!before) throw unknown(id)
        const state = demandMove(before, { move, by, days })
        const now = clock()
        const change = {
          state,
          fixedBy: move === 'fix' ? by.actor : state === 'open' ? null : before.fixedBy,
          notes: [...before.notes, { at: now, by: by.actor, move, note }],
          acceptedUntil: state === 'accepted' && days !== undefined ? later(now, days * DAY) : null,
          updatedAt: now,
        }
        await changeFinding(tx, id, change)
        const { application } = before
        const detail = { move, state, note, ...(change.acceptedUntil && { until: change.acceptedUntil }) }
        await record(tx, { actor: by.actor, action: 'assurance.finding-move', subject: id, application, detail })
        await recount(tx, application, by.actor)
        return { ...before, ...change }
      })
      announce(moved)
      return moved
    },

    /** Verifies a signed report, keeps it with its findings, and answers `red.full` with it. */
    async importReport(
      given: { release: ReleaseId; envelope: Report['envelope']; publicKey: string; owner: string; example: boolean },
      by: ActorId,
    ): Promise<{ report: Report; findings: Found[] }> {
      const release = await deps.releaseOf(given.release)
      const { application } = release
      const { payload, keyid, statement } = readReport(given, release)
      const report: Report = {
        id: newId('rpt'),
        organisation,
        application,
        release: release.id,
        author: payload.author,
        independent: await isIndependent(payload, keyid, application),
        keyid,
        statement,
        envelope: given.envelope,
        importedBy: by,
        at: clock(),
        example: given.example,
      }
      const { owner, example } = given
      const findings = payload.findings.map((one) =>
        newFinding({ ...one, application, release: release.id, owner, report: report.id, example }, by),
      )
      try {
        await inTransaction(db, async (tx) => {
          await addReport(tx, report)
          await addFindings(tx, findings)
          const { author, independent } = report
          const detail = { author, keyid, independent, findings: findings.length }
          await record(tx, { actor: by, action: 'assurance.report-import', subject: report.id, application, detail })
          await deps.recordEvidence(tx, campaignDraft({ report, release, findings: await all(tx, application), by }))
          await recount(tx, application, by)
        })
      } catch (thrown) {
        if (!isDuplicate(thrown)) throw thrown
        throw new Failure('conflict', 'assurance.report-known', 'This report was brought in already, for this release.')
      }
      publish({ topic: 'finding', id: report.id, application })
      publish({ topic: 'evidence', id: report.id, application })
      return { report, findings }
    },

    /** Counts the newest report of this release again; without one there is nothing to say. */
    producer: {
      name: 'assurance/campaign',
      checks: ['red.full'],
      quote: async () => FREE,
      async run({ release, by }) {
        const reports = await listReports(db, organisation, release.application)
        const report = reports.find((one) => one.release === release.id)
        return report ? [campaignDraft({ report, release, findings: await all(db, release.application), by })] : []
      },
    } satisfies Producer,

    reportsOf: (application: string) => listReports(db, organisation, application),
  }

  async function isIndependent({ author }: ReportPayload, keyid: string, application: string): Promise<boolean> {
    const builders = await deps.buildersOf(application)
    const isBuilder = builders.some((one) => one.trim().toLowerCase() === author.trim().toLowerCase())
    return !isBuilder && !(await deps.ownKeys()).includes(keyid)
  }
}

function demandMove(
  before: Found,
  { move, by, days }: { move: Move; by: By; days: number | undefined },
): Found['state'] {
  const state = MOVES[before.state][move]
  if (!state)
    throw new Failure(
      'conflict',
      'assurance.finding-move',
      `This finding is ${before.state}; from there it goes by ${Object.keys(MOVES[before.state]).join(', ')}, not by ${move}.`,
    )
  if (move.startsWith('retest') && before.fixedBy === by.actor)
    throw new Failure(
      'forbidden',
      'assurance.finding-own-fix',
      'Whoever fixed it does not say that it is gone. Ask somebody else to try again.',
    )
  if (move !== 'accept') return state
  if (before.severity === 'critical')
    throw new Failure('forbidden', 'assurance.finding-critical', 'What is critical is not accepted: fix it.')
  if (!by.mayAccept)
    throw new Failure(
      'forbidden',
      'access.forbidden',
      'Accepting a risk takes the permission waive: ask an approver or security.',
    )
  if (days === undefined)
    throw new Failure('invalid', 'assurance.finding-days', 'days: say for how many days it is accepted, at most 90.')
  return state
}

const unknown = (id: FindingId) => new Failure('unknown', 'assurance.finding-unknown', `There is no finding ${id}.`)
