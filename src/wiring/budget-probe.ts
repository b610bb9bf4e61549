/** A real request with a key that may send almost none: through the port, like anybody else's. */
import { AirworthyError, ask } from '../../sdk/index.ts'
import type { Access } from '../access/index.ts'
import type { BudgetCapDeps } from '../assurance/index.ts'
import type { Name } from '../core/names.ts'

export const openBudgetProbe =
  ({
    access,
    address,
  }: {
    access: Pick<Access, 'createKey' | 'discardKey'>
    address: () => string
  }): BudgetCapDeps['openProbe'] =>
  async ({ release, by, requestsPerMinute }) => {
    const application = release.application as Name
    const { key, secret } = await access.createKey({
      name: `cap probe of ${application}`,
      role: 'builder',
      application,
      limits: { requestsPerMinute },
      by,
    })
    return {
      async ask(signal) {
        try {
          await ask(
            { baseUrl: address(), token: secret.reveal() },
            {
              model: application,
              messages: [{ role: 'user', content: 'ping' }],
              subject: 'cap-probe',
              metadata: { traffic: 'probe' },
              signal,
            },
          )
          return { status: 200, refusedBy: null }
        } catch (thrown) {
          if (thrown instanceof AirworthyError)
            return { status: thrown.status, refusedBy: thrown.status === 429 ? thrown.code : null }
          throw thrown
        }
      },
      close: () => access.discardKey(key.id, by),
    }
  }
