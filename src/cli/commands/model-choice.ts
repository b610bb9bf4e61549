/** models search, shortlist, compare: which models there are for a purpose, who fell out and why, and how they did on own cases. */
import type { Command } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { criteriaOf, type Wanted, wanted } from '../model-criteria.ts'
import type { Output } from '../output.ts'
import { figure, percent, withInterval } from '../wording.ts'

type Candidate = Awaited<ReturnType<Client['searchModels']>>['items'][number]
type Weights = Parameters<Client['weighModels']>[0]['body']['weights']
type Weighing = Awaited<ReturnType<Client['weighModels']>>
const MOST_SHOWN = 40

export function addChoiceCommands(models: Command): void {
  models
    .command('platforms')
    .description('where models are reached, beside each other: who runs them, region, price, and how they did here')
    .action(
      withServer(async ({ client, output }) => {
        const { items } = await client.listPlatforms()
        output.result(items, () =>
          output.table(
            ['platform', 'run by', 'host', 'region', 'works', 'models', 'from $ per million', 'asked', 'failed'],
            items.map((one) => [
              one.provider,
              one.runs,
              one.host ?? '-',
              one.region ?? '-',
              one.works ? 'yes' : 'no',
              String(one.models),
              figure(one.cheapestUsdPerMillion),
              String(one.requests),
              one.errorShare === null ? '-' : percent(one.errorShare),
            ]),
          ),
        )
        return EXIT.ok
      }),
    )
  wanted(models.command('search').description('hold every known model against what is needed; nothing is kept')).action(
    withServer(async ({ client, output }, only: Wanted) => {
      const { items } = await client.searchModels({ body: criteriaOf(only) })
      output.result(items, () => showCandidates(output, items, only.measured !== undefined))
      return EXIT.ok
    }),
  )
  wanted(
    models
      .command('shortlist')
      .description('keep a search, with who fell out and why')
      .argument('<title>')
      .option('--application <name>', 'whose cases decide'),
  ).action(
    withServer(async ({ client, output }, title: string, only: Wanted & { application?: string }) => {
      const { application } = only
      const body = { title, criteria: criteriaOf(only), ...(application !== undefined && { application }) }
      const made = await client.createShortlist({ body })
      output.result(made, () => {
        showCandidates(output, made.candidates, only.measured !== undefined)
        output.line(`\nKept as ${made.id}. Decide with: airworthy models decide ${made.id} <model> --reason …`)
      })
      return EXIT.ok
    }),
  )
  models
    .command('decide')
    .description('choose a model of a shortlist; prints the lines for decision.yaml')
    .argument('<shortlist>')
    .argument('<model>')
    .requiredOption('--reason <text>', 'why it')
    .option('--others <text>', 'why none of the others that are left')
    .option('--weights <list>', 'what counts how much, kept with the decision; with --suite')
    .option('--suite <name>', 'the suite by which models are compared')
    .action(
      withServer(
        async (
          { client, output },
          id: `msl_${string}`,
          chosen: string,
          only: { reason: string; others?: string; weights?: string; suite?: string },
        ) => {
          const { candidates, eliminations } = await client.getShortlist({ params: { id } })
          const left = candidates.filter(
            ({ model, outcome }) =>
              model !== chosen && outcome !== 'eliminated' && !eliminations.some((one) => one.model === model),
          )
          const reason = only.others
          const alternatives = reason === undefined ? [] : left.map(({ model }) => ({ model, reason }))
          const { weights, suite = '' } = only
          await client.decideShortlist({
            params: { id },
            body: {
              ...{ chosen, reasons: [only.reason], alternatives },
              ...(weights !== undefined && { weighing: { suite, weights: weightsOf(weights) } }),
            },
          })
          const file = await client.getShortlistDecision({ params: { id } })
          output.result(file, () => output.line(file.content))
          return EXIT.ok
        },
      ),
    )
  models
    .command('compare')
    .description('models on the own cases of an application, from experiments that ran')
    .argument('<application>')
    .argument('<suite>')
    .option('--reference <model>', 'the one that the others are compared with')
    .action(
      withServer(async ({ client, output }, application: string, suite: string, only: { reference?: string }) => {
        const found = await client.compareModels({ query: { application, suite, ...only } })
        output.result(found, () => showComparison(output, found))
        return EXIT.ok
      }),
    )
  models
    .command('weigh')
    .description('sum compared models up under weights of your own; nothing is kept')
    .argument('<application>')
    .argument('<suite>')
    .requiredOption('--weights <list>', 'from 0 to 10 each, for example quality:5,cost:3,effort:1')
    .option('--shortlist <id>', 'takes the hours of people from there')
    .action(
      withServer(
        async (
          { client, output },
          application: string,
          suite: string,
          { weights, shortlist }: { weights: string; shortlist?: `msl_${string}` },
        ) => {
          const body = { application, suite, weights: weightsOf(weights), ...(shortlist && { shortlist }) }
          const found = await client.weighModels({ body })
          output.result(found, () => showWeighing(output, found))
          return EXIT.ok
        },
      ),
    )
}

