/**
 * `data.lineage`: real answers are followed back to their files, and somebody who does not exist is planted in a trace,
 * a dataset and an index, deleted like anybody, and looked for again. Measured; nobody has to say that it works.
 */
import type { Part } from '../../core/manifest.ts'
import type { Producer, ProducerContext, ProducerQuote } from '../../core/producer.ts'
import { plural } from '../../kernel/plural.ts'
import { DAY } from '../../kernel/time.ts'

/** What became of the person who does not exist. */
export type Drill = {
  /** Where it was found, by place, with how many; and what was still there. */
  readonly found: Readonly<Record<string, number>>
  readonly left: Readonly<Record<string, number>>
  readonly tookMs: number
}

export type LineageDeps = {
  readonly quoteOf: (context: ProducerContext, calls: number) => Promise<ProducerQuote>
  /** Asks so many questions and says of each answer what could not be followed to a file with a source; none is well. */
  readonly follow: (context: ProducerContext, count: number) => Promise<readonly (readonly string[])[]>
  readonly drill: (context: ProducerContext) => Promise<Drill>
}

const NAME = 'governance/lineage-drill'
const ANSWERS = 3
/** The month of GDPR article 12(3), where the application agreed on nothing shorter. */
const AGREED_DAYS = 30
/** Where a person is planted. */
const PLANTED = ['traces', 'contents']

export const createLineageDrill = ({ quoteOf, follow, drill }: LineageDeps): Producer => ({
  name: NAME,
  checks: ['data.lineage'],
  quote: (context) => quoteOf(context, ANSWERS + 1),
  async run(context) {
    const { release, by } = context
    const lost = (await follow(context, ANSWERS)).filter((gaps) => gaps.length > 0)
    const { found, left, tookMs } = await drill(context)
    const missed = PLANTED.filter((place) => !found[place])
    const remains = Object.entries(left).filter(([, count]) => count > 0)
    const parts: Part[] = [
      ...release.manifest.datasets.map(({ name, digest }): Part => ({ kind: 'dataset', name, digest })),
      ...(release.manifest.index
        ? [{ kind: 'index' as const, name: release.manifest.index.name, digest: release.manifest.index.digest }]
        : []),
    ]
    const words = (counts: Readonly<Record<string, number>>) =>
      Object.entries(counts)
        .map(([place, count]) => `${count} in ${place}`)
        .join(', ') || 'nowhere'
    return [
      {
        application: release.application,
        release: release.id,
        check: 'data.lineage',
        summary: `${ANSWERS - lost.length} of ${plural(ANSWERS, 'answer')} led back to files with a source${lost.length > 0 ? `; not ${lost.flat().join(', ')}` : ''}. A person who does not exist was found (${words(found)}) and ${remains.length === 0 && missed.length === 0 ? `is gone after ${Math.ceil(tookMs / 1000)} s` : `not taken out everywhere: ${remains.length > 0 ? words(left) : `never seen in ${missed.join(', ')}`}`}.`,
        facts: {
          untraceableAnswers: { value: lost.length, n: ANSWERS },
          deletionReached: { value: remains.length === 0 && missed.length === 0 },
          deletionDaysOfAgreed: { value: tookMs / DAY / AGREED_DAYS },
        },
        inputs: parts,
        producer: { name: NAME, version: '1' },
        trust: 'measured',
        by,
      },
    ]
  },
})
