/** corpus: BLEU, chrF and ROUGE over all answers of arms, and how arms differ in them. */
import type { Command } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { type Context, withServer } from '../command.ts'
import { counted, exitCodeOf, showDifferences } from '../counted-figures.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { figure, withInterval } from '../wording.ts'

type Arm = Awaited<ReturnType<Client['getCorpusFigures']>>['arms'][number]
type Options = { reference?: string; margin?: string }

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
    showDifferences(output, found, [
      ['p shuffled', (one) => figure(one.adjustedP ?? one.pValue)],
      ['p resampled', (one) => figure(one.bootstrap?.pValue ?? null)],
      ['ahead', (one) => (one.bootstrap ? `${(100 * one.bootstrap.ahead).toFixed(1)} %` : '-')],
    ])
  })
  return exitCodeOf(found.comparisons)
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
