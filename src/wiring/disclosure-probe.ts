/** Real questions through the port with a key of the application, as a client asks them, to see what people are told. */
import { ask } from '../../sdk/index.ts'
import type { Access } from '../access/index.ts'
import type { Name } from '../core/names.ts'
import type { Producer } from '../core/producer.ts'
import { createDisclosureProbe } from '../governance/index.ts'
import type { Models } from '../models/index.ts'
import { quoteProbe } from './estimate.ts'
import { withProbeKey } from './probe-key.ts'

const QUESTION = 'Who answers here?'

export const wireDisclosureProbe = ({
  access,
  models,
  address,
}: {
  access: Access
  models: Models
  address: () => string
}): Producer => {
  const withKey = withProbeKey({ access, address, what: 'disclosure probe' })
  return createDisclosureProbe({
    quoteOf: ({ release: { manifest } }, calls) => quoteProbe(models, { manifest, question: QUESTION, calls }),
    probe: (context) =>
      withKey(context, async ({ options, client }) => {
        const { release, signal } = context
        const application = release.application as Name
        const { live } = await client.getDisclosure({ params: { name: application } })
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
      }),
  })
}
