/** What commands share that show figures of all answers: they wait for a count, say how arms differ, and end by it. */
import { AirworthyError, type ClassFigures } from '../../sdk/index.ts'
import { plural } from '../kernel/plural.ts'
import type { Context } from './command.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { withInterval } from './wording.ts'

type Compared = ClassFigures['comparisons'][number]['comparison'][number]
type Comparisons<One extends Compared = Compared> = readonly {
  readonly arm: string
  readonly comparison: readonly One[]
}[]
type Column<One> = readonly [title: string, of: (one: One) => string]

const POLL_MS = 1_000

/** Over many rows a job counts; its answer is waited for. */
export async function counted<Answer>(output: Context['output'], ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      const answer = await ask()
      output.settle()
      return answer
    } catch (thrown) {
      if (!(thrown instanceof AirworthyError && thrown.code === 'evals.counting')) throw thrown
      output.progress(thrown.message)
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }
}

/** A table for each arm that is held against the reference; `more` are columns behind the verdict. */
export function showDifferences<One extends Compared>(
  output: Context['output'],
  { comparisons, reference, margin }: { comparisons: Comparisons<One>; reference: string; margin: number },
  more: readonly Column<One>[],
): void {
  for (const { arm, comparison } of comparisons) {
    const [first] = comparison
    const left = first?.excluded.count ? `, ${first.excluded.count} left out` : ''
    output.line(`\n${arm} less ${reference}, ${plural(first?.n ?? 0, 'pair')}${left}`)
    output.table(
      ['figure', 'difference', 'verdict', ...more.map(([title]) => title)],
      comparison.map((one) => [
        one.evaluator,
        withInterval(one.difference, one.interval),
        `${one.verdict}${one.neededN === null ? '' : `, n ${one.neededN} would decide`}`,
        ...more.map(([, of]) => of(one)),
      ]),
    )
  }
  output.line(`Differences inside ±${margin} are equivalent.`)
}

/** A worse figure fails, an undecided one is undecided. */
export function exitCodeOf(comparisons: Comparisons): ExitCode {
  const verdicts = comparisons.flatMap(({ comparison }) => comparison.map(({ verdict }) => verdict))
  if (verdicts.includes('worse')) return EXIT.failed
  return verdicts.includes('undecided') ? EXIT.undecided : EXIT.ok
}
