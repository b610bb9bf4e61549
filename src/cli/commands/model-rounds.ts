/** models rounds: how the model of an application was chosen and adapted, round by round. */
import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import { applicationHere } from '../folder.ts'
import type { Output } from '../output.ts'
import { weightsOf } from './model-choice.ts'

type Round = Awaited<ReturnType<Client['listModelRounds']>>['items'][number]
type Outcome = Parameters<Client['closeModelRound']>[0]['body']['kind']

export function addRoundCommands(models: Command): void {
  const rounds = models.command('rounds').description('how models were chosen and adapted, and what led to each round')
  rounds
    .command('list', { isDefault: true })
    .description('the rounds of an application, the newest first')
    .argument('[application]', 'that of this folder when left out')
    .option('--export <file>', 'write them as Markdown')
    .action(
      withServer(async ({ client, output }, target: string | undefined, only: { export?: string }) => {
        const params = { name: applicationHere(target) }
        const { items } = await client.listModelRounds({ params })
        if (only.export !== undefined) writeFileSync(only.export, (await client.exportModelRounds({ params })).content)
        output.result(items, () => show(output, items))
        return EXIT.ok
      }),
    )
  rounds
    .command('open')
    .description('open a round; every one but the first says what led to it')
    .argument('<application>')
    .argument('<title>')
    .option('--led-by <text>', 'what led to it')
    .action(
      withServer(async ({ client, output }, name: string, title: string, { ledBy }: { ledBy?: string }) => {
        const made = await client.openModelRound({ params: { name }, body: { title, ...(ledBy && { ledBy }) } })
        output.result(made, () => output.line(`Round ${made.number} is open.`))
        return EXIT.ok
      }),
    )
  rounds
    .command('keep')
    .description('keep something in the open round, as it stands now')
    .argument('<application>')
    .option('--shortlist <id>', 'a shortlist')
    .option('--suite <name>', 'models as they compare on it')
    .option('--weights <list>', 'with --suite, for example quality:5,cost:3')
    .option('--tuning <id>', 'a tuning that ended')
    .option('--adapted <text>', 'anything else that was adapted')
    .action(
      withServer(async ({ client, output }, name: string, what: Kept) => {
        const { id } = await openRound(client, name)
        const kept = await client.addToModelRound({ params: { id }, body: stepOf(what) })
        output.result(kept, () => output.line(`Kept as step ${kept.steps.length} of round ${kept.number}.`))
        return EXIT.ok
      }),
    )
  rounds
    .command('close')
    .description('close the open round with what came of it')
    .argument('<application>')
    .argument('<outcome>', 'chosen, kept, adapted or dropped')
    .requiredOption('--reason <text>', 'why')
    .option('--model <name>', 'which one was chosen')
    .action(
      withServer(async ({ client, output }, name: string, kind: Outcome, only: { reason: string; model?: string }) => {
        const { id } = await openRound(client, name)
        const closed = await client.closeModelRound({ params: { id }, body: { kind, ...only } })
        output.result(closed, () => output.line(`Round ${closed.number} is closed: ${kind}.`))
        return EXIT.ok
      }),
    )
}

type Kept = { shortlist?: string; suite?: string; weights?: string; tuning?: string; adapted?: string }

/** The server says what is wrong with it. */
function stepOf({ shortlist, suite, weights, tuning, adapted }: Kept) {
  if (shortlist !== undefined) return { kind: 'shortlist', shortlist: shortlist as `msl_${string}` } as const
  if (tuning !== undefined) return { kind: 'tuning', tuning } as const
  if (suite !== undefined)
    return { kind: 'comparison', suite, ...(weights !== undefined && { weights: weightsOf(weights) }) } as const
  return { kind: 'adaptation', what: adapted ?? '' } as const
}

async function openRound(client: Client, name: string): Promise<Round> {
  const [newest] = (await client.listModelRounds({ params: { name } })).items
  if (newest && newest.outcome === null) return newest
  throw new UsageError(`No round of ${name} is open. Open one: airworthy models rounds open ${name} <title>`)
}

function show(output: Output, items: readonly Round[]): void {
  output.table(
    ['round', 'title', 'what led to it', 'kept', 'outcome'],
    items.map(({ number, title, ledBy, steps, outcome }) => [
      String(number),
      title,
      ledBy ?? '-',
      steps.map(({ kind }) => kind).join(', ') || '-',
      outcome === null ? 'open' : [outcome.kind, outcome.model].filter(Boolean).join(' '),
    ]),
    'No round was opened yet: airworthy models rounds open.',
  )
}
