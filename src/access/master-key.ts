/**
 * Whether this process has the master key of the installation. With another one it would know no key, session or
 * credential: every request would be refused for a reason that is none, and what it wrote nobody else could read.
 *
 * The check value is kept at the first start. An installation of before has none; there the head of the audit log,
 * which is sealed under the key too, stands in for it once.
 *
 * What is kept one way (fingerprints of keys, seals of the log, the pepper of passwords) cannot be made anew under
 * another master key. It stays under the first one, which is kept sealed under the one in force.
 */
import { Failure } from '../kernel/failure.ts'
import type { RandomBytes } from '../kernel/random.ts'
import { createSeal } from '../kernel/seal.ts'
import { Secret } from '../kernel/secret.ts'
import type { Clock } from '../kernel/time.ts'
import type { Database, Tx } from '../store/database.ts'
import type { Remember } from '../store/remember.ts'
import { createAudit } from './audit.ts'
import { hmacUnder } from './secrets.ts'
import { addMasterKeyCheck, changeMasterKeyCheck, findAuditHead, findMasterKeyCheck, listAllActors } from './store.ts'

export type MasterKeyDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly organisation: string
  readonly masterKey: Secret
  readonly random: RandomBytes
  readonly remember: Remember
}

/**
 * What fingerprints are made with. Throws `access.other-master-key`, which stops the start.
 */
export async function openMasterKey(deps: MasterKeyDeps): Promise<Secret> {
  const { db, clock, organisation, masterKey, remember } = deps
  const ours = checkOf(masterKey, organisation)
  const kept = await remember('master-key', keptCheck).catch((thrown: unknown) => {
    // A gateway whose folder is of before, while the database is away: what it remembers decides.
    if (thrown instanceof Failure && thrown.code === 'store.never-known') return { hmac: ours, fingerprints: null }
    throw thrown
  })
  if (kept.hmac !== ours) throw otherKey()
  return kept.fingerprints ? new Secret(sealOf(deps).open(kept.fingerprints, organisation)) : masterKey

  async function keptCheck(): Promise<{ hmac: string; fingerprints: string | null }> {
    const there = await findMasterKeyCheck(db, organisation)
    if (there) return there
    const head = await findAuditHead(db, organisation)
    const audit = createAudit({ db, clock, organisation, hmacOf: hmacUnder(masterKey) })
    if (head && head.seal !== '' && !audit.isSealed(head)) throw otherKey()
    await addMasterKeyCheck(db, { organisation, hmac: ours, createdAt: clock(), fingerprints: null })
    // Another process that started at the same moment may have been quicker.
    return (await findMasterKeyCheck(db, organisation)) ?? { hmac: ours, fingerprints: null }
  }
}

/** Whether the installation is under this key; undefined when it was never started. */
export async function isMasterKey(
  db: Database,
  { organisation, masterKey }: { organisation: string; masterKey: Secret },
): Promise<boolean | undefined> {
  const kept = await findMasterKeyCheck(db, organisation)
  return kept && kept.hmac === checkOf(masterKey, organisation)
}

/** From one master key to another, in the transaction that re-encrypts what is sealed; written into the log. */
export async function changeMasterKey(
  tx: Tx,
  { to, fingerprints, ...deps }: Omit<MasterKeyDeps, 'db' | 'remember'> & { to: Secret; fingerprints: Secret },
): Promise<void> {
  const { clock, organisation } = deps
  await changeMasterKeyCheck(tx, organisation, {
    hmac: checkOf(to, organisation),
    fingerprints: sealOf({ ...deps, masterKey: to }).close(fingerprints.reveal(), organisation),
  })
  const system = (await listAllActors(tx, organisation)).find(({ kind }) => kind === 'system')
  if (!system) return
  const audit = createAudit({ db: tx, clock, organisation, hmacOf: hmacUnder(fingerprints) })
  await audit.record(tx, { actor: system.id, action: 'access.change-master-key', subject: organisation })
}

const checkOf = (masterKey: Secret, organisation: string): string => hmacUnder(masterKey)('master-key', organisation)

const sealOf = ({ masterKey, random }: Pick<MasterKeyDeps, 'masterKey' | 'random'>) =>
  createSeal({ masterKey, purpose: 'access.fingerprints', random })

const otherKey = () =>
  new Failure(
    'conflict',
    'access.other-master-key',
    'This installation was begun under another master key, without which its keys, sign-ins and stored credentials are unknown. Set AIRWORTHY_MASTER_KEY to the one that its other processes have, or put the file master.key back into the data folder.',
  )
