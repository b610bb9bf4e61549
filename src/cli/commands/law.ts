/** law: what laws ask of an application, from when, and which evidence is relevant. Never legal advice. */
import { writeFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { plural } from '../../kernel/plural.ts'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import type { Output } from '../output.ts'

type Client = import('../../../sdk/index.ts').Client
type LawView = Awaited<ReturnType<Client['getLaw']>>

export function addLawCommands(program: Command): void {
  const law = program
    .command('law')
    .description('what laws ask of an application, from when, and which evidence is relevant; no legal advice')
    .argument('<application>')
    .addOption(new Option('--format <name>', 'print it as a paper').choices(['markdown', 'html', 'csv']))
    .option('--out <file>', 'write the paper there')
    .action(
      withServer(async ({ client, output }, name: string, { format, out }: PaperOptions) => {
        if (format !== undefined) {
          const text = await (await client.exportLaw({ params: { name }, query: { format } })).text()
          if (out !== undefined) await writeFile(out, text)
          output.result(out === undefined ? { format, text } : { file: out }, () =>
            output.line(out === undefined ? text : `Wrote ${out}.`),
          )
          return EXIT.ok
        }
        const view = await client.getLaw({ params: { name } })
        output.result(view, () => showLaw(output, view))
        return exitOf(view)
      }),
    )
  law
    .command('questions')
    .description('the questions of the laws, with their options and articles')
    .action(
      withServer(async ({ client, output }) => {
        const { items } = await client.listLaws()
        output.result(items, () =>
          output.table(
            ['id', 'law', 'question', 'answers', 'reference'],
            items.flatMap(({ title, questions }) =>
              questions.map(({ id, label, options, reference }) => [
                id,
                title,
                label,
                options.map(({ value }) => value).join(', '),
                reference,
              ]),
            ),
          ),
        )
        return EXIT.ok
      }),
    )
  law
    .command('answer')
    .description(
      'answer questions of the laws, for example aiRole=deployer aiTalks=yes; they stand in classification.yaml',
    )
    .argument('<application>')
    .argument('<answers...>', 'question=answer, or unknown; question= takes the answer back')
    .action(
      withServer(async ({ client, output }, name: string, given: string[]) => {
        const answers = Object.fromEntries(given.map(answerOf))
        const view = await client.answerLaw({ params: { name }, body: { answers } })
        output.result(view, () => showLaw(output, view))
        return exitOf(view)
      }),
    )
}

type PaperOptions = { format?: 'markdown' | 'html' | 'csv'; out?: string }

/** A prohibited practice is a FAIL; what is not answered yet holds. */
const exitOf = ({ laws, unanswered }: LawView) =>
  laws.some(({ riskClass }) => riskClass?.found?.id === 'unacceptable')
    ? EXIT.failed
    : unanswered > 0
      ? EXIT.undecided
      : EXIT.ok

function answerOf(text: string): [string, string | null] {
  const [id = '', ...rest] = text.split('=')
  if (rest.length === 0)
    throw new UsageError(`${text} is no answer. Write question=answer, for example aiRole=deployer.`)
  const answer = rest.join('=')
  return [id, answer === '' ? null : answer]
}

const STATES = { applies: 'applies', 'may-apply': 'may apply', 'does-not-apply': 'does not apply' } as const

function showLaw(output: Output, { laws, unanswered, differences, caution }: LawView): void {
  for (const { title, state, riskClass, screening, asOf } of laws) {
    const found = riskClass ? `, class ${riskClass.found?.title ?? 'not known yet'}` : ''
    const due = screening ? `, assessment of privacy due: ${screening.due}` : ''
    output.line(`${title} (as of ${asOf}) ${STATES[state]}${found}${due}.`)
  }
  for (const text of differences) output.line(`! ${text}`)
  output.table(
    ['reference', 'obligation', 'state', 'from', 'evidence relevant to it'],
    laws.flatMap(({ title, obligations }) =>
      obligations.map(({ reference, title: what, state, from, isInForce, relevant }) => [
        `${title} ${reference}`,
        what,
        STATES[state],
        isInForce ? from : `${from} (not yet)`,
        relevant.map(({ check, verdict }) => `${check} ${verdict ?? 'not asked'}`).join(', '),
      ]),
    ),
    'No law that is known here reaches it.',
  )
  if (unanswered > 0) output.line(`${plural(unanswered, 'question')} not answered: \`airworthy law questions\`.`)
  output.line(caution)
}
