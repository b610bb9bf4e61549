/** prompts tune: variants of a prompt and parameters, held against each other on the build split. */
import { type Command, InvalidArgumentError } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere, applicationOf } from '../folder.ts'
import type { Output } from '../output.ts'
import { findRelease } from '../releases.ts'

type Options = { suite: string; budget: number; release?: string; prompt?: string; sweep: Sweep; dryRun?: boolean }
type Sweep = Record<string, unknown[]>
type Result = NonNullable<Awaited<ReturnType<Client['getTuning']>>['result']>

const POLL_MS = 500

export function addTuneCommand(prompts: Command): void {
  prompts
    .command('tune')
    .description('try variants of a prompt and parameters on the build split, the better half going on, under a budget')
    .argument('[folder-or-application]', 'that of this folder when left out')
    .requiredOption('--suite <name>', 'the suite whose dataset and primary evaluator are used')
    .requiredOption('--budget <calls>', 'the most calls of the model', calls)
    .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
    .option('--prompt <name>', 'that of the last step that asks a model when left out')
    .option('--sweep <parameter=values>', 'for example temperature=0,0.5; may be said again', sweep, {})
    .option('--dry-run', 'only say what it would take')
    .action(
      withServer(async ({ client, output }, target: string | undefined, given: Options) => {
        const name = applicationHere(target === undefined ? undefined : applicationOf(target).name)
        const { id: release } = await findRelease(client, name, given.release)
        const { suite, budget, prompt, sweep: values, dryRun = false } = given
        const { body } = await client.startTuning({
          params: { id: release },
          body: { suite, budget, sweep: values, dryRun, ...(prompt && { prompt }) },
        })
        if (body.kind === 'quote') {
          const { variants, examples, calls: most } = body
          output.result(body, () => output.line(`${variants} variants on up to ${examples} examples: ${most} calls.`))
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

function show(output: Output, { variants, best, evaluator, better, prompt, note }: Result): void {
  output.table(
    ['', 'variant', evaluator, '95 % interval', 'n', 'cost, µ$', 'ms', 'out after round'],
    variants
      .toSorted((one, other) => up(other.mean, better) - up(one.mean, better))
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
  output.line('* chosen · + no other beats it in quality, cost and time at once')
  output.line(`\n${prompt}\n${note}`)
}

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
