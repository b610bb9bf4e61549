/** BLEU and chrF against the vectors that sacreBLEU gave (data/statistics-vectors/text.json). */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bleuOf } from './bleu.ts'
import { chrfOf } from './chrf.ts'

type Entry = {
  function: string
  input: { hypothesis?: string; hypotheses?: string[]; references: string[] }
  expected: Record<string, number | number[]>
}
const entries: Entry[] = JSON.parse(
  readFileSync(new URL('../../../data/statistics-vectors/text.json', import.meta.url), 'utf8'),
)

const pairsOf = ({ hypothesis, hypotheses = [hypothesis ?? ''], references }: Entry['input']) =>
  hypotheses.map((answer, at) => ({ answer, reference: references[at] ?? '' }))

const COMPUTED: Readonly<Record<string, (entry: Entry) => Record<string, unknown>>> = {
  'bleu.corpus': ({ input }) => {
    const { bleu, brevityPenalty, hits, totals } = bleuOf(
      pairsOf(input).map(({ answer, reference }) => ({ answer, references: [reference] })),
    )
    const precisions = hits.map((hit, at) => (100 * hit) / (totals[at] ?? 1))
    return { bleu: 100 * bleu, brevityPenalty, counts: hits, totals, precisions }
  },
  'bleu.sentence': ({ input }) => ({
    bleu:
      100 * bleuOf([{ answer: input.hypothesis ?? '', references: input.references }], { effectiveOrder: true }).bleu,
  }),
  'chrf.corpus': ({ input }) => ({ chrf: 100 * chrfOf(pairsOf(input)) }),
  'chrf.sentence': ({ input }) => ({ chrf: 100 * chrfOf(pairsOf(input)) }),
  'chrf++.corpus': ({ input }) => ({ chrf: 100 * chrfOf(pairsOf(input), 2) }),
  'chrf++.sentence': ({ input }) => ({ chrf: 100 * chrfOf(pairsOf(input), 2) }),
}

test.for(entries.map((entry, at) => ({ at, name: entry.function, entry })))('meets vector $at $name', ({ entry }) => {
  const found = COMPUTED[entry.function]?.(entry) ?? {}
  for (const [name, wanted] of Object.entries(entry.expected))
    [wanted].flat().forEach((value, at) => {
      expect(Number([found[name]].flat()[at]), name).toBeCloseTo(value, 9)
    })
})
