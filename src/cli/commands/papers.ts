/** card, controls, data and impact: what is known on paper, and where controls have evidence. */
import { readFile, writeFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { type Context, withServer } from '../command.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'

const KINDS = ['system', 'models', 'data', 'annex-iv', 'deployer'] as const
type Kind = (typeof KINDS)[number]
type Format = 'markdown' | 'html' | 'csv'
type Paper = { format?: Format; out?: string }

const onPaper = (command: Command, formats: readonly Format[]): Command =>
  command
    .addOption(new Option('--format <name>', 'print it as a paper').choices([...formats]))
    .option('--out <file>', 'write the paper there')

export function addPaperCommands(program: Command): void {
  onPaper(
    program
      .command('card')
      .description('a card of a release, each field computed, referenced or authored')
      .argument('<release>')
      .argument('[card]', KINDS.join(', '), 'system'),
    ['markdown', 'html'],
  ).action(
    withServer(async (context, id: `rel_${string}`, card: string, options: Paper) => {
      const { client, output } = context
      if (!KINDS.some((kind) => kind === card))
        throw new UsageError(`There is no card ${card}; there are ${KINDS.join(', ')}.`)
      const params = { id, card: card as Kind }
      const { format } = options
      if (format === 'markdown' || format === 'html')
        return print(context, await client.exportReleaseCard({ params, query: { format } }), options)
      const found = await client.getReleaseCard({ params })
      output.result(found, () => {
        for (const { title, fields } of found.sections) {
          output.line(`\n${title}`)
          output.table(
            ['field', 'what is known', 'how', 'from'],
            fields.map(({ label, lines, origin, from }) => [label, lines.join('; ') || 'nobody said', origin, from]),
          )
        }
        output.line(
          found.empty.length > 0 ? `\nEmpty: ${found.empty.join('; ')}.` : '\nNothing that is required is empty.',
        )
        output.line(found.caution)
      })
      return found.empty.length > 0 ? EXIT.undecided : EXIT.ok
    }),
  )
  paperOf(program, {
    name: 'controls',
    description: 'which controls of NIST, ISO, OWASP and ATLAS have evidence in an application',
    exported: (client, ask) => client.exportControlCoverage(ask),
    async shown({ client, output }, name) {
      const view = await client.getControlCoverage({ params: { name } })
      output.result(view, () => {
        output.table(
          ['framework', 'edition', 'evidence', 'partly', 'open', 'not asked', 'no check'],
          view.frameworks.map(({ title, edition, counts }) => [
            title,
            edition,
            ...(['evidence', 'partly', 'open', 'not-asked', 'no-check'] as const).map((state) => String(counts[state])),
          ]),
        )
        output.line(view.caution)
      })
      return EXIT.ok
    },
  })
  paperOf(program, {
    name: 'data',
    description: 'what data an application uses and may use, and what it lacks',
    exported: (client, ask) => client.exportDataGovernance(ask),
    async shown({ client, output }, name) {
      const view = await client.getDataGovernance({ params: { name } })
      output.result(view, () => {
        output.table(
          ['source', 'covers', 'type', 'owner', 'right of use', 'fresh until', 'missing'],
          view.sources.map((one) => [
            one.name,
            one.covers.join(', '),
            one.origin ?? '?',
            one.owner ?? '?',
            one.licence ?? one.legalBasis ?? '?',
            one.dueOn ? `${one.dueOn}${one.isOverdue ? ' (overdue)' : ''}` : '-',
            one.missing.join(', '),
          ]),
          'The inventory names no source. Write inventory.yaml.',
        )
        for (const gap of view.gaps)
          output.line(
            `${gap.id}  ${gap.title}: ${gap.state}${gap.dataset ? `, ${gap.dataset} asked of ${gap.askedOf}` : ''}`,
          )
        if (view.uncovered.length > 0) output.line(`No source covers ${view.uncovered.join(', ')}.`)
      })
      return view.sources.some(({ isOverdue, missing }) => isOverdue || missing.length > 0) || view.uncovered.length > 0
        ? EXIT.undecided
        : EXIT.ok
    },
  })
  paperOf(program, {
    name: 'impact',
    description: 'who is affected and how, as people answered, and which risks and suites follow',
    exported: (client, ask) => client.exportImpact(ask),
    async shown({ client, output }, name) {
      const { answered, of, risks, suites } = await client.getImpact({ params: { name } })
      output.result({ answered, of, risks, suites }, () => {
        output.line(`${answered} of ${of} questions are answered.`)
        for (const { title, isKept } of risks)
          output.line(`  risk: ${title}${isKept ? '' : ' (not in risks.yaml yet)'}`)
        for (const { name: suite, because } of suites) output.line(`  suite ${suite}: ${because}`)
      })
      return answered < of ? EXIT.undecided : EXIT.ok
    },
  })
  program
    .command('pack-changes')
    .description('what a new version of a pack changes, and which checks and applications it touches; nothing is kept')
    .addOption(new Option('--kind <kind>').choices(['law', 'crosswalk', 'advisor']).makeOptionMandatory())
    .argument('<file>', 'the pack as JSON')
    .action(
      withServer(async ({ client, output }, file: string, { kind }: { kind: 'law' | 'crosswalk' | 'advisor' }) => {
        const pack = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
        const changes = await client.comparePack({ body: { kind, pack } })
        output.result(changes, () => {
          output.line(`${changes.name} ${changes.before?.version ?? 'not there yet'} → ${changes.after.version}`)
          output.table(
            ['item', 'change', 'what', 'checks'],
            changes.items.map(({ id, change, title, checks }) => [id, change, title, checks.join(', ')]),
            'Nothing changes.',
          )
          for (const { application, because } of changes.applications) output.line(`${application}: ${because}`)
        })
        return EXIT.ok
      }),
    )
}

type ApplicationPaper = {
  readonly name: string
  readonly description: string
  exported(client: Client, ask: { params: { name: string }; query: { format: Format } }): Promise<Response>
  shown(context: Context, application: string): Promise<ExitCode>
}

/** A command about one application: its view, or the paper of it in one of three formats. */
function paperOf(program: Command, { name, description, exported, shown }: ApplicationPaper): void {
  const command = program.command(name).description(description).argument('<application>')
  onPaper(command, ['markdown', 'html', 'csv']).action(
    withServer(async (context, application: string, options: Paper) => {
      const { format } = options
      if (!format) return shown(context, application)
      const answer = await exported(context.client, { params: { name: application }, query: { format } })
      return print(context, answer, options)
    }),
  )
}

async function print({ output }: Context, answer: Response, { format, out }: Paper): Promise<ExitCode> {
  const text = await answer.text()
  if (out !== undefined) await writeFile(out, text)
  output.result(out === undefined ? { format, text } : { file: out }, () =>
    output.line(out === undefined ? text : `Wrote ${out}.`),
  )
  return EXIT.ok
}
