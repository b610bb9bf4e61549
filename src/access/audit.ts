/**
 * The audit log: every change of every slice, in the transaction that makes it.
 *
 * Invariant: entry n holds the digest of entry n − 1 and one over itself; the head row holds the count and
 * the last digest under an HMAC of the master key. Whoever can write to the database but has no master key
 * can therefore neither edit, remove, move, add nor cut off entries without being seen.
 */
import { type Digest, digestOf } from '../kernel/digest.ts'
import type { Clock } from '../kernel/time.ts'
import type { Database, Tx } from '../store/database.ts'
import type { AuditDraft, AuditEntry, AuditVerification } from './audit-entry.ts'
import type { HmacOf } from './secrets.ts'
import {
  type AuditFilter,
  type AuditHead,
  addAuditEntry,
  addAuditHead,
  findAuditHead,
  listAuditEntries,
  lockAuditHead,
  readAuditFrom,
  saveAuditHead,
} from './store.ts'

const PAGE = 200

type Head = { readonly entries: number; readonly digest: Digest | null }
const BEGINNING: Head = { entries: 0, digest: null }

export function createAudit({
  db,
  clock,
  organisation,
  hmacOf,
}: {
  db: Database
  clock: Clock
  organisation: string
  hmacOf: HmacOf
}) {
  const sealOf = ({ entries, digest }: Head) => hmacOf('audit-head', `${organisation} ${entries} ${digest}`)

  const isSealed = (head: AuditHead) => head.seal === sealOf(head)

  return {
    /** Begins the log, once in the life of an installation. */
    begin: (tx: Tx): Promise<void> => addAuditHead(tx, { organisation, ...BEGINNING, seal: sealOf(BEGINNING) }),

    /** Appends an entry in the caller's transaction; transactions take their turn at the head row. */
    async record(tx: Tx, draft: AuditDraft): Promise<void> {
      let head = await lockAuditHead(tx, organisation)
      if (!head) {
        // Only somebody else can have removed it. Work goes on, and the log stays broken for ever.
        head = { organisation, entries: 0, digest: null, seal: '' }
        await addAuditHead(tx, head)
      }
      const unsigned = {
        position: head.entries + 1,
        organisation,
        at: clock(),
        actor: draft.actor,
        action: draft.action,
        subject: draft.subject,
        application: draft.application ?? null,
        // As the database will give it back, so that the digest can be computed again.
        detail: JSON.parse(JSON.stringify(draft.detail ?? {})) as Record<string, unknown>,
        previous: head.digest,
      }
      const entry: AuditEntry = { ...unsigned, digest: digestOf(unsigned) }
      await addAuditEntry(tx, entry)
      const next: Head = { entries: entry.position, digest: entry.digest }
      // A seal that is wrong is not mended: it stays what it was and `verify` goes on saying so.
      await saveAuditHead(tx, { organisation, ...next, seal: isSealed(head) ? sealOf(next) : head.seal })
    },

    /** Newest first, from `limit + 1` rows. */
    list: (filter: AuditFilter): Promise<AuditEntry[]> => listAuditEntries(db, organisation, filter),

    /** Walks the whole chain and names the first entry that is not as it was written. */
    async verify(): Promise<AuditVerification> {
      let last = BEGINNING
      for (;;) {
        // The head before the rows: what is written meanwhile only adds rows past this head.
        const head = await findAuditHead(db, organisation)
        const rows = await readAuditFrom(db, organisation, last.entries, PAGE)
        for (const row of rows) {
          const fault = faultOf(row, last)
          if (fault) return fault
          last = { entries: row.position, digest: row.digest }
        }
        if (rows.length === PAGE) continue
        if (!head || !isSealed(head))
          return broken(last.entries + 1, 'head-forged', 'The head of the log was not written by this installation.')
        const isBehind = last.entries > head.entries
        if (isBehind && ((await findAuditHead(db, organisation))?.entries ?? 0) > head.entries) continue
        return endOf(last, head)
      }
    },
  }
}

export type Audit = ReturnType<typeof createAudit>

function faultOf(row: AuditEntry, last: Head): AuditVerification | undefined {
  const expected = last.entries + 1
  const { digest, ...unsigned } = row
  if (row.position !== expected)
    return broken(expected, 'missing', `Entry ${expected} is missing; entry ${row.position} follows.`)
  if (digestOf(unsigned) !== digest)
    return broken(expected, 'edited', `Entry ${expected} does not have the digest that it was written with.`)
  if (row.previous !== last.digest)
    return broken(expected, 'moved', `Entry ${expected} does not follow the entry that stands before it.`)
  return undefined
}

function endOf(last: Head, head: AuditHead): AuditVerification {
  if (last.entries < head.entries)
    return broken(
      last.entries + 1,
      'truncated',
      `The log ends with entry ${last.entries}, and its head says that ${head.entries} were written.`,
    )
  if (last.entries > head.entries)
    return broken(head.entries + 1, 'added', `Entry ${head.entries + 1} lies past the head of the log.`)
  if (last.digest !== head.digest)
    return broken(last.entries, 'edited', `Entry ${last.entries} is not the one that the head of the log names.`)
  return { kind: 'intact', entries: last.entries, head: last.digest }
}

const broken = (
  position: number,
  fault: Extract<AuditVerification, { kind: 'broken' }>['fault'],
  why: string,
): AuditVerification => ({ kind: 'broken', position, fault, why })
