/** Routes of evidence: list, read, attest, import, and the keys that verify it all. */
import { z } from 'zod'
import { Duty } from '../core/actor.ts'
import { Evidence, EvidenceId, Fact, SignedEvidence, Trust } from '../core/evidence.ts'
import { Name } from '../core/names.ts'
import { ReleaseId } from '../core/release.ts'
import { Instant } from '../kernel/time.ts'
import { Page, pageOf, route } from '../wire/route.ts'
import { ListedEvidence } from './holding.ts'

export { answerChallenge, challengeEvidence, listChallenges } from './challenge-routes.ts'

/** The public half of a signing key, by which anybody checks an envelope without this server. */
export const SigningKey = z.object({
  /** Digest of the public key in DER, as the envelopes name it. */
  keyid: z.string(),
  algorithm: z.literal('ed25519'),
  /** SPKI in PEM. */
  publicKey: z.string(),
  /** Keys come one after the other; the newest signs. */
  generation: z.number().int().min(1),
  /** When it signed first; null for one that has not signed yet. */
  since: Instant.nullable(),
  /** From here on another one signs. What it signed before holds. */
  retiredAt: Instant.nullable(),
  /** What it signed from here on is nobody's word: somebody else may have had it. */
  revokedFrom: Instant.nullable(),
  /** Why it was retired or revoked; empty for the one in use. */
  reason: z.string(),
})
export type SigningKey = z.infer<typeof SigningKey>

const KeyReason = z.string().trim().min(10, 'say why in at least 10 characters; it stays on record').max(2000)

export const rotateEvidenceKey = route({
  name: 'rotateEvidenceKey',
  method: 'POST',
  path: '/api/v1/evidence/keys/rotations',
  summary: 'Sign with a new key from now on; what was signed before goes on verifying',
  permission: 'administer',
  approval: 'word',
  body: z.strictObject({ reason: KeyReason }),
  returns: { 201: SigningKey },
})

export const revokeEvidenceKey = route({
  name: 'revokeEvidenceKey',
  method: 'POST',
  path: '/api/v1/evidence/keys/revocations',
  summary: 'Say from when on a key is not to be trusted: what it signed since then counts no more, here and offline',
  permission: 'administer',
  approval: 'word',
  body: z.strictObject({ keyid: z.string().min(1), from: Instant.optional(), reason: KeyReason }),
  returns: { 200: SigningKey },
})

export const Attestation = z.strictObject({
  release: ReleaseId,
  check: z.string().min(1),
  /** Figures by the catalogue's names; without them the person confirms that every requirement holds. */
  facts: z.record(z.string(), Fact).optional(),
  reason: z.string().trim().min(10, 'say in at least 10 characters on what this rests'),
  duty: Duty,
  /** Made by example people, and marked so everywhere. */
  example: z.boolean().default(false),
})
export type Attestation = z.infer<typeof Attestation>

export const listEvidence = route({
  name: 'listEvidence',
  method: 'GET',
  path: '/api/v1/evidence',
  summary: 'List evidence, newest first',
  permission: 'view',
  mcp: true,
  query: Page.extend({
    application: Name.optional(),
    release: ReleaseId.optional(),
    check: z.string().optional(),
    trust: Trust.optional(),
    producer: z.string().optional(),
    since: Instant.optional(),
    until: Instant.optional(),
    against: ReleaseId.optional(),
    holds: z.enum(['true', 'false']).optional(),
  }),
  returns: { 200: pageOf(ListedEvidence) },
})

export const listEvidenceKeys = route({
  name: 'listEvidenceKeys',
  method: 'GET',
  path: '/api/v1/evidence/keys',
  summary: 'List the public keys that verify evidence',
  permission: 'view',
  returns: { 200: z.object({ items: z.array(SigningKey) }) },
})

export const getEvidence = route({
  name: 'getEvidence',
  method: 'GET',
  path: '/api/v1/evidence/:id',
  summary: 'Read one piece of evidence with its signed statement',
  permission: 'view',
  mcp: true,
  params: z.object({ id: EvidenceId }),
  returns: { 200: SignedEvidence },
})

export const attestEvidence = route({
  name: 'attestEvidence',
  method: 'POST',
  path: '/api/v1/evidence',
  summary: 'Attest a check that a person may answer, under a duty and with a reason',
  permission: 'attest',
  approval: 'word',
  body: Attestation,
  returns: { 201: SignedEvidence },
})

export const importEvidence = route({
  name: 'importEvidence',
  method: 'POST',
  path: '/api/v1/evidence/imports',
  summary: "Import a tool's own report as evidence",
  permission: 'attest',
  maxBodyBytes: 16 * 1024 * 1024,
  body: z.strictObject({
    tool: z
      .string()
      .min(1)
      .describe('promptfoo, garak, k6, junit, sarif, cyclonedx, mlflow, in-toto, or training-records (CSV or JSON).'),
    release: ReleaseId,
    content: z.string().min(1),
    check: z.string().optional().describe('The check that it answers, where the report leaves it open.'),
    figures: z
      .record(z.string(), z.union([z.number(), z.boolean()]))
      .optional()
      .describe('What the report cannot know, such as p95ObjectiveMs; marked as given.'),
    example: z.boolean().default(false),
  }),
  returns: { 201: z.object({ items: z.array(Evidence) }) },
})
