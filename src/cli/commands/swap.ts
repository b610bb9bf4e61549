/** swap: which model or prompt of a release is another one than before, and probes on both. */
import type { Command } from 'commander'
import type { Client, ModelSwap } from '../../../sdk/index.ts'
import { type Context, withServer } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { applicationHere, applicationOf } from '../folder.ts'
import { findRelease } from '../releases.ts'
import { money } from '../wording.ts'

type Options = { release?: string; run: boolean; maxCost?: string }

const POLL_MS = 500
const MICRO = 1_000_000

export function addSwapCommand(program: Command): void {
  program
    .command('swap')
    .description('what became of a swapped model or a converted prompt: probes on the release before and on this one')
    .argument('[folder-or-application]', 'that of this folder when left out')
    .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
    .option('--run', 'ask both the probes that are proposed, and wait', false)
    .option('--max-cost <usd>', 'refuse to start when the quote is higher')
    .action(
      withServer((context, target: string | undefined, options: Options) =>
        swap(context, applicationHere(target === undefined ? undefined : applicationOf(target).name), options),
      ),
    )
}

async function swap({ client, output }: Context, application: string, options: Options): Promise<ExitCode> {
  const { id } = await findRelease(client, application, options.release)
  let found = await client.getModelSwap({ params: { id } })
  if (options.run && found.probes.some(({ state }) => state === 'proposed')) {
    const { body } = await client.runModelSwapProbes({
      params: { id },
      body: { ...(options.maxCost !== undefined && { maxCostMicroUsd: String(Number(options.maxCost) * MICRO) }) },
    })
    if (body.kind === 'over-budget') {
      output.result(body, () => output.line(`Over the budget: ${quoted(body.quote)}.`))
      return EXIT.failed
    }
    found = await ended(client, id)
  }
  output.result(found, () => show(found, output))
  if (found.verdict === 'worse') return EXIT.failed
  return found.verdict === 'open' || found.verdict === 'undecided' ? EXIT.undecided : EXIT.ok
}

async function ended(client: Client, id: string): Promise<ModelSwap> {
  for (;;) {
    const found = await client.getModelSwap({ params: { id } })
    if (!found.probes.some(({ state }) => state === 'running')) return found
    await new Promise((done) => setTimeout(done, POLL_MS))
  }
}

function show({ models, prompts, probes, verdict, quote, against, set }: ModelSwap, output: Context['output']): void {
  if (against === null || models.length + prompts.length === 0) {
    output.line(
      against === null ? 'There is no release before this one.' : 'No model and no prompt is another one than before.',
    )
    return
  }
  for (const { name, before, now } of models)
    output.line(
      `${name}: ${before?.model ?? 'none'} became ${now?.model ?? 'none'}${before?.model === now?.model ? ' with other parameters' : ''}.`,
    )
  if (prompts.length > 0) output.line(`Prompts with other words: ${prompts.join(', ')}.`)
  output.table(
    ['probe', 'state', 'verdict', 'difference', 'pairs', 'pairs that decide', 'why'],
    probes.map(({ suite, state, comparison, why }) => [
      suite,
      state,
      comparison?.verdict ?? '-',
      comparison?.difference?.toFixed(3) ?? '-',
      String(comparison?.n ?? '-'),
      String(comparison?.neededN ?? '-'),
      why ?? '-',
    ]),
    'It has no suite to be asked.',
  )
  if (set === 'default' && probes.length > 0) output.line('No suite says `probe: true`, so all of them are asked.')
  if (quote) output.line(`Proposed: ${quoted(quote)}. Begin with --run.`)
  output.line(`Together: ${verdict}.`)
}

const quoted = (quote: ModelSwap['quote']): string =>
  quote === null ? 'nothing' : `${quote.calls} calls, ${money(quote.costMicroUsd)}, ${Math.ceil(quote.minutes)} minutes`
