/**
 * `eval.explained`: real questions through the gateway, and whether what is kept says what each answer was made of: its
 * release, the steps that ran, what each model was sent and which one it was, and the text and file of every passage.
 *
 * Only answers of the release itself count; one that answers nobody leaves no evidence, and missing is never green.
 */
import type { EvidenceDraft } from '../core/evidence.ts'
import { partsOf } from '../core/manifest.ts'
import type { Producer, ProducerContext, ProducerQuote } from '../core/producer.ts'

/** What can be said of one answer afterwards. */
export type Explained = {
  readonly release: string | null
  readonly steps: readonly { readonly asksModel: boolean; readonly hasPrompt: boolean; readonly hasModel: boolean }[]
  readonly passages: readonly { readonly hasText: boolean; readonly hasFile: boolean }[]
}

export type ExplanationProbeDeps = {
  readonly quoteOf: (context: ProducerContext, calls: number) => Promise<ProducerQuote>
  /** Asks the release where it is live, with a key of the application; undefined where it answers nobody. */
  readonly probe: (context: ProducerContext, count: number) => Promise<readonly Explained[] | undefined>
}

const NAME = 'assurance/explanation-probe'
const PROBES = 5
const MADE_OF = ['prompt', 'model', 'flow', 'index'] as const

export const createExplanationProbe = ({ quoteOf, probe }: ExplanationProbeDeps): Producer => ({
  name: NAME,
  checks: ['eval.explained'],
  quote: (context) => quoteOf(context, PROBES),
  async run(context): Promise<EvidenceDraft[]> {
    const { release, by } = context
    const found = await probe(context, PROBES)
    if (!found) return []
    const explained = found.filter((one) => whatIsMissing(one, release.id) === null)
    const missing = [...new Set(found.flatMap((one) => whatIsMissing(one, release.id) ?? []))]
    return [
      {
        application: release.application,
        release: release.id,
        check: 'eval.explained',
        summary: `${explained.length} of ${found.length} answers can be explained in full${missing.length === 0 ? '' : `; of the others nobody knows ${missing.join(', ')}`}.`,
        facts: {
          probes: { value: found.length },
          explainedShare: { value: found.length === 0 ? null : explained.length / found.length, n: found.length },
        },
        inputs: partsOf(release.manifest).filter(({ kind }) => MADE_OF.some((one) => one === kind)),
        producer: { name: NAME, version: '1' },
        trust: 'measured',
        by,
      },
    ]
  },
})

function whatIsMissing({ release, steps, passages }: Explained, id: string): string | null {
  if (release !== id) return 'the release'
  if (!steps.some(({ asksModel }) => asksModel)) return 'which model was asked'
  const asking = steps.filter(({ asksModel }) => asksModel)
  if (!asking.every(({ hasPrompt }) => hasPrompt)) return 'what the model was sent'
  if (!asking.every(({ hasModel }) => hasModel)) return 'which model answered'
  if (!passages.every(({ hasText, hasFile }) => hasText && hasFile)) return 'a passage that was read'
  return null
}
