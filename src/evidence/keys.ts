/**
 * Signing keys, one after the other: rotated by plan, revoked when somebody else may have one.
 *
 * Invariant: which key signs is read in the transaction that signs, so that no process signs with an old one after a
 * rotation. A revocation says from when on; what was signed before that goes on verifying, what was signed since is
 * nobody's word.
 */
import type { ActorId } from '../core/actor.ts'
import type { Envelope } from '../core/evidence.ts'
import { Failure } from '../kernel/failure.ts'
import type { Instant } from '../kernel/time.ts'
import { inTransaction, type Tx } from '../store/database.ts'
import type { SigningKey } from './contract.ts'
import type { EvidenceDeps } from './deps.ts'
import { createSigner, type Signer } from './envelope.ts'
import { changeKeys, findKey, keepKey, listKeys, readGeneration, saveGeneration } from './store.ts'

export type EvidenceKeys = ReturnType<typeof createEvidenceKeys>

type Deps = Pick<EvidenceDeps, 'db' | 'clock' | 'organisation' | 'signingKeyOf' | 'record' | 'publish'>

export function createEvidenceKeys({ db, clock, organisation, signingKeyOf, record, publish }: Deps) {
  const signers = new Map<number, Signer>()
  function signerOf(generation: number): Signer {
    const signer = signers.get(generation) ?? createSigner(signingKeyOf(generation))
    signers.set(generation, signer)
    return signer
  }
  const rowOf = (generation: number, since: Instant | null): SigningKey => {
    const { keyid, publicKey } = signerOf(generation)
    const key = { keyid, algorithm: 'ed25519' as const, publicKey, generation, since }
    return { ...key, retiredAt: null, revokedFrom: null, reason: '' }
  }
  const announce = () => publish({ topic: 'evidence-key', id: organisation, application: null })

  /** Ends the key that signs, and begins the next. Gives both. */
  async function next(tx: Tx, reason: string): Promise<{ before: SigningKey; after: SigningKey }> {
    const now = clock()
    const generation = await readGeneration(tx, organisation, { lock: 'update' })
    const before = rowOf(generation, now)
    await keepKey(tx, { ...before, since: now, organisation })
    await changeKeys(tx, { organisation, generation }, { retiredAt: now, reason })
    const after = rowOf(generation + 1, now)
    await saveGeneration(tx, { organisation, generation: generation + 1 })
    await keepKey(tx, { ...after, since: now, organisation })
    return { before, after }
  }

  return {
    /** The one that signs in this transaction; its public half is kept. */
    async current(tx: Tx, now: Instant): Promise<Signer> {
      const generation = await readGeneration(tx, organisation, { lock: 'share' })
      await keepKey(tx, { ...rowOf(generation, now), since: now, organisation })
      return signerOf(generation)
    },

    /** Seals any bytes with the key that signs now. */
    async seal(payloadType: string, payload: Buffer): Promise<Envelope> {
      return signerOf(await readGeneration(db, organisation)).seal(payloadType, payload)
    },

    /** All that have signed, the one that signs now first. */
    async list(): Promise<SigningKey[]> {
      const now = rowOf(await readGeneration(db, organisation), null)
      const kept = await listKeys(db, organisation)
      return [kept.find(({ keyid }) => keyid === now.keyid) ?? now, ...kept.filter(({ keyid }) => keyid !== now.keyid)]
    },

    async rotate({ reason, by }: { reason: string; by: ActorId }): Promise<SigningKey> {
      const { after } = await inTransaction(db, async (tx) => {
        const turned = await next(tx, reason)
        const detail = { before: turned.before.keyid, generation: turned.after.generation, reason }
        await record(tx, { actor: by, action: 'evidence.key-rotate', subject: turned.after.keyid, detail })
        return turned
      })
      announce()
      return after
    },

    /** The key that signs is retired with it, and another one signs. */
    async revoke(given: {
      keyid: string
      from?: Instant | undefined
      reason: string
      by: ActorId
    }): Promise<SigningKey> {
      const { keyid, reason, by } = given
      const now = clock()
      const from = given.from ?? now
      if (from > now)
        throw new Failure(
          'invalid',
          'evidence.key-revoked-ahead',
          `from: ${from} lies ahead; a key is revoked from now on, or from an earlier moment.`,
        )
      const revoked = await inTransaction(db, async (tx) => {
        const generation = await readGeneration(tx, organisation, { lock: 'update' })
        if (rowOf(generation, now).keyid === keyid) await next(tx, reason)
        const key = await findKey(tx, organisation, keyid)
        if (!key) throw new Failure('unknown', 'evidence.key-unknown', `keyid: no key ${keyid} has signed here.`)
        if (key.revokedFrom !== null && key.revokedFrom <= from)
          throw new Failure(
            'conflict',
            'evidence.key-revoked',
            `This key is revoked from ${key.revokedFrom} on already; a revocation is never taken back, and moves only to an earlier moment.`,
          )
        await changeKeys(tx, { organisation, generation: key.generation, keyid }, { revokedFrom: from, reason })
        const detail = { from, reason, generation: key.generation }
        await record(tx, { actor: by, action: 'evidence.key-revoke', subject: keyid, detail })
        return { ...key, revokedFrom: from, reason }
      })
      announce()
      const { organisation: _, ...key } = revoked
      return key
    },
  }
}
