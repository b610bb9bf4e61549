/** classes: how well the answers of each arm name the label that was expected, and how arms differ in it. */
import type { Command } from 'commander'
import type { ClassFigures } from '../../../sdk/index.ts'
import { type Context, withServer } from '../command.ts'
import { counted, exitCodeOf, showDifferences } from '../counted-figures.ts'
import { EXIT } from '../exit-code.ts'
import { figure, withInterval } from '../wording.ts'

const WHY = {
  'few-clusters': 'there are fewer than 20 independent examples',
  'rare-label': 'too few answers expect the rarest label',
} as const
/** More labels than that are in the JSON. */
const MOST_LABELS = 30

export function addClassesCommand(program: Command): void {
  program
    .command('classes')
    .description(
      'accuracy, F1, MCC and calibration of the labels that the arms of an experiment told; exit 1 when worse',
    )
    .argument('<experiment>', 'exp_…, over examples that expect a label')
    .action(
      withServer(async ({ client, output }, experiment: string) => {
        const found = await counted(output, () => client.getClassFigures({ params: { id: experiment } }))
        output.result(found, () => showFigures(output, found))
        return found.comparisons.length === 0 ? EXIT.ok : exitCodeOf(found.comparisons)
      }),
    )
}

function showFigures(output: Context['output'], found: ClassFigures): void {
  if (found.note !== null) output.line(found.note)
  if (found.labels === 0) return
  output.table(
    ['', ...found.arms.map(({ arm, n, none }) => `${arm} (n ${n}${none > 0 ? `, ${none} named no label` : ''})`)],
    [
      ...(found.arms[0]?.figures ?? []).map((one, at) => [
        one.figure,
        ...found.arms.map(({ figures }) => withInterval(figures[at]?.value ?? null, figures[at]?.interval ?? null)),
      ]),
      [
        'calibration error',
        ...found.arms.map(({ calibration }) =>
          calibration ? withInterval(calibration.error, calibration.interval) : 'not known',
        ),
      ],
    ],
  )
  for (const { arm, figures } of found.arms)
    for (const { figure, noIntervalFor } of figures)
      if (noIntervalFor) output.line(`${figure} of ${arm} has no interval: ${WHY[noIntervalFor]}.`)
  for (const { arm, classes } of found.arms) {
    output.line(`\n${arm}, by label${classes.length > MOST_LABELS ? `, the ${MOST_LABELS} most frequent` : ''}`)
    output.table(
      ['label', 'expected', 'told', 'precision', 'recall', 'F1'],
      classes
        .slice(0, MOST_LABELS)
        .map(({ label, support, told, precision, recall, f1 }) => [
          ...[label, String(support), String(told)],
          ...[precision, recall, f1].map(({ value, interval }) => withInterval(value, interval)),
        ]),
    )
  }
  if (found.comparisons.length === 0) return
  const others = found.comparisons.map(({ arm }) => arm)
  const reference = found.arms.find(({ arm }) => !others.includes(arm))?.arm ?? 'the first arm'
  showDifferences(output, { ...found, reference }, [['p', (one) => figure(one.adjustedP ?? one.pValue)]])
}
