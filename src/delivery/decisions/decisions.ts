/**
 * Decisions of gates, kept with everything that they read, and decided again from that alone.
 *
 * Invariant: a record never changes, and replaying it under the gate that it is pinned to gives the same answer, whatever
 * became of catalogue, overlay, evidence or waivers since.
 */
import type { ActorId } from '../../core/actor.ts'
import type { Evidence } from '../../core/evidence.ts'
import { judge, type Snapshot } from '../../core/gate.ts'
import type { ReleaseId } from '../../core/release.ts'
import type { Stage } from '../../core/stage.ts'
import type { GateDecision } from '../../core/verdict.ts'
import { canonicalJson, digestOf } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { Database, Tx } from '../../store/database.ts'
import { page } from '../../wire/route.ts'
import type { GateDefinition, GateRecord, GateRecordId, Occasion } from './row.ts'
import { addRecord, findDefinition, findRecord, keepDefinition, listRecords } from './store.ts'

export type DecisionDeps = {
  readonly db: Database
  readonly newId: NewId
  readonly organisation: string
  readonly evidenceOf: (db: Database | Tx, application: string) => Promise<Evidence[]>
}
export type Kept = {
  readonly application: string
  readonly release: ReleaseId
  readonly snapshot: Snapshot
  readonly decision: GateDecision
  readonly occasion: Occasion
  readonly by: ActorId
}
export type Decisions = ReturnType<typeof createDecisions>

export function createDecisions({ db, newId, organisation, evidenceOf }: DecisionDeps) {
  async function get(id: GateRecordId): Promise<GateRecord> {
    const found = await findRecord(db, id)
    if (!found) throw new Failure('unknown', 'delivery.decision-unknown', `There is no gate decision ${id}.`)
    return found
  }

  return {
    get,

    /** Keeps a decision in the caller's transaction. */
    async keep(tx: Tx, { application, release, snapshot, decision, occasion, by }: Kept): Promise<GateRecord> {
      // As it is read again: what JSON drops must not be in the digest.
      const gate: GateDefinition['gate'] = JSON.parse(JSON.stringify(snapshot.gate))
      const { parts, evidence, waivers, challenges, applicability, inStageSince } = snapshot
      const record: GateRecord = {
        id: newId('gat'),
        organisation,
        application,
        release,
        into: decision.into,
        occasion,
        decision,
        snapshot: {
          parts: [...parts],
          evidence: evidence.map(({ id }) => id),
          waivers: [...waivers],
          challenges: [...challenges],
          applicability,
          inStageSince,
        },
        gate: digestOf(gate),
        by,
        at: decision.at,
      }
      await keepDefinition(tx, { digest: record.gate, organisation, gate })
      await addRecord(tx, record)
      return record
    },

    async list(release: ReleaseId, into: Stage | undefined, cut: { cursor?: string | undefined; limit: number }) {
      const filter = { organisation, release, ...(into !== undefined && { into }) }
      const rows = await listRecords(db, filter, { ...cut, limit: cut.limit + 1 })
      return page(rows, cut.limit, ({ id }) => id)
    },

    /** Decides again from what was read then. `differs` names the checks whose finding is another one; none should be. */
    async replay(id: GateRecordId) {
      const record = await get(id)
      const definition = await findDefinition(db, record.gate)
      if (!definition) throw new Error(`The gate ${record.gate} of ${id} is not kept.`)
      const read = new Set<string>(record.snapshot.evidence)
      const evidence = (await evidenceOf(db, record.application)).filter((piece) => read.has(piece.id))
      const again = judge({ ...record.snapshot, evidence, gate: definition.gate }, record.at)
      const differs = again.findings
        .filter((finding, at) => canonicalJson(finding) !== canonicalJson(record.decision.findings[at]))
        .map(({ check }) => check)
      const isSame =
        differs.length === 0 &&
        again.snapshotDigest === record.decision.snapshotDigest &&
        again.decision === record.decision.decision
      return { same: isSame, differs, decision: again }
    },
  }
}
