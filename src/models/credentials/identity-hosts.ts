/**
 * Where a token of the machine's own identity may be sent. Whoever may change a provider chooses its address, and nobody
 * but the cloud that gave it may see such a token: it opens all that the machine may do.
 */
import { Failure } from '../../kernel/failure.ts'
import { isLoopback } from '../machine-addresses.ts'

const CLOUDS = {
  azure: {
    name: 'Azure',
    /** Where Azure's own services answer, in its three clouds; not where others answer under Azure's name. */
    host: /\.(?:openai|cognitiveservices|services\.ai)\.azure\.(?:com|us|cn)$/,
    shown: '….openai.azure.com, ….cognitiveservices.azure.com and ….services.ai.azure.com',
  },
  google: { name: 'Google', host: /\.googleapis\.com$/, shown: '….googleapis.com' },
} as const
export type IdentityCloud = keyof typeof CLOUDS

/** The failure, where a provider at this address must not be given tokens of this cloud's identity; else undefined. */
export function identityElsewhere(cloud: IdentityCloud, baseUrl: string): Failure | undefined {
  const { name, host, shown } = CLOUDS[cloud]
  const { protocol, hostname } = new URL(baseUrl)
  if (isLoopback(hostname) || (protocol === 'https:' && host.test(hostname))) return undefined
  const message = `A token of the machine's identity at ${name} is sent to ${shown} alone, by https, and not to ${hostname}. Give this address a key of its own.`
  return new Failure('forbidden', 'models.identity-elsewhere', message, {
    problems: [{ field: 'baseUrl', message }],
  })
}
