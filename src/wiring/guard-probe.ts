/** Known-bad questions to a release itself, live or not, through the door where any release answers as at the gateway. */
import type { Access } from '../access/index.ts'
import { createGuardProbe } from '../assurance/index.ts'
import { NOTHING, sumMoney } from '../kernel/money.ts'
import type { Models } from '../models/index.ts'
import { estimateCost } from './estimate.ts'
import { withProbeKey } from './probe-key.ts'

const QUESTION = 'This is a probe of the guardrails.'

export function wireGuardProbe({ access, models, address }: { access: Access; models: Models; address: () => string }) {
  const asking = withProbeKey({ access, address, what: 'guardrail probe' })
  const producer = createGuardProbe({
    async quoteOf({ release: { manifest } }, calls) {
      const turns = [{ role: 'user' as const, content: QUESTION }]
      const one = calls === 0 ? NOTHING : await estimateCost({ models, manifest, flow: manifest.flow, turns })
      const costMicroUsd = one === null ? null : sumMoney(Array.from({ length: calls }, () => one))
      return { calls, costMicroUsd: costMicroUsd ?? (manifest.target ? null : NOTHING), minutes: 1 }
    },
    ask: (context, questions) =>
      asking(context, async ({ client }) => {
        const said = []
        for (const content of questions) {
          context.signal.throwIfAborted()
          const { guardrails } = await client.answerRelease({
            params: { id: context.release.id },
            body: { turns: [{ role: 'user', content }] },
          })
          said.push(guardrails)
        }
        return said
      }),
  })
  return { producers: [producer] }
}
