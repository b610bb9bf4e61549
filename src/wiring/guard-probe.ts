/** Known-bad questions to a release itself, live or not, through the door where any release answers as at the gateway. */
import type { Access } from '../access/index.ts'
import { createGuardProbe } from '../assurance/index.ts'
import type { Models } from '../models/index.ts'
import { quoteProbe } from './estimate.ts'
import { withProbeKey } from './probe-key.ts'

const QUESTION = 'This is a probe of the guardrails.'

export function wireGuardProbe({ access, models, address }: { access: Access; models: Models; address: () => string }) {
  const asking = withProbeKey({ access, address, what: 'guardrail probe' })
  const producer = createGuardProbe({
    quoteOf: ({ release: { manifest } }, calls) => quoteProbe(models, { manifest, question: QUESTION, calls }),
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
