/** datasets: what waits in quarantine, how good the rows are, and the data sheet. */
import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { withServer } from '../command.ts'
import { EXIT, EXIT_OF_QUALITY, UsageError } from '../exit-code.ts'

/** What is said of personal data in a case. */
const WORDS = ['synthetic', 'allowed'] as const
type CaseOptions = { reason: string; expected?: string; personalData?: string }

export function addQualityCommands(datasets: Command): void {
  datasets
    .command('quarantine')
    .description('rows that did not enter, with line and reason')
    .argument('<name>')
    .action(
      withServer(async ({ client, output }, name: string) => {
        const found = await client.listQuarantine({ params: { dataset: name }, query: { limit: 1000 } })
        output.result(found, () =>
          output.table(
            ['row', 'file', 'line', 'field', 'what was found', 'what to do'],
            found.items.map(({ id, file, line, field, message, remedy }) => [
              id,
              file,
              String(line),
              field,
              message,
              remedy,
            ]),
            'Nothing waits.',
          ),
        )
        return found.items.length === 0 ? EXIT.ok : EXIT.failed
      }),
    )
  datasets
    .command('decide')
    .description('let rows of the quarantine in, or discard them')
    .argument('<name>')
    .argument('<decision>', 'synthetic or allowed (of personal data), accepted (of what a model made), or discarded')
    .argument('<row...>', 'ids of rows, as `quarantine` lists them')
    .requiredOption('--reason <text>', 'in words that others read')
    .action(
      withServer(
        async ({ client, output }, name: string, decision: string, ids: string[], { reason }: { reason: string }) => {
          if (!isDecision(decision)) throw new UsageError('The decision is synthetic, allowed, accepted or discarded.')
          const decided = await client.decideQuarantine({ params: { dataset: name }, body: { ids, decision, reason } })
          output.result(decided, () =>
            output.line(`${decided.decided} decided${decided.version ? `; version ${decided.version.number}` : ''}.`),
          )
          return EXIT.ok
        },
      ),
    )
  datasets
    .command('add-case')
    .description('turn a trace into a case of regress')
    .argument('<name>')
    .argument('<trace>')
    .requiredOption('--reason <text>', 'what went wrong')
    .option('--expected <text>', 'what the answer should have been; a correction of feedback when left out')
    .option('--personal-data <word>', 'what is said of personal data in it: synthetic or allowed')
    .action(
      withServer(async ({ client, output }, name: string, trace: string, options: CaseOptions) => {
        const { personalData, ...others } = options
        const word = WORDS.find((one) => one === personalData)
        if (personalData !== undefined && !word) throw new UsageError('Personal data is synthetic or allowed.')
        const body = { trace, ...others, ...(word && { personalData: word }) }
        const made = await client.addCase({ params: { dataset: name }, body })
        output.result(made.body, () =>
          output.line(made.status === 201 ? `It is a case of ${name} now.` : `It was a case of ${name} already.`),
        )
        return EXIT.ok
      }),
    )
  datasets
    .command('measure')
    .description('measure the quality of the newest version; exit 1 for a FAIL, 3 for what is missing')
    .argument('<name>')
    .action(
      withServer(async ({ client, output }, name: string) => {
        const run = await client.runDataQuality({ params: { dataset: name }, body: {} }, { timeoutMs: 600_000 })
        output.result(run, () => {
          output.line(`${name} version ${run.version}: ${run.verdict}\n`)
          output.table(
            ['verdict', 'measure', 'value', 'n', 'why'],
            run.measures.map(({ verdict, label, value, n, why }) => [
              verdict,
              label,
              value === null ? '-' : String(Number(value.toFixed(4))),
              String(n),
              why,
            ]),
          )
        })
        return EXIT_OF_QUALITY[run.verdict]
      }),
    )
  datasets
    .command('sheet')
    .description('write the data sheet')
    .argument('<name>')
    .argument('<file>', 'its ending says the format: .md or .html')
    .action(
      withServer(async ({ client, output }, name: string, file: string) => {
        const format = file.endsWith('.html') ? 'html' : 'md'
        const response = await client.getDataSheet({ params: { dataset: name }, query: { format } })
        await writeFile(file, await response.text())
        output.result({ file }, () => output.line(`Written: ${file}`))
        return EXIT.ok
      }),
    )
}

const isDecision = (word: string): word is 'synthetic' | 'allowed' | 'accepted' | 'discarded' =>
  ['synthetic', 'allowed', 'accepted', 'discarded'].includes(word)
