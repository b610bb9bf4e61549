/** prompts tune: variants of a prompt and parameters, held against each other on the build split. */
import { type Command, InvalidArgumentError } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere, applicationOf } from '../folder.ts'
import type { Output } from '../output.ts'
import { findRelease } from '../releases.ts'

type Options = {
  suite: string
  budget: number
  release?: string
  prompt?: string
  sweep: Sweep
  proposer?: string
  proposals: string
  task?: string
  dryRun?: boolean
}
type Sweep = Record<string, unknown[]>
type Result = NonNullable<Awaited<ReturnType<Client['getTuning']>>['result']>

type Quote = Extract<Awaited<ReturnType<Client['startTuning']>>['body'], { kind: 'quote' }>

const POLL_MS = 500

export function addTuneCommand(prompts: Command): void {
  prompts
    .command('tune')
    .description('try variants of a prompt and parameters on the build split, the better half going on, under a budget')
    .argument('[folder-or-application]', 'that of this folder when left out')
    .requiredOption('--suite <name>', 'the suite whose dataset and primary evaluator are used')
    .requiredOption('--budget <calls>', 'the most questions to models, a judge and the proposer among them', calls)
    .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
    .option('--prompt <name>', 'that of the last step that asks a model when left out')
    .option('--sweep <parameter=values>', 'for example temperature=0,0.5; may be said again', sweep, {})
    .option(
      '--proposer <model>',
      'provider/model that proposes instructions, shown the worst answers of the build split',
    )
    .option('--proposals <n>', 'how many it is asked for', '4')
    .option('--task <text>', 'what the application is for, as the proposer is told; that of the suite when left out')
    .option('--dry-run', 'only say what it would take')
    .action(
      withServer(async ({ client, output }, target: string | undefined, given: Options) => {
        const name = applicationHere(target === undefined ? undefined : applicationOf(target).name)
        const { id: release } = await findRelease(client, name, given.release)
        const { suite, budget, prompt, sweep: values, proposer: model, proposals, task, dryRun = false } = given
        const proposer = model === undefined ? undefined : { model, count: Number(proposals), ...(task && { task }) }
        const { body } = await client.startTuning({
          params: { id: release },
          body: { suite, budget, sweep: values, dryRun, ...(prompt && { prompt }), ...(proposer && { proposer }) },
        })
        if (body.kind === 'quote') {
          output.result(body, () => output.line(quoted(body)))
          return EXIT.ok
        }
        const result = await watch(client, output, body.id)
        output.result(result, () => show(output, result))
        return EXIT.ok
      }),
    )
}

async function watch(client: Client, output: Output, id: string): Promise<Result> {
  for (;;) {
    const { state, progress, error, result } = await client.getTuning({ params: { id } })
    if (result) {
      output.settle()
      return result
    }
    if (state === 'failed' || state === 'cancelled') throw new Error(error ?? `The tuning was ${state}.`)
    output.progress(`${progress.done} of ${progress.total ?? '?'} calls`)
    await new Promise((done) => setTimeout(done, POLL_MS))
  }
}

function quoted({ variants, examples, calls: most, questions, costMicroUsd }: Quote): string {
  const others = [
    ...(questions.judge > 0 ? [`${questions.judge} to a judge`] : []),
    ...(questions.proposer > 0 ? [`${questions.proposer} to the proposing model`] : []),
  ]
  const cost = costMicroUsd === null ? 'price not known' : `${costMicroUsd} micro-USD`
  return `${variants} variants on up to ${examples} examples: ${most} calls${others.length > 0 ? `, ${others.join(' and ')}` : ''}; ${cost}.`
}

function show(output: Output, { variants, best, evaluator, better, prompt, proposing, note }: Result): void {
  output.table(
    ['', 'variant', evaluator, '95 % interval', 'n', 'cost, µ$', 'ms', 'out after round'],
    variants
      .toSorted((one, other) => stayed(other) - stayed(one) || up(other.mean, better) - up(one.mean, better))
      .map(({ id, mean, interval, n, costMicroUsd, latencyMs, outAfter, pareto }) => [
        id === best ? '*' : pareto ? '+' : '',
        id,
        mean?.toFixed(3) ?? '-',
        interval ? `${interval.low.toFixed(3)} to ${interval.high.toFixed(3)}` : '-',
        String(n),
        costMicroUsd?.toFixed(1) ?? '-',
        latencyMs.toFixed(0),
        outAfter === null ? '-' : String(outAfter),
      ]),
  )
  if (proposing) showProposing(output, proposing)
  output.line('* chosen · + of those tried on all cases, no other beats it in quality, cost and time at once')
  output.line(`\n${prompt}\n${note}`)
}

function showProposing(output: Output, { model, shown, problem, proposals }: NonNullable<Result['proposing']>): void {
  output.line(`${model} was shown ${shown.length} answers of the build split. ${problem ?? ''}`.trim())
  for (const { id, text, refused } of proposals)
    output.line(`${id}: ${text}${refused === null ? '' : ` (refused: ${refused})`}`)
}

/** Rounds: a mean over the few cases of an early one says little. */
const stayed = ({ outAfter }: Result['variants'][number]): number => outAfter ?? Number.MAX_SAFE_INTEGER

/** What has no mean comes last, also where less is better. */
const up = (mean: number | null, better: Result['better']): number =>
  mean === null ? Number.MIN_SAFE_INTEGER : better === 'higher' ? mean : -mean

function calls(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new InvalidArgumentError('Write a whole number of calls, for example 100.')
}

/** `temperature=0,0.5`; numbers and true or false are what they look like. */
function sweep(text: string, before: Sweep): Sweep {
  const [name, values] = text.split('=')
  if (!name || !values)
    throw new InvalidArgumentError('Write a parameter with its values, for example temperature=0,0.5.')
  return { ...before, [name]: values.split(',').map(valueIn) }
}

function valueIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
