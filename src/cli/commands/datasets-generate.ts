/** datasets generate, generations, accept: a model drafts cases from documents, and people let them in. */
import type { Command } from 'commander'
import type { Generation } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'

const LOOK_MS = 500

type Given = {
  application?: string
  model: string
  fact: string
  multiHop: string
  outOfScope: string
  persona: string[]
  inputType: string[]
  split: 'build' | 'regress' | 'calibration'
  maxCost?: string
  dryRun: boolean
}

export function addGenerationCommands(datasets: Command): void {
  datasets
    .command('generate')
    .description('let a model draft cases from the documents of an application; they wait in quarantine')
    .argument('<name>')
    .requiredOption('--model <name>', 'who drafts, provider/model')
    .option('--application <name>', 'whose documents; that of the dataset when left out')
    .option('--fact <n>', 'cases that one passage answers', '0')
    .option('--multi-hop <n>', 'cases that take two passages', '0')
    .option('--out-of-scope <n>', 'cases that no document answers', '0')
    .option('--persona <text>', 'who asks; several times, one after the other', more, [])
    .option('--input-type <text>', 'in what form they ask; several times', more, [])
    .option('--split <split>', 'build, regress or calibration; never the holdout', 'regress')
    .option('--max-cost <micro-usd>', 'in millionths of a dollar: nothing begins above it, and it stops there')
    .option('--dry-run', 'say what it takes, and begin nothing', false)
    .action(
      withServer(async ({ client, output }, name: string, given: Given) => {
        const { body } = await client.startGeneration({
          params: { dataset: name },
          body: {
            model: given.model,
            ...(given.application !== undefined && { application: given.application }),
            fact: Number(given.fact),
            multiHop: Number(given.multiHop),
            outOfScope: Number(given.outOfScope),
            personas: given.persona,
            inputTypes: given.inputType,
            split: given.split,
            ...(given.maxCost !== undefined && { maxCostMicroUsd: given.maxCost }),
            dryRun: given.dryRun,
          },
        })
        const { calls, cases, costMicroUsd } = body.quote
        const quoted = `${calls} calls, at most ${cases} cases, ${costMicroUsd === null ? 'price not known' : `${costMicroUsd} micro-USD`}`
        if (body.kind !== 'started') {
          output.result(body, () => output.line(body.kind === 'quote' ? quoted : `Over the budget: ${quoted}.`))
          return body.kind === 'quote' ? EXIT.ok : EXIT.failed
        }
        for (;;) {
          const found = await client.getGeneration({ params: { dataset: name, id: body.id } })
          if (found.result !== null || found.error !== null) {
            output.result(found, () => output.line(said(found)))
            return found.error === null ? EXIT.ok : EXIT.broken
          }
          output.progress(`${found.progress.done} of ${calls} calls`)
          await new Promise((done) => setTimeout(done, LOOK_MS))
        }
      }),
    )
  datasets
    .command('generations')
    .description('what models drafted for a dataset, the newest first')
    .argument('<name>')
    .action(
      withServer(async ({ client, output }, name: string) => {
        const { items } = await client.listGenerations({ params: { dataset: name } })
        output.result(items, () =>
          output.table(
            ['generation', 'model', 'state', 'what came of it'],
            items.map((one) => [one.id, one.model, one.state, said(one)]),
            'No model drafted anything.',
          ),
        )
        return EXIT.ok
      }),
    )
  datasets
    .command('accept')
    .description('let in the cases of a generation that wait, once its sample was looked at')
    .argument('<name>')
    .argument('<generation>', 'job_…')
    .requiredOption('--reason <text>', 'in words that others read')
    .action(
      withServer(async ({ client, output }, name: string, id: string, { reason }: { reason: string }) => {
        const found = await client.acceptGeneration({ params: { dataset: name, id }, body: { reason } })
        output.result(found, () =>
          output.line(`${found.accepted} let in${found.version ? `; version ${found.version.number}` : ''}.`),
        )
        return EXIT.ok
      }),
    )
}

function said({ result, error, quote }: Generation): string {
  if (error !== null) return error
  if (!result) return `at most ${quote.cases} cases`
  const { drafted, held, duplicates, ungrounded, failed } = result
  return `${held} of ${drafted} drafts wait; ${duplicates} were there already, ${ungrounded} did not rest on their passage, ${failed} calls came to nothing`
}

const more = (one: string, before: string[]): string[] => [...before, one]
