/** A real request with a key that may send almost none: through the port, like anybody else's. */
import { AirworthyError, ask } from '../../sdk/index.ts'
import type { Access } from '../access/index.ts'
import type { BudgetCapDeps } from '../assurance/index.ts'
import type { Name } from '../core/names.ts'
import { SECOND, sleep } from '../kernel/time.ts'

const KNOWN_AFTER_MS = 5 * SECOND
const AGAIN_MS = 250
/** By a limit of ours; or because nobody knows the price, so that no cap on money could hold. */
const REFUSED = /^gateway\.(?:limit-|price-unknown$)/

export const openBudgetProbe =
  ({
    access,
    address,
  }: {
    access: Pick<Access, 'createKey' | 'discardKey'>
    address: () => string
  }): BudgetCapDeps['openProbe'] =>
  async ({ release, by, limits }) => {
    const application = release.application as Name
    const { key, secret } = await access.createKey({
      name: `cap probe of ${application}`,
      role: 'builder',
      application,
      limits,
      by,
    })
    const question = {
      model: application,
      messages: [{ role: 'user' as const, content: 'ping' }],
      subject: 'cap-probe',
      metadata: { traffic: 'probe' },
    }
    /** A gateway in another process hears of the new key a moment later. */
    async function askOnceKnown(signal: AbortSignal, patience = KNOWN_AFTER_MS): Promise<void> {
      try {
        await ask({ baseUrl: address(), token: secret.reveal() }, { ...question, signal })
      } catch (thrown) {
        if (!(thrown instanceof AirworthyError) || thrown.status !== 401 || patience <= 0) throw thrown
        await sleep(AGAIN_MS, signal)
        await askOnceKnown(signal, patience - AGAIN_MS)
      }
    }
    return {
      async ask(signal) {
        try {
          await askOnceKnown(signal)
          return { status: 200, refusedBy: null }
        } catch (thrown) {
          if (thrown instanceof AirworthyError)
            return { status: thrown.status, refusedBy: REFUSED.test(thrown.code) ? thrown.code : null }
          throw thrown
        }
      },
      close: () => access.discardKey(key.id, by),
    }
  }
