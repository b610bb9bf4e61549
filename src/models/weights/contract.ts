/** Routes of weights: which files a model is made of, what is in them, and whether they may be used. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Digest } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { JobId } from '../../store/job.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { ModelName } from '../cards/index.ts'
import { Sha256, WeightsFile } from './inspection.ts'
import { keyOf, SignatureState } from './signature.ts'
import { TrustedIdentity } from './trusted-identity.ts'

export const WeightsId = idOf('wgt')
export type WeightsId = z.infer<typeof WeightsId>

const path = z
  .string()
  .min(1)
  .max(1000)
  .refine((text) => !text.startsWith('/') && !text.split(/[/\\]/).includes('..') && !text.includes('\0'), {
    message: 'write a path below the folder of weights, without .. and without / in front',
  })

export const Weights = z.object({
  id: WeightsId,
  organisation: Organisation,
  model: ModelName,
  /** A folder or a file below the folder of weights of the server. */
  path: z.string(),
  /** Which version of the published model it is, for example a commit; null when nobody said. */
  revision: z.string().nullable(),
  /** failed: it could not be looked at as a whole. */
  state: z.enum(['inspecting', 'accepted', 'refused', 'failed']),
  /** Over the paths and digests of all files; null until they are read. */
  digest: Digest.nullable(),
  bytes: z.number().int(),
  files: z.array(WeightsFile),
  signature: SignatureState,
  /** Why they may not be used; empty when they may. */
  problems: z.array(z.string()),
  /** SHA-256 by path, as whoever registered them knew it. */
  expected: z.record(z.string(), Sha256),
  /** PEM of the public key that is trusted; null for none. */
  trustedKey: z.string().nullable(),
  /** Who must have signed, where no key is trusted; null for nobody in particular. */
  trustedIdentity: TrustedIdentity.nullable(),
  job: JobId,
  registeredBy: ActorId,
  registeredAt: Instant,
  inspectedAt: Instant.nullable(),
})
export type Weights = z.infer<typeof Weights>

export const WeightsSummary = Weights.omit({
  files: true,
  expected: true,
  trustedKey: true,
  trustedIdentity: true,
}).extend({
  fileCount: z.number().int(),
})
export type WeightsSummary = z.infer<typeof WeightsSummary>

export const WeightsRegistration = z
  .strictObject({
    model: ModelName,
    path,
    revision: z.string().trim().min(1).max(200).optional(),
    /** SHA-256 by path, as published; a file that differs or is missing is refused. */
    expected: z.record(z.string().min(1).max(1000), Sha256).default({}),
    /** PEM of the public key with which the files must be signed. */
    trustedKey: z
      .string()
      .max(10_000)
      .refine((pem) => keyOf(pem) !== undefined, 'send a public key in PEM: EC, Ed25519 or RSA')
      .optional(),
    /** Who must have signed the files without a key of their own (Sigstore). */
    trustedIdentity: TrustedIdentity.optional(),
  })
  .refine(({ trustedKey, trustedIdentity }) => trustedKey === undefined || trustedIdentity === undefined, {
    message: 'send either trustedKey or trustedIdentity: a folder has one signature',
    path: ['trustedIdentity'],
  })
export type WeightsRegistration = z.infer<typeof WeightsRegistration>

export const registerModelWeights = route({
  name: 'registerModelWeights',
  method: 'POST',
  path: '/api/v1/model-weights',
  summary: 'Register the files that a model is made of: each is hashed and read, and what could run is refused',
  permission: 'operate',
  example: { model: 'vllm/qwen2.5-7b-instruct', path: 'qwen2.5-7b-instruct', revision: 'a09a354' },
  body: WeightsRegistration,
  returns: { 202: Weights },
})

export const listModelWeights = route({
  name: 'listModelWeights',
  method: 'GET',
  path: '/api/v1/model-weights',
  summary: 'List registered weights, the newest first',
  permission: 'view',
  mcp: true,
  query: Page.extend({ cursor: WeightsId.optional(), model: z.string().max(300).optional() }),
  returns: { 200: pageOf(WeightsSummary) },
})

export const getModelWeights = route({
  name: 'getModelWeights',
  method: 'GET',
  path: '/api/v1/model-weights/:id',
  summary: 'Registered weights file by file: digest, format, what the header says, and why one is refused',
  permission: 'view',
  mcp: true,
  params: z.object({ id: WeightsId }),
  returns: { 200: Weights },
})

export const deleteModelWeights = route({
  name: 'deleteModelWeights',
  method: 'DELETE',
  path: '/api/v1/model-weights/:id',
  summary: 'Forget registered weights; the files stay where they are',
  permission: 'operate',
  params: z.object({ id: WeightsId }),
  returns: { 204: null },
})
