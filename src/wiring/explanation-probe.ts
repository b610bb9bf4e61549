/** Real questions through the port with a key of the application, and what can be said of the answers afterwards. */
import { ask } from '../../sdk/index.ts'
import type { Access } from '../access/index.ts'
import { createExplanationProbe, type Explained } from '../assurance/index.ts'
import type { Name } from '../core/names.ts'
import type { Models } from '../models/index.ts'
import { quoteProbe } from './estimate.ts'
import { withProbeKey } from './probe-key.ts'

const QUESTION = 'This is a probe of explanations.'
/** Steps that ask a model; one that failed was answered by the next. */
const ASKS = 'generate'

export function wireExplanationProbe({
  access,
  models,
  address,
}: {
  access: Access
  models: Models
  address: () => string
}) {
  const withKey = withProbeKey({ access, address, what: 'explanation probe' })
  const producer = createExplanationProbe({
    quoteOf: ({ release: { manifest } }, calls) => quoteProbe(models, { manifest, question: QUESTION, calls }),
    probe: (context, count) =>
      withKey(context, async ({ options, client }) => {
        const { release, signal } = context
        const name = release.application as Name
        const { stages } = await client.getApplication({ params: { name }, query: {} })
        const stage = stages.find((one) => one.release?.id === release.id)?.stage
        if (stage === undefined) return undefined
        const found: Explained[] = []
        for (let i = 0; i < count; i += 1) {
          const { trace } = await ask(options, {
            model: `${name}@${stage}`,
            messages: [{ role: 'user', content: QUESTION }],
            subject: `explanation-probe-${i}`,
            metadata: { traffic: 'probe' },
            signal,
          })
          const said = await client.explainAnswer({ params: { id: trace } })
          found.push({
            release: said.release?.id ?? null,
            steps: said.steps.map(({ kind, prompt, model }) => ({
              asksModel: kind === ASKS,
              hasPrompt: prompt !== null,
              hasModel: model?.asked != null,
            })),
            passages: said.passages.map(({ text, file }) => ({ hasText: text !== null, hasFile: file !== '' })),
          })
        }
        return found
      }),
  })
  return { producers: [producer] }
}
