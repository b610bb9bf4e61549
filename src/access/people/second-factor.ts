/**
 * The second factor: an authenticator app of a person, and ten codes on paper for the day when it is lost.
 *
 * Invariant: a code is taken once. The secret is encrypted under the master key and bound to its person; recovery
 * codes are kept as HMACs. Neither leaves the process after it was made.
 */
import type { ActorId } from '../../core/actor.ts'
import { Failure } from '../../kernel/failure.ts'
import { type KeyChange, resealing } from '../../kernel/reseal.ts'
import { createSeal } from '../../kernel/seal.ts'
import { Secret } from '../../kernel/secret.ts'
import type { Instant } from '../../kernel/time.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import type { Attempts } from './attempts.ts'
import type { PeopleDeps } from './deps.ts'
import {
  countRecoveryCodes,
  findSecondFactor,
  removeSecondFactor,
  replaceRecoveryCodes,
  resealSecondFactors,
  saveSecondFactor,
  takeRecoveryCode,
  takeStep,
} from './store.ts'
import { base32, otpauthUri, SECRET_BYTES, stepOfCode } from './totp.ts'

const RECOVERY_CODES = 10
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

export type FactorStatus = {
  readonly state: 'none' | 'pending' | 'active'
  readonly since: Instant | null
  readonly recoveryCodesLeft: number
}

const PURPOSE = 'access.second-factor'

/** Every second factor from one master key to another. Returns how many. */
export const resealPeople = (tx: Tx, change: KeyChange): Promise<number> =>
  resealSecondFactors(tx, resealing(change, PURPOSE))

export function createSecondFactor(deps: PeopleDeps & { attempts: Attempts }) {
  const { db, clock, random, organisation, masterKey, hmacOf, audit, actors, attempts, publicUrl } = deps
  const seal = createSeal({ masterKey, purpose: PURPOSE, random })

  const recoveryHmac = (actor: ActorId, code: string) => hmacOf('recovery-code', `${actor} ${code}`)

  const isActive = async (actor: ActorId): Promise<boolean> => (await findSecondFactor(db, actor))?.confirmedAt != null

  async function isTotp(actor: ActorId, code: string): Promise<boolean> {
    const row = await findSecondFactor(db, actor)
    if (!row) return false
    const secret = Buffer.from(seal.open(row.sealed, actor), 'base64url')
    const step = stepOfCode(secret, code, { at: clock(), after: row.lastStep })
    return step !== undefined && inTransaction(db, (tx) => takeStep(tx, actor, step))
  }

  const isRecovery = (actor: ActorId, code: string): Promise<boolean> =>
    inTransaction(db, async (tx) => {
      if (!(await takeRecoveryCode(tx, actor, recoveryHmac(actor, code), clock()))) return false
      await audit.record(tx, { actor, action: 'access.use-recovery-code', subject: actor })
      return true
    })

  /** Whether this is a code of the person now; counted, and taken once. Throws `access.sign-in-locked`. */
  async function verify(actor: ActorId, code: Secret): Promise<boolean> {
    await attempts.take('code', actor)
    const text = code.reveal().replace(/[\s-]/g, '').toLowerCase()
    const isRight = /^\d{6}$/.test(text) ? await isTotp(actor, text) : await isRecovery(actor, text)
    if (isRight) await attempts.forget('code', actor)
    else await inTransaction(db, (tx) => audit.record(tx, { actor, action: 'access.refuse-code', subject: actor }))
    return isRight
  }

  async function demandCode(actor: ActorId, code: Secret | undefined): Promise<void> {
    if (code && (await verify(actor, code))) return
    throw wrongCode()
  }

  return {
    isActive,
    verify,

    async status(actor: ActorId): Promise<FactorStatus> {
      const row = await findSecondFactor(db, actor)
      if (!row) return { state: 'none', since: null, recoveryCodesLeft: 0 }
      if (row.confirmedAt === null) return { state: 'pending', since: null, recoveryCodesLeft: 0 }
      return { state: 'active', since: row.confirmedAt, recoveryCodesLeft: await countRecoveryCodes(db, actor) }
    },

    /** Makes a secret for an app. It counts once a code of it was shown; a present one is replaced only with its code. */
    async begin(id: ActorId, code: Secret | undefined): Promise<{ secret: Secret; uri: Secret }> {
      const actor = actors.getActor(id)
      if (actor.kind !== 'person')
        throw new Failure(
          'invalid',
          'access.second-factor-person',
          `${actor.name} is a ${actor.kind}; only people have an authenticator app.`,
        )
      if (await isActive(id)) await demandCode(id, code)
      const bytes = Buffer.from(random(SECRET_BYTES))
      await inTransaction(db, async (tx) => {
        await removeSecondFactor(tx, id)
        await saveSecondFactor(tx, {
          actor: id,
          organisation,
          sealed: seal.close(bytes.toString('base64url'), id),
          createdAt: clock(),
          confirmedAt: null,
          lastStep: 0,
        })
        await audit.record(tx, { actor: id, action: 'access.begin-second-factor', subject: id })
      })
      const secret = base32(bytes)
      const issuer = `Airworthy ${new URL(publicUrl()).hostname}`
      const uri = otpauthUri({ secret, account: actor.signInName ?? actor.name, issuer })
      return { secret: new Secret(secret), uri: new Secret(uri) }
    },

    /** The first code puts the app in force and gives the recovery codes, which are shown this once. */
    async confirm(id: ActorId, code: Secret): Promise<Secret[]> {
      const row = await findSecondFactor(db, id)
      if (!row || row.confirmedAt !== null)
        throw new Failure(
          'conflict',
          'access.second-factor-not-begun',
          'There is no app that waits to be confirmed. Begin with POST /api/v1/second-factor.',
        )
      await demandCode(id, code)
      const codes = Array.from({ length: RECOVERY_CODES }, () => newRecoveryCode(random(RECOVERY_CODES)))
      await inTransaction(db, async (tx) => {
        const confirmed = await findSecondFactor(tx, id)
        if (confirmed) await saveSecondFactor(tx, { ...confirmed, confirmedAt: clock() })
        await replaceRecoveryCodes(
          tx,
          id,
          codes.map((text) => ({
            hmac: recoveryHmac(id, text.replace('-', '')),
            organisation,
            actor: id,
            usedAt: null,
          })),
        )
        await audit.record(tx, { actor: id, action: 'access.confirm-second-factor', subject: id })
      })
      return codes.map((text) => new Secret(text))
    },

    /** Takes the app away: with a code by its person, without one by an owner, for who has lost everything. */
    async remove({ of, by, code }: { of: ActorId; by: ActorId; code?: Secret | undefined }): Promise<void> {
      actors.getActor(of)
      if (of === by && (await isActive(of))) await demandCode(of, code)
      await inTransaction(db, async (tx) => {
        await removeSecondFactor(tx, of)
        await audit.record(tx, { actor: by, action: 'access.remove-second-factor', subject: of })
      })
    },
  }
}

export type SecondFactors = ReturnType<typeof createSecondFactor>

export const wrongCode = () =>
  new Failure(
    'forbidden',
    'access.code-wrong',
    'This is no code of your authenticator app at this moment, or it was used already. Wait for the next one, or use a recovery code.',
  )

function newRecoveryCode(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => ALPHABET.charAt(byte & 31)).join('')
  return `${text.slice(0, 5)}-${text.slice(5)}`
}
