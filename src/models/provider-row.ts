/** A configured provider as it is kept. */
import { z } from 'zod'
import { ActorId, Organisation } from '../core/actor.ts'
import { Name } from '../core/names.ts'
import { Instant } from '../kernel/time.ts'
import { BUILT_IN_PROVIDERS } from './built-in-providers.ts'
import { Dialect, ProviderCall } from './speech.ts'

export const KeptCredential = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('env'), env: z.string() }),
  /** Encrypted; see `sealed.ts`. */
  z.object({ kind: z.literal('sealed'), sealed: z.string() }),
])
export type KeptCredential = z.infer<typeof KeptCredential>

export const ProviderRow = z.object({
  organisation: Organisation,
  name: Name,
  dialect: Dialect,
  baseUrl: z.string(),
  credential: KeptCredential,
  /** Null: what its dialect promises. */
  speaks: z.array(ProviderCall).nullable(),
  updatedAt: Instant,
  updatedBy: ActorId,
})
export type ProviderRow = z.infer<typeof ProviderRow>

/** What is there without anybody having configured it. */
export const BUILT_IN: readonly Pick<ProviderRow, 'name' | 'dialect' | 'baseUrl' | 'credential' | 'speaks'>[] =
  BUILT_IN_PROVIDERS.map(({ name, dialect, baseUrl, env, speaks }) => ({
    name,
    dialect,
    baseUrl,
    credential: env === null ? { kind: 'none' } : { kind: 'env', env },
    speaks: speaks && [...speaks],
  }))
