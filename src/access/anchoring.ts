/**
 * Moves the anchor after the log, at most a second behind it.
 *
 * Invariant: the anchor is moved only to a head that continues it. A log that is shorter, or another one, leaves the
 * anchor where it was, so that nothing but a person with a reason makes it forget.
 */
import { messageOf } from '../kernel/failure.ts'
import type { Clock } from '../kernel/time.ts'
import type { Database } from '../store/database.ts'
import type { Anchor, AnchorFile } from './anchor.ts'
import type { Audit } from './audit.ts'
import { findAuditHead, readAudit } from './store.ts'

export function createAnchoring({
  db,
  clock,
  organisation,
  audit,
  file,
  report,
}: {
  db: Database
  clock: Clock
  organisation: string
  audit: Pick<Audit, 'isSealed'>
  file: AnchorFile | undefined
  report: (thrown: unknown) => void
}) {
  let last: Anchor | undefined
  let moving: Promise<void> = Promise.resolve()
  let isTold = false

  async function move(isForced: boolean): Promise<void> {
    if (!file) return
    const head = await findAuditHead(db, organisation)
    if (!head || (!audit.isSealed(head) && !isForced)) return
    const read = file.read()
    const before = read.kind === 'there' ? read.anchor : last
    if (!isForced && (read.kind === 'unreadable' || (before && !(await continues(before, head.entries))))) {
      if (!isTold)
        report(
          new Error(
            'The audit log does not continue its anchor. Run `airworthy audit verify`; after a restore, accept the log with `airworthy audit anchor --reason …`.',
          ),
        )
      isTold = true
      return
    }
    isTold = false
    if (read.kind === 'there' && read.anchor.entries === head.entries && !isForced) {
      last = read.anchor
      return
    }
    last = { organisation, entries: head.entries, digest: head.digest, at: clock() }
    file.write(last)
  }

  async function continues({ entries, digest }: Anchor, length: number): Promise<boolean> {
    if (entries > length) return false
    if (entries === 0) return true
    const [row] = await readAudit(db, organisation, { after: entries - 1, limit: 1 })
    return row?.position === entries && row.digest === digest
  }

  const safely = (isForced: boolean) =>
    move(isForced).catch((thrown: unknown) => {
      if (isForced) throw thrown
      if (!isTold) report(new Error(`The anchor of the audit log cannot be written: ${messageOf(thrown)}`))
      isTold = true
    })

  return {
    /** Moves it when the log has grown, one move at a time. Never rejects. */
    follow(): Promise<void> {
      moving = moving.then(() => safely(false))
      return moving
    },
    /** Takes the log as it is from now on, for a restore that a person accepts. */
    accept(): Promise<void> {
      moving = moving.then(() => safely(true))
      return moving
    },
    read: () => file?.read(),
  }
}

export type Anchoring = ReturnType<typeof createAnchoring>
