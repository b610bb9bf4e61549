/** upkeep and review: what has to be done by which day, and the quarterly review. */
import { writeFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere } from '../folder.ts'

const PARTS = ['kpis', 'risks', 'access', 'waivers', 'cost'] as const
type Notes = { [Part in (typeof PARTS)[number]]?: string }
type Held = Notes & { decision: 'keep' | 'change' | 'retire'; reasons: string; application?: string; with: string[] }

export function addUpkeepCommands(program: Command): void {
  program
    .command('upkeep')
    .description('what has to be done by which day, the nearest first; with --ics a file for calendars')
    .option('--application <name>', 'all when left out')
    .option('--ics <file>', 'write it there')
    .action(
      withServer(async ({ client, output }, { application, ics }: { application?: string; ics?: string }) => {
        const query = application === undefined ? {} : { application }
        if (ics !== undefined) {
          await writeFile(ics, await (await client.exportUpkeep({ query })).text())
          output.result({ file: ics }, () => output.line(`Wrote ${ics}.`))
          return EXIT.ok
        }
        const { items } = await client.listUpkeep({ query })
        output.result(items, () =>
          output.table(
            ['by', 'application', 'what', 'to do'],
            items.map((one) => [
              `${one.on}${one.isOverdue ? ' overdue' : ''}`,
              one.application ?? '-',
              one.title,
              one.todo,
            ]),
            'Nothing has to be done.',
          ),
        )
        return items.some(({ isOverdue }) => isOverdue) ? EXIT.failed : EXIT.ok
      }),
    )
  const review = program.command('review').description('the quarterly review of an application')
  review
    .command('sheet')
    .description('what it has before it today')
    .option('--application <name>', 'that of this folder when left out')
    .action(
      withServer(async ({ client, output }, { application }: { application?: string }) => {
        const sheet = await client.getReviewSheet({ params: { name: applicationHere(application) } })
        output.result(sheet, () => {
          for (const part of PARTS) output.line(`${part}\n${sheet.figures[part].map((line) => `  ${line}`).join('\n')}`)
        })
        return EXIT.ok
      }),
    )
  review
    .command('hold')
    .description('sign it as business owner; say something of each part that was gone through')
    .addOption(new Option('--decision <decision>').choices(['keep', 'change', 'retire']).makeOptionMandatory())
    .requiredOption('--reasons <text>', 'at least ten characters')
    .option('--kpis <text>')
    .option('--risks <text>')
    .option('--access <text>')
    .option('--waivers <text>')
    .option('--cost <text>')
    .option('--with <name...>', 'who took part', [])
    .option('--application <name>', 'that of this folder when left out')
    .option('--code <digits>', 'of your authenticator app')
    .action(
      withServer(async ({ client, output }, given: Held & { code?: string }) => {
        const { decision, reasons, application, with: people, code } = given
        const notes = Object.fromEntries(PARTS.flatMap((part) => (given[part] ? [[part, given[part]]] : []))) as Notes
        const held = await client.holdReview(
          { params: { name: applicationHere(application) }, body: { notes, decision, reasons, people } },
          code === undefined ? {} : { oneTimeCode: code },
        )
        output.result(held, () => output.line(`${held.id}: ${held.decision}. The next one is due in 92 days.`))
        return EXIT.ok
      }),
    )
}
