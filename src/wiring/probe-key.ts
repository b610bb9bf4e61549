/** Work with a key of an application that is made for it and leaves with it. */
import { createClient } from '../../sdk/index.ts'
import type { Access } from '../access/index.ts'
import type { Name } from '../core/names.ts'
import type { ProducerContext } from '../core/producer.ts'

const CALLS_A_MINUTE = 120

type Options = { readonly baseUrl: string; readonly token: string }
export type ProbePort = { readonly options: Options; readonly client: ReturnType<typeof createClient> }

/** `what` names the key in the audit log: `trace probe`. */
export const withProbeKey =
  ({ access, address, what }: { access: Access; address: () => string; what: string }) =>
  async <Result>({ release, by }: ProducerContext, work: (port: ProbePort) => Promise<Result>): Promise<Result> => {
    const application = release.application as Name
    const limits = { requestsPerMinute: CALLS_A_MINUTE }
    const asked = { name: `${what} of ${application}`, role: 'builder' as const, application, limits, by }
    const { key, secret } = await access.createKey(asked)
    try {
      const options = { baseUrl: address(), token: secret.reveal() }
      return await work({ options, client: createClient(options) })
    } finally {
      await access.discardKey(key.id, by)
    }
  }
