/** Credentials of a provider, as they are given, kept and shown: named, ordered, and never shown themselves. */
import { z } from 'zod'
import { Instant } from '../../kernel/time.ts'
import { EntraAccount, ServiceAccount } from './accounts.ts'
import { AWS_SOURCES } from './aws-roles.ts'
import { AZURE_SOURCES } from './azure-identities.ts'
import { ExternalAccount } from './external-accounts.ts'
import { GOOGLE_SOURCES } from './google-identities.ts'

/** The name of the only one. */
export const DEFAULT_CREDENTIAL = 'default'

export const CredentialName = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'a credential is named with lower-case letters, digits and hyphens')

const environmentName = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'an environment variable is written LIKE_THIS')
const place = z
  .string()
  .max(200)
  .regex(
    /^[A-Za-z0-9_-][\w.-]*(?:\/[A-Za-z0-9_-][\w.-]*)?$/,
    'a file or folder is named below the folder of AIRWORTHY_SECRETS, for example openai or openai/first',
  )

/** The identity of a machine of Azure's; see `azure-identities.ts`. */
const azure = {
  azure: z.enum(AZURE_SOURCES),
  clientId: z.guid('the client id of an identity, as 8-4-4-4-12 digits').optional(),
  scope: z
    .string()
    .regex(/^https:\/\/[\w.-]+\/\.default$/, 'a scope is written https://cognitiveservices.azure.com/.default')
    .optional(),
}

/** A key as text (kept encrypted, never shown again), or where it is found. */
export const CredentialInput = z.union([
  z
    .string()
    .max(4096)
    .regex(/^[\x21-\x7e]+$/, 'a key is one line of visible ASCII characters'),
  /** A variable of the environment. */
  z.strictObject({ env: environmentName }),
  /** A mounted secret, below the folder of `AIRWORTHY_SECRETS`; read again when it changes. */
  z.strictObject({ file: place }),
  /** Amazon's own places, renewed by themselves: all in the order of its SDKs (`chain`), or one of them. */
  z.strictObject({ aws: z.enum(AWS_SOURCES) }),
  /** The identity that Azure gives to the machine, the container or the pod: the first that is there (`chain`), or one. */
  z.strictObject(azure),
  /** The identity that Google gives, or the file that `GOOGLE_APPLICATION_CREDENTIALS` names. */
  z.strictObject({ google: z.enum(GOOGLE_SOURCES) }),
  /** The file of a service account of Google's, which is exchanged for tokens. */
  z.strictObject({ serviceAccount: ServiceAccount }),
  /** The file of an identity of elsewhere that Google takes for its own: workload identity federation. */
  z.strictObject({ externalAccount: ExternalAccount }),
  /** An application of Entra's, which is exchanged for tokens. */
  z.strictObject({ entra: EntraAccount.omit({ type: true }) }),
  /** A folder of them: each file is a key with the file's name. */
  z.strictObject({ folder: place }),
])
export type CredentialInput = z.infer<typeof CredentialInput>

export const NamedCredentialInput = z.strictObject({
  name: CredentialName,
  /** Where it is found; left out, what was stored under this name stays. */
  source: CredentialInput.optional(),
  /** In force: used. Otherwise it waits until none in force can be. */
  inForce: z.boolean().default(true),
})
export type NamedCredentialInput = z.infer<typeof NamedCredentialInput>

const named = { name: CredentialName, inForce: z.boolean() }

export const KeptCredential = z.discriminatedUnion('kind', [
  z.object({ ...named, kind: z.literal('env'), env: z.string() }),
  z.object({ ...named, kind: z.literal('file'), file: z.string() }),
  z.object({ ...named, kind: z.literal('folder'), folder: z.string() }),
  z.object({ ...named, kind: z.literal('aws'), aws: z.enum(AWS_SOURCES) }),
  z.object({ ...named, kind: z.literal('azure'), ...azure }),
  z.object({ ...named, kind: z.literal('google'), google: z.enum(GOOGLE_SOURCES) }),
  /** Encrypted; see `sealed.ts`. */
  z.object({ ...named, kind: z.literal('sealed'), sealed: z.string() }),
])
export type KeptCredential = z.infer<typeof KeptCredential>

/** How a credential stands in the process that answers. */
export const CredentialState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  /** Nothing is there, or nothing that can be used. */
  z.object({ kind: z.literal('missing'), reason: z.string() }),
  /** It failed, and others are used until then. */
  z.object({ kind: z.literal('resting'), until: Instant, reason: z.string() }),
])
export type CredentialState = z.infer<typeof CredentialState>

export const Credential = z.object({
  /** As it was named; a folder's are `<name>/<file>`. */
  name: z.string(),
  kind: z.enum(['stored', 'env', 'file', 'aws', 'azure', 'google']),
  /** The variable, the file or the place; null for one that is stored. */
  from: z.string().nullable(),
  inForce: z.boolean(),
  state: CredentialState,
})
export type Credential = z.infer<typeof Credential>
