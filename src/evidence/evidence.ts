/**
 * Evidence: what was measured, imported or attested about a release, signed and appended.
 *
 * Invariant: a piece never changes. Whether it still holds is computed by whoever reads it, from its inputs and age.
 */
import type { ActorId } from '../core/actor.ts'
import type { Evidence, EvidenceDraft, EvidenceId, SignedEvidence } from '../core/evidence.ts'
import type { ReleaseId } from '../core/release.ts'
import { Failure } from '../kernel/failure.ts'
import { NOTHING } from '../kernel/money.ts'
import { type Database, inTransaction, type Tx } from '../store/database.ts'
import { page } from '../wire/route.ts'
import { confirmedFacts, demandAttestable, demandHolder, inputsOf, type Signer } from './attestation.ts'
import { createChallenges } from './challenges.ts'
import type { Attestation } from './contract.ts'
import type { EvidenceDeps } from './deps.ts'
import { type ListedEvidence, oldestOf, whyStale } from './holding.ts'
import { createEvidenceKeys } from './keys.ts'
import { createMarks } from './marks.ts'
import { createNewest } from './newest.ts'
import { evidencePlace } from './personal.ts'
import { READABLE, type ReportAsk, readReport } from './read-report.ts'
import { addEvidence, type EvidenceFilter, findEvidence, listEvidence, listSignedEvidence } from './store.ts'

export type ListAsk = Omit<EvidenceFilter, 'organisation' | 'held'> & {
  readonly against?: ReleaseId | undefined
  readonly holds?: 'true' | 'false' | undefined
}
export type EvidenceLog = ReturnType<typeof createEvidence>

export function createEvidence(deps: EvidenceDeps) {
  const { db, clock, newId, organisation, publish } = deps
  const keys = createEvidenceKeys(deps)
  const marks = createMarks(organisation)

  const checkOf = (id: string) => deps.checks.find((check) => check.id === id)

  const announce = ({ id, application }: Evidence) => publish({ topic: 'evidence', id, application })

  /** Appends in the caller's transaction; the caller publishes after the commit. */
  async function record(tx: Tx, draft: EvidenceDraft): Promise<SignedEvidence> {
    const now = clock()
    const signer = await keys.current(tx, now)
    const complete: Evidence = {
      costMicroUsd: NOTHING,
      example: false,
      duty: null,
      source: null,
      ...draft,
      id: newId('evi'),
      organisation,
      at: now,
    }
    // What JSON drops must not be signed: the row would then differ from the statement.
    const signed = signer.sign(JSON.parse(JSON.stringify(complete)) as Evidence)
    await addEvidence(tx, signed)
    await deps.record(tx, {
      actor: signed.by,
      action: 'evidence.record',
      subject: signed.id,
      application: signed.application,
      detail: { check: signed.check, trust: signed.trust, statement: signed.statement, summary: signed.summary },
    })
    return signed
  }

  async function recordAll(drafts: readonly EvidenceDraft[]): Promise<SignedEvidence[]> {
    const signed = await inTransaction(db, async (tx) => {
      const pieces: SignedEvidence[] = []
      for (const draft of drafts) pieces.push(await record(tx, draft))
      return pieces
    })
    signed.forEach(announce)
    return signed
  }

  return {
    record,
    recordAll,

    challenges: createChallenges(deps),

    personalPlaces: [evidencePlace(db, organisation)],

    /** All evidence of an application, or of several, newest first, without envelopes. */
    allOf: (reader: Database | Tx, application: string | readonly string[]): Promise<Evidence[]> =>
      listEvidence(reader, { organisation, application }),

    newestOf: createNewest({ db, organisation, marks }),

    /** Of an application a text that changes whenever its evidence does: to see that without reading it. */
    marks,

    /** Newest first. With `against`, each piece says why it does not hold for that release, and `holds` keeps one kind. */
    async list(
      { against, holds, ...filter }: ListAsk,
      { cursor, limit }: { cursor?: string | undefined; limit: number },
    ): Promise<{ items: ListedEvidence[]; next: string | null }> {
      if (holds !== undefined && against === undefined)
        throw new Failure('invalid', 'evidence.holds-for-what', 'Say under `against` for which release it should hold.')
      const held = against && { ...(await deps.subjectOf(against)), oldest: oldestOf(deps.checks, clock()) }
      const rows = await listEvidence(
        db,
        {
          ...filter,
          organisation,
          ...(held && {
            application: held.application,
            ...(holds !== undefined && { held: { ...held, holds: holds === 'true' } }),
          }),
        },
        { before: cursor, limit: limit + 1 },
      )
      const { items, next } = page(rows, limit, ({ id }) => id)
      return { items: items.map((piece) => ({ ...piece, stale: held ? whyStale(piece, held) : null })), next }
    },

    /** With their envelopes, oldest first. */
    signed: (ids: readonly EvidenceId[]): Promise<SignedEvidence[]> => listSignedEvidence(db, ids),

    async get(id: EvidenceId): Promise<SignedEvidence> {
      const found = await findEvidence(db, id)
      if (!found) throw new Failure('unknown', 'evidence.unknown', `There is no evidence ${id}.`)
      return found
    },

    /** The public keys that have signed, the one that signs now first. */
    keys: keys.list,
    rotateKey: keys.rotate,
    revokeKey: keys.revoke,
    seal: keys.seal,

    async attest(attestation: Attestation, by: Signer): Promise<SignedEvidence> {
      const check = checkOf(attestation.check)
      demandAttestable(check, attestation)
      const subject = await deps.subjectOf(attestation.release)
      demandHolder(attestation, subject, by)
      const { application, parts } = subject
      const [signed] = await recordAll([
        {
          application,
          release: attestation.release,
          check: check.id,
          summary: `${by.name} attests as ${attestation.duty}: ${attestation.reason}`,
          facts: attestation.facts ?? confirmedFacts(check),
          inputs: inputsOf(check, parts),
          producer: { name: 'attestation', version: '1' },
          trust: 'attested',
          by: by.actor,
          duty: attestation.duty,
          example: attestation.example,
        },
      ])
      if (!signed) throw new Error('One draft gives one piece of evidence.')
      return signed
    },

    async importReport(report: ReportAsk & { release: ReleaseId; example: boolean }, by: ActorId): Promise<Evidence[]> {
      const importer = Object.hasOwn(deps.importers, report.tool) ? deps.importers[report.tool] : undefined
      if (!importer && !READABLE.includes(report.tool))
        throw new Failure(
          'invalid',
          'evidence.tool-unknown',
          `Reports of ${report.tool} cannot be read. Known are ${[...Object.keys(deps.importers), ...READABLE].join(', ')}; any other tool can speak as in-toto.`,
        )
      const { application, parts } = await deps.subjectOf(report.release)
      const { release, content, example } = report
      const read = importer ? undefined : readReport(report, { application, parts, checkOf })
      const drafts =
        read?.map((draft): EvidenceDraft => ({ ...draft, release, trust: 'imported', by, example })) ??
        (await importer?.(content, { release, application, parts, by, example })) ??
        []
      const signed = await recordAll(
        drafts.map((draft) => ({ ...draft, by, trust: 'imported', example: report.example || draft.example === true })),
      )
      return signed.map(({ statement: _, envelope: __, ...evidence }) => evidence)
    },
  }
}
