/** Rows of what people prove who they are with. No text of a password, code or link is among them. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Instant } from '../../kernel/time.ts'

export const Password = z.object({
  actor: ActorId,
  organisation: Organisation,
  /** In the PHC form, with its parameters. */
  hash: z.string(),
  changedAt: Instant,
})
export type Password = z.infer<typeof Password>

export const Invitation = z.object({
  hmac: z.string(),
  organisation: Organisation,
  actor: ActorId,
  createdAt: Instant,
  expiresAt: Instant,
  redeemedAt: Instant.nullable(),
})
export type Invitation = z.infer<typeof Invitation>

/** account: a sign-in name, known or not · code: codes of one person · address: where it came from. */
export const AttemptScope = z.enum(['account', 'code', 'address'])
export type AttemptScope = z.infer<typeof AttemptScope>

/** How often something was tried since a time. What it was stands there as an HMAC. */
export const SignInAttempts = z.object({
  organisation: Organisation,
  scope: AttemptScope,
  mark: z.string(),
  count: z.number().int(),
  since: Instant,
})
export type SignInAttempts = z.infer<typeof SignInAttempts>

export const SecondFactor = z.object({
  actor: ActorId,
  organisation: Organisation,
  /** The secret, encrypted under a key from the master key and bound to the actor. */
  sealed: z.string(),
  createdAt: Instant,
  /** When a first code showed that the app has it; null until then. */
  confirmedAt: Instant.nullable(),
  /** The step of the last code that was taken. */
  lastStep: z.number().int(),
})
export type SecondFactor = z.infer<typeof SecondFactor>

export const RecoveryCode = z.object({
  hmac: z.string(),
  organisation: Organisation,
  actor: ActorId,
  usedAt: Instant.nullable(),
})
export type RecoveryCode = z.infer<typeof RecoveryCode>

/** A person of an issuer, and who that is here. */
export const Identity = z.object({
  organisation: Organisation,
  issuer: z.string(),
  subject: z.string(),
  actor: ActorId,
  createdAt: Instant,
})
export type Identity = z.infer<typeof Identity>
