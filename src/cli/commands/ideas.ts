/** ideas and plan: from an idea to an application with its plan on paper. */
import { readFile, writeFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { plural } from '../../kernel/plural.ts'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'

const MARKS = ['impact', 'feasibility', 'readiness', 'cost', 'risk'] as const
type Id = `ide_${string}`

export function addIdeaCommands(program: Command): void {
  const ideas = program
    .command('ideas')
    .description('ideas, the best first; weights may be given, for example impact=5 risk=0')
    .argument('[weights...]')
    .action(
      withServer(async ({ client, output }, weights: string[]) => {
        const found = await client.listIdeas({ query: marksOf(weights) })
        output.result(found, () =>
          output.table(
            ['id', 'idea', ...MARKS, 'rank', 'application'],
            found.items.map((one) => [
              one.id,
              one.title,
              ...MARKS.map((name) => String(one.scores[name] ?? '?')),
              one.rank?.toFixed(1) ?? '-',
              one.application ?? '-',
            ]),
            'No idea yet. `airworthy ideas add "Answers for our customers"` writes one down.',
          ),
        )
        return EXIT.ok
      }),
    )
  ideas
    .command('add')
    .description('write an idea down')
    .argument('<title>')
    .action(
      withServer(async ({ client, output }, title: string) => {
        const idea = await client.createIdea({ body: { title } })
        output.result(idea, () =>
          output.line(`${idea.id}  ${idea.title}. Next: airworthy ideas score ${idea.id} impact=4 …`),
        )
        return EXIT.ok
      }),
    )
  ideas
    .command('score')
    .description('score an idea from 1 to 5, for example impact=4 cost=2; for cost and risk less is better')
    .argument('<id>')
    .argument('<scores...>')
    .action(
      withServer(async ({ client, output }, id: Id, scores: string[]) => {
        const idea = await client.updateIdea({ params: { id }, body: { scores: marksOf(scores) } })
        output.result(idea, () =>
          output.line(`${idea.title}: ${MARKS.map((name) => `${name} ${idea.scores[name] ?? '?'}`).join(', ')}`),
        )
        return EXIT.ok
      }),
    )
  ideas
    .command('begin')
    .description('make an application of an idea, with its plan filled in from the answers')
    .argument('<id>')
    .argument('<application>', 'its name')
    .option('--template <name>', 'the one that was chosen in the guided plan when left out')
    .action(
      withServer(async ({ client, output }, id: Id, name: string, { template }: { template?: string }) => {
        const idea = await client.beginApplication({ params: { id }, body: { name, ...(template && { template }) } })
        output.result(idea, () => output.line(`${name} is there. Next: airworthy plan ${name}`))
        return EXIT.ok
      }),
    )
  program
    .command('plan')
    .description('the plan of an application as a paper: charter, roadmap, risks, resources, or all of it')
    .argument('<application>')
    .addOption(
      new Option('--paper <name>')
        .choices(['plan', 'charter', 'decision', 'roadmap', 'risks', 'resources'])
        .default('plan'),
    )
    .addOption(new Option('--format <name>').choices(['markdown', 'html', 'csv']).default('markdown'))
    .option('--out <file>', 'write it there')
    .option('--import <file>', 'take in a roadmap, risks or resources that were edited, as CSV or Markdown')
    .action(
      withServer(async ({ client, output }, name: string, options: PlanOptions) => {
        const { paper, format, out } = options
        if (options.import !== undefined) {
          const table = tableOf(paper)
          const text = await readFile(options.import, 'utf8').catch(() => {
            throw new UsageError(`There is no file ${options.import}.`)
          })
          const taken = await client.importPaper({ params: { name, table }, body: { text } })
          output.result(taken, () =>
            output.line(`${plural(taken.changed, 'row')} changed, ${taken.added} added in ${table}.yaml of ${name}.`),
          )
          return EXIT.ok
        }
        const answer = await client.exportPlan({ params: { name, paper }, query: { format } })
        const text = await answer.text()
        if (out !== undefined) await writeFile(out, text)
        output.result(out === undefined ? { paper, format, text } : { file: out }, () =>
          output.line(out === undefined ? text : `Wrote ${out}.`),
        )
        return EXIT.ok
      }),
    )
}

type PlanOptions = {
  paper: 'plan' | 'charter' | 'decision' | 'roadmap' | 'risks' | 'resources'
  format: 'markdown' | 'html' | 'csv'
  out?: string
  import?: string
}

function tableOf(paper: PlanOptions['paper']): 'roadmap' | 'risks' | 'resources' {
  if (paper === 'roadmap' || paper === 'risks' || paper === 'resources') return paper
  throw new UsageError('Say which table it is: --paper roadmap, --paper risks or --paper resources.')
}

function marksOf(words: readonly string[]): Partial<Record<(typeof MARKS)[number], number>> {
  return Object.fromEntries(
    words.map((word) => {
      const [name = '', value = ''] = word.split('=')
      if (!MARKS.some((one) => one === name) || !/^\d+$/.test(value))
        throw new UsageError(`${word} is no score. Write for example impact=4; there are ${MARKS.join(', ')}.`)
      return [name, Number(value)]
    }),
  )
}
