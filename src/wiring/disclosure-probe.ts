/** Real questions through the port with a key of the application, as a client asks them, to see what people are told. */
import { ask, createClient } from '../../sdk/index.ts'
import type { Access } from '../access/index.ts'
import type { Name } from '../core/names.ts'
import type { Producer } from '../core/producer.ts'
import { createDisclosureProbe } from '../governance/index.ts'
import { NOTHING, sumMoney } from '../kernel/money.ts'
import type { Models } from '../models/index.ts'
import { estimateCost } from './estimate.ts'

const QUESTION = 'Who answers here?'
const CALLS_A_MINUTE = 10

export const wireDisclosureProbe = ({
  access,
  models,
  address,
}: {
  access: Access
  models: Models
  address: () => string
}): Producer =>
  createDisclosureProbe({
    async quoteOf({ release: { manifest } }, calls) {
      const turns = [{ role: 'user' as const, content: QUESTION }]
      const one = await estimateCost({ models, manifest, flow: manifest.flow, turns })
      const costMicroUsd = one === null ? null : sumMoney(Array.from({ length: calls }, () => one))
      return { calls, costMicroUsd: costMicroUsd ?? (manifest.target ? null : NOTHING), minutes: 1 }
    },
    async probe({ release, by, signal }) {
      const application = release.application as Name
      const name = `disclosure probe of ${application}`
      const limits = { requestsPerMinute: CALLS_A_MINUTE }
      const { key, secret } = await access.createKey({ name, role: 'builder', application, limits, by })
      const options = { baseUrl: address(), token: secret.reveal() }
      try {
        const { live } = await createClient(options).getDisclosure({ params: { name: application } })
        const served = live.find((one) => one.release === release.id)
        // A release that answers nobody tells nobody anything.
        if (!served) return { withAnswer: null, overApi: null }
        const { disclosure } = await ask(options, {
          model: `${application}@${served.stage}`,
          messages: [{ role: 'user', content: QUESTION }],
          subject: 'disclosure-probe',
          metadata: { traffic: 'probe' },
          signal,
        })
        return { withAnswer: disclosure, overApi: served.disclosure?.text ?? null }
      } finally {
        await access.discardKey(key.id, by)
      }
    },
  })
