/** corpus: BLEU, chrF and ROUGE over all answers of arms, and how arms differ in them. */
import type { Command } from 'commander'
import { AirworthyError, type Client } from '../../../sdk/index.ts'
import { plural } from '../../kernel/plural.ts'
import { type Context, withServer } from '../command.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { figure, withInterval } from '../wording.ts'

type Found = Awaited<ReturnType<Client['compareCorpusFigures']>>
type Arm = Awaited<ReturnType<Client['getCorpusFigures']>>['arms'][number]
type Options = { reference?: string; margin?: string }

const POLL_MS = 1_000

export function addCorpusCommand(program: Command): void {
  program
    .command('corpus')
    .description('BLEU, chrF and ROUGE over all answers of an experiment, or of arms with their paired differences')
    .argument('<experiment-or-arms...>', 'exp_… for all its arms, or two to twelve of exp_…:candidate')
    .option('--reference <arm>', 'the arm that all others are compared with; the first when left out')
    .option(
      '--margin <share>',
      "differences inside ± margin are equivalent; that of the reference's suite when left out",
    )
    .action(
      withServer((context, named: string[], options: Options) => {
        const [first = ''] = named
        return named.length === 1 && !first.includes(':') && !first.includes(',')
          ? showFigures(context, first)
          : showComparison(context, named, options)
      }),
    )
}

async function showFigures({ client, output }: Context, experiment: string): Promise<ExitCode> {
  const found = await counted(output, () => client.getCorpusFigures({ params: { id: experiment } }))
  output.result(found, () => showArms(output, found.arms))
  return EXIT.ok
}

async function showComparison(
  { client, output }: Context,
  named: readonly string[],
  { reference, margin }: Options,
): Promise<ExitCode> {
  const share = margin === undefined ? undefined : Number(margin)
  if (share !== undefined && !(share > 0 && share < 1))
    throw new UsageError(`--margin takes a share between 0 and 1, such as 0.02, not ${margin}.`)
  const query = {
    arms: named.join(','),
    ...(reference !== undefined && { reference }),
    ...(share !== undefined && { margin: share }),
  }
  const found = await counted(output, () => client.compareCorpusFigures({ query }))
  output.result(found, () => {
    showArms(output, found.arms)
    for (const { arm, comparison } of found.comparisons) {
      const [first] = comparison
      const left = first?.excluded.count ? `, ${first.excluded.count} left out` : ''
      output.line(`\n${arm} less ${found.reference}, ${plural(first?.n ?? 0, 'pair')}${left}`)
      output.table(
        ['figure', 'difference', 'verdict', 'p shuffled', 'p resampled', 'ahead'],
        comparison.map((one) => [
          one.evaluator,
          withInterval(one.difference, one.interval),
          `${one.verdict}${one.neededN === null ? '' : `, n ${one.neededN} would decide`}`,
          figure(one.adjustedP ?? one.pValue),
          figure(one.bootstrap?.pValue ?? null),
          one.bootstrap ? `${(100 * one.bootstrap.ahead).toFixed(1)} %` : '-',
        ]),
      )
    }
    output.line(`Differences inside ±${found.margin} are equivalent.`)
  })
  return exitCodeOf(found)
}

function showArms(output: Context['output'], arms: readonly Pick<Arm, 'arm' | 'n' | 'figures'>[]): void {
  output.table(
    ['', ...arms.map(({ arm, n }) => `${arm} (n ${n})`)],
    (arms[0]?.figures ?? []).map((one, at) => [
      one.figure,
      ...arms.map(({ figures }) => withInterval(figures[at]?.value ?? null, figures[at]?.interval ?? null)),
    ]),
  )
}

/** Over many rows a job counts; its answer is waited for. */
async function counted<Answer>(output: Context['output'], ask: () => Promise<Answer>): Promise<Answer> {
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

/** A worse figure fails, an undecided one is undecided. */
function exitCodeOf({ comparisons }: Found): ExitCode {
  const verdicts = comparisons.flatMap(({ comparison }) => comparison.map(({ verdict }) => verdict))
  if (verdicts.includes('worse')) return EXIT.failed
  return verdicts.includes('undecided') ? EXIT.undecided : EXIT.ok
}
