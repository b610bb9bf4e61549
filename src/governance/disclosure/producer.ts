/**
 * `legal.transparency`: asks through the port as a client would, and looks for the disclosure of the
 * release in the headers of the answer and in the API. Whether an app shows it on its own screen, a person confirms.
 */
import type { Disclosure } from '../../core/disclosure.ts'
import type { Part } from '../../core/manifest.ts'
import type { Producer, ProducerContext, ProducerQuote } from '../../core/producer.ts'

/** What a client was told; null where it was told nothing. */
export type Told = { readonly withAnswer: string | null; readonly overApi: string | null }

export type DisclosureProbeDeps = {
  readonly quoteOf: (context: ProducerContext, calls: number) => Promise<ProducerQuote>
  readonly probe: (context: ProducerContext) => Promise<Told>
}

const NAME = 'governance/disclosure-probe'
const CALLS = 1

export const createDisclosureProbe = ({ quoteOf, probe }: DisclosureProbeDeps): Producer => ({
  name: NAME,
  checks: ['legal.transparency'],
  quote: (context) => quoteOf(context, CALLS),
  async run(context) {
    const { release, application, by } = context
    const document = application.documents.disclosure
    const { disclosure } = release.manifest
    // Who declares nothing is told nothing by it: the check stays open, and says what to do.
    if (!document || !disclosure) return []
    const { shown, unmarked, summary } = weigh(disclosure, await probe(context))
    const inputs: Part[] = [
      { kind: 'document', name: 'disclosure', digest: document.digest },
      { kind: 'flow', name: release.manifest.flow.name, digest: release.manifest.flow.digest },
    ]
    return [
      {
        application: release.application,
        release: release.id,
        check: 'legal.transparency',
        summary,
        facts: {
          disclosureShown: { value: shown },
          unmarkedContent: { value: unmarked, n: disclosure.synthetic.length },
        },
        inputs,
        producer: { name: NAME, version: '1' },
        trust: 'measured',
        by,
      },
    ]
  },
})

export function weigh(disclosure: Disclosure, told: Told) {
  const places = [
    ['with an answer', told.withAnswer],
    ['over the API', told.overApi],
  ] as const
  const silent = places.filter(([, text]) => text !== disclosure.text).map(([where]) => where)
  const unmarked = disclosure.synthetic.filter(({ marking }) => marking === null).map(({ kind }) => kind)
  return {
    shown: silent.length === 0,
    unmarked: unmarked.length,
    summary: `${
      silent.length === 0
        ? 'A client is told with the first answer and over the API'
        : `The disclosure was not found ${silent.join(' and ')}`
    }: “${disclosure.text}”${unmarked.length > 0 ? ` Not marked: ${unmarked.join(', ')}.` : ''}`,
  }
}
