/** prompts wording: a prompt in other words that should not matter, as arms of one experiment, and how much they do. */
import { type Command, InvalidArgumentError } from 'commander'
import type { Client, Experiment } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import type { Output } from '../output.ts'
import { findRelease } from '../releases.ts'
import { effort, figure, money, moneyKnown, withInterval } from '../wording.ts'

type Ask = Parameters<Client['makeWordings']>[0]['body']
type Made = Extract<Awaited<ReturnType<Client['makeWordings']>>['body'], { kind: 'made' }>
type OverBudget = Extract<Awaited<ReturnType<Client['makeWordings']>>['body'], { kind: 'over-budget' }>
type Given = {
  release?: string
  prompt?: string
  kinds?: string
  model?: string
  paraphrases?: number
  repeats?: number
  maxCost?: string
  dryRun: boolean
}

const POLL_MS = 500
/** Of an arm in other words. */
const PREFIX = 'wording-'

export function addWordingCommand(prompts: Command): void {
  prompts
    .command('wording')
    .description('measure whether the wording of a prompt matters: other words for the same as arms of one experiment')
    .argument('<suite>')
    .argument('<application>')
    .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
    .option('--prompt <name>', 'that of the last step that asks a model when left out')
    .option('--kinds <rules>', 'of example-order, whitespace, separators, label-case, politeness, verb, with commas')
    .option('--model <model>', 'provider/model that words the instructions anew besides')
    .option('--paraphrases <n>', 'how many the model is asked for, up to 3; 1 when left out', whole)
    .option('--repeats <n>', 'answers to each question in each arm; 1 when left out', whole)
    .option('--max-cost <micro-usd>', 'in millionths of a dollar, for the model and for the experiment each')
    .option('--dry-run', 'say what it takes, and begin nothing; the model is not asked', false)
    .action(
      withServer(async ({ client, output }, suite: string, name: string, given: Given) => {
        const { id: release } = await findRelease(client, name, given.release)
        const made = await wordingsOf(client, release, given)
        if (made.kind !== 'made') {
          output.result(made, () => output.line(`Over the budget: ${made.calls} calls, ${money(made.costMicroUsd)}.`))
          return EXIT.failed
        }
        const { prompt, variants, unchanged, dropped } = made
        if (unchanged.length > 0) output.line(`Nothing to change by ${unchanged.join(', ')}.`)
        for (const one of dropped) output.line(`Not kept: ${one.name}. ${one.why}`)
        if (variants.length === 0) {
          output.result(made, () => output.line(`No rule changes the prompt ${prompt}, so nothing is measured.`))
          return EXIT.undecided
        }
        const { body: experiment } = await client.createExperiment({
          params: { id: release },
          body: {
            suite,
            against: null,
            variants,
            dryRun: given.dryRun,
            ...(given.repeats !== undefined && { repeats: given.repeats }),
            ...(given.maxCost !== undefined && { maxCostMicroUsd: given.maxCost }),
          },
        })
        if ('quote' in experiment && 'kind' in experiment) {
          const { kind, quote } = experiment
          const said = `${variants.length + 1} arms: ${effort(quote)}. ${quote.basis}`
          output.result(experiment, () => output.line(kind === 'over-budget' ? `Over the budget. ${said}` : said))
          return kind === 'over-budget' ? EXIT.failed : EXIT.ok
        }
        await ended(client, output, experiment)
        return showWordings(client, output, experiment.id)
      }),
    )
}

export const isOfWordings = ({ arms }: Pick<Experiment, 'arms'>): boolean =>
  arms.some(({ arm }) => arm.startsWith(PREFIX))

/** Ends undecided where one wording is, and failed where one moves the score: a script can act on it. */
export async function showWordings(client: Client, output: Output, id: string): Promise<ExitCode> {
  const answer = await client.getWordingStability({ params: { id } })
  const { wordings, spread, evaluator, margin } = answer
  output.result(answer, () => {
    output.table(
      ['wording', 'steady rows [95 %]', 'n', `change of ${evaluator} [95 %]`, 'verdict', 'more needed'],
      wordings.map((of) => [
        named(of.arm),
        withInterval(of.stable, of.interval),
        `${of.n}${of.missing > 0 ? ` (${of.missing} missing)` : ''}`,
        withInterval(of.change, of.changeInterval),
        of.verdict,
        of.moreNeeded === null ? '-' : String(of.moreNeeded),
      ]),
    )
    output.line(`A change up to ${figure(margin)} counts as none.`)
    if (spread)
      output.line(
        `From ${named(spread.best)} to ${named(spread.worst)}: ${withInterval(spread.difference, spread.interval)} over ${spread.n} rows, ${spread.verdict}; the interval holds for every pair of arms.`,
      )
  })
  const verdicts = wordings.map(({ verdict }) => verdict)
  return verdicts.includes('MOVED') ? EXIT.failed : verdicts.includes('INCONCLUSIVE') ? EXIT.undecided : EXIT.ok
}

const named = (arm: string): string => (arm.startsWith(PREFIX) ? arm.slice(PREFIX.length) : 'the prompt as it is')

/** In a dry run no model is asked; a place is kept for each of its paraphrases, so that the quote counts their arms. */
async function wordingsOf(client: Client, release: string, given: Given): Promise<Made | OverBudget> {
  const { prompt, kinds, model, paraphrases: count = 1, maxCost, dryRun } = given
  if (model === undefined && given.paraphrases !== undefined)
    throw new UsageError('--paraphrases is for a model. Name one with --model.')
  const ask: Ask = {
    ...(prompt !== undefined && { prompt }),
    ...(kinds !== undefined && { kinds: kinds.split(',') as NonNullable<Ask['kinds']> }),
    ...(maxCost !== undefined && { maxCostMicroUsd: maxCost }),
  }
  const paraphrase = model === undefined ? {} : { paraphrase: { model, count } }
  const make = async (body: Ask) => (await client.makeWordings({ params: { id: release }, body })).body
  const made = await make(dryRun ? ask : { ...ask, ...paraphrase })
  if (made.kind === 'quote') throw new Error('Wordings were asked for, and a quote came.')
  const [first] = made.kind === 'made' && dryRun && model !== undefined ? made.variants : []
  if (made.kind !== 'made' || !first) return made
  const places = Array.from({ length: count }, (_, at) => ({ ...first, name: `${PREFIX}paraphrase-${at + 1}` }))
  return { ...made, variants: [...made.variants, ...places] }
}

async function ended(client: Client, output: Output, experiment: Experiment): Promise<void> {
  let current = experiment
  while (current.state === 'queued' || current.state === 'running') {
    output.progress(`${current.progress.done} of ${current.progress.total}`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    current = await client.getExperiment({ params: { id: experiment.id } })
  }
  output.settle()
  output.line(`${current.id} (${current.state}), spent ${moneyKnown(current.spentMicroUsd, current.spentUnpriced)}`)
}

function whole(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new InvalidArgumentError('Write a whole number, for example 2.')
}