/** `quality:5,cost:3`; the server says what is wrong with it. */
export function weightsOf(text: string): Weights {
  const pairs = text.split(',').map((pair) => pair.split(':'))
  return Object.fromEntries(pairs.map(([name = '', weight = '']) => [name.trim(), Number(weight || Number.NaN)]))
}

function showWeighing(output: Output, { items, clear, turns }: Weighing): void {
  output.table(
    ['model', 'total', 'at least', 'at most'],
    items.map(({ model, total, low, high }) => [
      model,
      ...[total, low, high].map((value) => (value === null ? 'not known' : value.toFixed(3))),
    ]),
    'No experiment of this suite has ended yet: airworthy eval.',
  )
  if (items.length > 1)
    output.line(
      clear === null
        ? 'Open: what is unknown, or how far the quality may lie, could change who leads.'
        : `${clear} leads whatever is unknown.`,
    )
  for (const { criterion, from, to, leads } of turns)
    output.line(`With ${criterion} at ${to.toFixed(1)} instead of ${from}, ${leads} would lead.`)
}

function showCandidates(output: Output, items: readonly Candidate[], isMeasured: boolean): void {
  output.table(
    ['model', 'outcome', '$ a month', 'served', ...(isMeasured ? ['quality', 'ms', 'micro-$ a task'] : []), 'why'],
    items
      .slice(0, MOST_SHOWN)
      .map(({ model, outcome, monthly, measured, servingMode, reasons }) => [
        model,
        outcome,
        monthly === null ? '-' : `${monthly.low} to ${monthly.high}`,
        servingMode,
        ...(isMeasured ? measuredCells(measured) : []),
        reasons[0]?.why ?? '-',
      ]),
    'No model is known.',
  )
  if (items.length > MOST_SHOWN) output.line(`And ${items.length - MOST_SHOWN} more.`)
}

function measuredCells(measured: Candidate['measured']): string[] {
  if (!measured) return ['not measured', '-', '-']
  const { quality, latencyMs, costPerTaskMicroUsd } = measured
  const { value, interval, n } = quality
  const score = value === null ? 'not known' : `${withInterval(value, interval)}, n ${n}`
  return [score, latencyMs === null ? '-' : String(Math.round(latencyMs.value)), costPerTaskMicroUsd ?? 'not known']
}

function showComparison(
  output: Output,
  { items, reference, evaluator, notes }: Awaited<ReturnType<Client['compareModels']>>,
): void {
  const rounded = (value: number | null | undefined) =>
    value === null || value === undefined ? '-' : String(Math.round(value * 1000) / 1000)
  output.table(
    [
      'model',
      'served',
      evaluator ?? 'quality',
      '95 %',
      `less ${reference ?? '-'}`,
      'first token ms',
      'tokens/s',
      'micro-$ a task',
      'approval',
    ],
    items.map(
      ({ model, servingMode, quality, difference, firstTokenMs, tokensPerSecond, costPerTaskMicroUsd, compliance }) => [
        model,
        servingMode,
        `${rounded(quality.value)} (n ${quality.n})`,
        quality.interval === null ? '-' : `${rounded(quality.interval.low)} to ${rounded(quality.interval.high)}`,
        difference === null ? '-' : `${rounded(difference.value)}, ${difference.verdict}`,
        rounded(firstTokenMs?.value),
        rounded(tokensPerSecond?.value),
        costPerTaskMicroUsd ?? 'not known',
        compliance.approval,
      ],
    ),
    'No experiment of this suite has ended yet: airworthy eval.',
  )
  for (const note of notes) output.line(note)
}
