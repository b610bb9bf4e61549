/** trials: people try a release and say how it went. */
import type { Command } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { plural } from '../../kernel/plural.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere } from '../folder.ts'

type Id = Awaited<ReturnType<Client['getTrial']>>['trial']['id']
type Begin = { application?: string; title: string; consent: string; task: string[]; keepDays: string }
type Share = { label?: string; uses?: string }

const percent = (share: number | null) => (share === null ? '-' : `${Math.round(share * 100)} %`)

export function addTrialCommands(program: Command): void {
  const trials = program.command('trials').description('people try a release and say how it went')
  trials
    .command('list')
    .description('trials of an application with their results')
    .option('--application <name>', 'that of this folder when left out')
    .action(
      withServer(async ({ client, output }, { application }: { application?: string }) => {
        const { items } = await client.listTrials({ params: { name: applicationHere(application) } })
        output.result(items, () =>
          output.table(
            ['id', 'trial', 'state', 'asked', 'answered', 'answers', 'rating', 'negative'],
            items.map(({ trial, report }) => [
              trial.id,
              trial.title,
              trial.closedAt === null ? 'open' : 'over',
              String(report.invited),
              percent(report.responseRate),
              String(report.answers),
              report.rating?.toFixed(1) ?? '-',
              String(report.negative),
            ]),
            'No trial yet. `airworthy trials begin --help` says how.',
          ),
        )
        return EXIT.ok
      }),
    )
  trials
    .command('begin')
    .description('begin one, with tasks such as --task return="Find out how to return a parcel"')
    .requiredOption('--title <text>')
    .requiredOption('--consent <text>', 'what people agree to before they take part')
    .option('--task <id=text...>', 'what people are to try', [])
    .option('--keep-days <n>', 'names and comments are gone so many days after the end', '90')
    .option('--application <name>', 'that of this folder when left out')
    .action(
      withServer(async ({ client, output }, { application, title, consent, task, keepDays }: Begin) => {
        const tasks = task.map((word, at) => {
          const [id = '', text] = word.split(/=(.*)/s)
          return text === undefined ? { id: `task-${at + 1}`, text: word } : { id, text }
        })
        const { trial } = await client.createTrial({
          params: { name: applicationHere(application) },
          body: { title, consent, tasks, retentionDays: Number(keepDays) },
        })
        output.result(trial, () => output.line(`${trial.id}. Next: airworthy trials link ${trial.id} "Uma User"`))
        return EXIT.ok
      }),
    )
  trials
    .command('link')
    .description('make links to the form: one a person, good once; or with --label and --uses one for many')
    .argument('<trial>')
    .argument('[people...]')
    .option('--label <text>', 'where the link for many hangs')
    .option('--uses <n>', 'how often the link for many may be used')
    .action(
      withServer(async ({ client, output }, id: Id, people: string[], { label, uses }: Share) => {
        const shared = label === undefined ? undefined : { label, mostUses: Number(uses ?? 100) }
        const { links } = await client.createTrialLinks({
          params: { id },
          body: { people, ...(shared && { shared }) },
        })
        output.result(links, () => {
          for (const { label: whose, mostUses, url } of links)
            output.line(`${whose}, ${mostUses === 1 ? 'once' : `${mostUses} times`}: ${url}`)
        })
        return EXIT.ok
      }),
    )
  trials
    .command('report')
    .description('who answered, how the tasks went, and what many say')
    .argument('<trial>')
    .action(
      withServer(async ({ client, output }, id: Id) => {
        const found = await client.getTrial({ params: { id } })
        output.result(found, () => {
          const { report } = found
          output.line(
            `${plural(report.answers, 'answer')}; ${report.answeredOfInvited} of ${report.invited} who were asked (${percent(report.responseRate)}). Rating ${report.rating?.toFixed(1) ?? '-'} of 5.`,
          )
          for (const { text, done, withHelp, failed } of report.tasks)
            output.line(`  ${text}: ${done} done, ${withHelp} with help, ${failed} failed`)
          for (const { words, answers, rating, quotes } of report.themes)
            output.line(`  “${words}”: ${answers} say it, rating ${rating.toFixed(1)}. For example: ${quotes[0] ?? ''}`)
        })
        return EXIT.ok
      }),
    )
  trials
    .command('end')
    .description('take no answers any more')
    .argument('<trial>')
    .action(
      withServer(async ({ client, output }, id: Id) => {
        const { trial } = await client.closeTrial({ params: { id } })
        output.result(trial, () =>
          output.line(`It is over. Names and comments are gone after ${trial.retentionDays} days.`),
        )
        return EXIT.ok
      }),
    )
}
