/** What summaries say of the same rows, to the digit, whether their columns are held or lie on disk. */
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { digestOf } from '../kernel/digest.ts'
import { openLooseFile } from '../store/loose-file.ts'
import { createCases, readRanking } from './columns/index.ts'
import { createNumberLog } from './numbers/index.ts'
import { examplesOf, MEASURES, rowsOf, SUMMARY_CASES, type SummaryCase } from './summary.example.ts'
import { summarise } from './summary.ts'

/** As they were when all columns of an experiment were in memory. */
const KEPT = JSON.parse(readFileSync(new URL('./summary.example.json', import.meta.url), 'utf8'))
const open = () => openLooseFile(tmpdir())

test.for(
  SUMMARY_CASES.flatMap((one) => [
    [one.name, 'held', undefined, one] as const,
    [one.name, 'on disk', 96, one] as const,
  ]),
)(
  'the figures and the order of %s are what they were, their columns being %s',
  async ([name, , examplesAtOnce, one]) => {
    expect(await summaryOf(one, examplesAtOnce)).toEqual(KEPT[name])
  },
)

async function summaryOf(one: SummaryCase, examplesAtOnce: number | undefined): Promise<unknown> {
  const { arms, repeats, slices, intervals } = one
  const examples = examplesOf(one)
  await using cases = createCases({ count: examples.length, cutBy: slices }, open)
  for (const example of examples) await cases.add(example)
  await using log = createNumberLog({ arms, measures: MEASURES, examples: examples.length, repeats }, open)
  for (const row of rowsOf(one)) await log.add(row.exampleNumber - 1, row)
  await using ranking = await open()
  await using scratch = await open()
  const summary = summarise({
    ...{ logged: log.logged(), cases: cases.end(), measures: MEASURES, intervals, seed: 7 },
    suite: { primary: 'overlap', margin: 0.02, slices: [...slices] },
    scratch: { descriptor: scratch.descriptor, ...(examplesAtOnce && { examplesAtOnce }) },
    ranking: ranking.descriptor,
  })
  const worst: Record<string, string> = {}
  for (const [at, { key }] of arms.includes('control') ? MEASURES.entries() : []) {
    const order: (number | null)[] = []
    for await (const { places, differences } of readRanking(ranking, { count: examples.length, at }))
      for (const [index, place] of places.entries()) {
        const difference = differences[index] ?? Number.NaN
        order.push(place, Number.isNaN(difference) ? null : difference)
      }
    worst[key] = digestOf(order)
  }
  // Of the ids that it names, of which there may be a hundred, their digest.
  return JSON.parse(JSON.stringify({ summary, worst }, (key, value) => (key === 'examples' ? digestOf(value) : value)))
}
