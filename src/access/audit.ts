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
import type { AuditDraft } from '../store/record-audit.ts'
import type { AnchorRead } from './anchor.ts'
import type { AuditEntry, AuditVerification } from './audit-entry.ts'
import type { HmacOf } from './secrets.ts'
import {
  type AuditFilter,
  type AuditHead,
  addAuditEntry,
  addAuditHead,
  findAuditHead,
  listAuditEntries,
  lockAuditHead,
  readAudit,
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
    isSealed,
    /** How many entries there are; it grows with every change that any process makes. */
    length: async (): Promise<number> => (await findAuditHead(db, organisation))?.entries ?? 0,

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

    /** Every entry that the filter lets through, oldest first, page by page. */
    async *walk(filter: Omit<AuditFilter, 'limit' | 'before'>): AsyncGenerator<AuditEntry[]> {
      for (let after = 0; ; ) {
        const rows = await readAudit(db, organisation, { ...filter, after, limit: PAGE })
        if (rows.length > 0) yield rows
        if (rows.length < PAGE) return
        after = rows.at(-1)?.position ?? after
      }
    },

    /**
     * Walks the whole chain and names the first entry that is not as it was written.
     * @param anchor what stands outside the database, read before; undefined where none is kept
     */
    async verify(anchor?: AnchorRead): Promise<AuditVerification> {
      let last = BEGINNING
      let anchored: Digest | null = null
      for (;;) {
        // The head before the rows: what is written meanwhile only adds rows past this head.
        const head = await findAuditHead(db, organisation)
        const rows = await readAudit(db, organisation, { after: last.entries, limit: PAGE })
        for (const row of rows) {
          const fault = faultOf(row, last)
          if (fault) return fault
          last = { entries: row.position, digest: row.digest }
          if (anchor?.kind === 'there' && row.position === anchor.anchor.entries) anchored = row.digest
        }
        if (rows.length === PAGE) continue
        if (!head || !isSealed(head))
          return broken(last.entries + 1, 'head-forged', 'The head of the log was not written by this installation.')
        const isBehind = last.entries > head.entries
        if (isBehind && ((await findAuditHead(db, organisation))?.entries ?? 0) > head.entries) continue
        return endOf(last, head) ?? compareAnchor(last, anchored, anchor)
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

function endOf(last: Head, head: AuditHead): AuditVerification | undefined {
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
  return undefined
}

function compareAnchor(
  { entries, digest }: Head,
  anchored: Digest | null,
  read: AnchorRead | undefined,
): AuditVerification {
  if (read?.kind === 'unreadable') return broken(entries, 'anchor-unreadable', read.why)
  if (read?.kind !== 'there') return { kind: 'intact', entries, head: digest, anchor: null }
  const { anchor } = read
  if (anchor.entries > entries)
    return broken(
      entries + 1,
      'rewound',
      `The log has ${entries} entries, and its anchor outside the database says that there were ${anchor.entries} at ${anchor.at}.`,
    )
  if (anchor.digest !== anchored)
    return broken(
      anchor.entries,
      'rewritten',
      `Entry ${anchor.entries} is not the one that the anchor outside the database names.`,
    )
  return { kind: 'intact', entries, head: digest, anchor: { entries: anchor.entries, at: anchor.at } }
}

const broken = (
  position: number,
  fault: Extract<AuditVerification, { kind: 'broken' }>['fault'],
  why: string,
): AuditVerification => ({ kind: 'broken', position, fault, why })
