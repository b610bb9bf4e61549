/** Work with a key of an application that is made for it and leaves with it. */
import { createClient } from '../../sdk/index.ts'
import type { Access, LimitsChange } from '../access/index.ts'
import type { Name } from '../core/names.ts'
import type { ProducerContext } from '../core/producer.ts'

const CALLS_A_MINUTE = 120
const USUAL: LimitsChange = { requestsPerMinute: CALLS_A_MINUTE }

type Options = { readonly baseUrl: string; readonly token: string }
export type ProbePort = { readonly options: Options; readonly client: ReturnType<typeof createClient> }

type Probing = {
  readonly access: Access
  readonly address: () => string
  /** Names the key in the audit log: `trace probe`. */
  readonly what: string
  readonly limits?: LimitsChange
  /** For when nobody is left to take it away; none when left out. */
  readonly expiresInHours?: number
  /** Faults may be made to happen to its requests. */
  readonly isDrill?: boolean
}

export const withProbeKey =
  ({ access, address, what, limits = USUAL, expiresInHours, isDrill }: Probing) =>
  async <Result>(
    { release, by }: Pick<ProducerContext, 'release' | 'by'>,
    work: (port: ProbePort) => Promise<Result>,
  ): Promise<Result> => {
    const application = release.application as Name
    const asked = {
      name: `${what} of ${application}`,
      role: 'builder' as const,
      application,
      limits,
      by,
      expiresInHours,
      isDrill,
    }
    const { key, secret } = await access.createKey(asked)
    try {
      const options = { baseUrl: address(), token: secret.reveal() }
      return await work({ options, client: createClient(options) })
    } finally {
      await access.discardKey(key.id, by)
    }
  }
