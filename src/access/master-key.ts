/**
 * Whether this process has the master key of the installation. With another one it would know no key, session or
 * credential: every request would be refused for a reason that is none, and what it wrote nobody else could read.
 *
 * The check value is kept at the first start. An installation of before has none; there the head of the audit log,
 * which is sealed under the key too, stands in for it once.
 */
import { Failure } from '../kernel/failure.ts'
import type { Clock } from '../kernel/time.ts'
import type { Database } from '../store/database.ts'
import type { Remember } from '../store/remember.ts'
import type { Audit } from './audit.ts'
import type { HmacOf } from './secrets.ts'
import { addMasterKeyCheck, findAuditHead, findMasterKeyCheck } from './store.ts'

export type MasterKeyDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly organisation: string
  readonly hmacOf: HmacOf
  readonly audit: Pick<Audit, 'isSealed'>
  readonly remember: Remember
}

/** Throws `access.other-master-key`, which stops the start. */
export async function demandMasterKey({
  db,
  clock,
  organisation,
  hmacOf,
  audit,
  remember,
}: MasterKeyDeps): Promise<void> {
  const ours = hmacOf('master-key', organisation)
  const { hmac } = await remember('master-key', keptCheck).catch((thrown: unknown) => {
    // A gateway whose folder is of before, while the database is away: what it remembers decides.
    if (thrown instanceof Failure && thrown.code === 'store.never-known') return { hmac: ours }
    throw thrown
  })
  if (hmac !== ours) throw otherKey()

  async function keptCheck(): Promise<{ hmac: string }> {
    const kept = await findMasterKeyCheck(db, organisation)
    if (kept) return { hmac: kept.hmac }
    const head = await findAuditHead(db, organisation)
    if (head && head.seal !== '' && !audit.isSealed(head)) throw otherKey()
    await addMasterKeyCheck(db, { organisation, hmac: ours, createdAt: clock() })
    // Another process that started at the same moment may have been quicker.
    return { hmac: (await findMasterKeyCheck(db, organisation))?.hmac ?? ours }
  }
}

const otherKey = () =>
  new Failure(
    'conflict',
    'access.other-master-key',
    'This installation was begun under another master key, without which its keys, sign-ins and stored credentials are unknown. Set AIRWORTHY_MASTER_KEY to the one that its other processes have, or put the file master.key back into the data folder.',
  )
