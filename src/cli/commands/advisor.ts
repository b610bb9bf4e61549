/** advisor: what an application's assessment speaks for, why, and how to refute it. */
import type { Command } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { plural } from '../../kernel/plural.ts'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import type { Output } from '../output.ts'

type Advice = Awaited<ReturnType<Client['getAdvice']>>['advice']

export function addAdvisorCommands(program: Command): void {
  const advisor = program
    .command('advisor')
    .description('what the answers of the assessment speak for, with reasons, sources and how to refute it')
    .argument('<application>')
    .action(
      withServer(async ({ client, output }, name: string) => {
        const found = await client.getAdvice({ params: { name } })
        output.result(found, () => showAdvice(output, found.advice))
        return found.advice.answer === 'stop' ? EXIT.failed : EXIT.ok
      }),
    )
  advisor
    .command('questions')
    .description('the questions of the assessment with their options')
    .action(
      withServer(async ({ client, output }) => {
        const pack = await client.getAssessmentQuestions()
        output.result(pack, () =>
          output.table(
            ['id', 'question', 'answers'],
            pack.questions.map(({ id, label, options, unit }) => [
              id,
              label,
              options.length > 0 ? options.map(({ value }) => value).join(', ') : `a number${unit ? ` (${unit})` : ''}`,
            ]),
          ),
        )
        return EXIT.ok
      }),
    )
  advisor
    .command('answer')
    .description(
      'answer questions of the assessment, for example task=converse errorCost=unknown, and see what changes',
    )
    .argument('<application>')
    .argument('<answers...>', 'question=answer; question= takes the answer back')
    .action(
      withServer(async ({ client, output }, name: string, given: string[]) => {
        const { answers: before } = await client.getAdvice({ params: { name } })
        const answers = { ...before, ...Object.fromEntries(given.map(answerOf)) }
        const { advice, difference } = await client.askAdvice({ body: { answers, before } })
        const value = { answers: Object.fromEntries(Object.entries(answers).filter(([, one]) => one !== null)) }
        await client.putDocument({ params: { name, document: 'assessment' }, body: { value } })
        output.result({ advice, difference }, () => {
          output.line(
            `Now also: ${difference?.added.join(', ') || 'nothing'}. No longer: ${difference?.removed.join(', ') || 'nothing'}.`,
          )
          showAdvice(output, advice)
        })
        return EXIT.ok
      }),
    )
  advisor
    .command('try')
    .description('start the paired experiment that would refute a rule, in an application of its own')
    .argument('<application>')
    .argument('<rule>', 'for example R5')
    .option('--suite <name>', 'the first of the blueprint when left out')
    .option('--model <provider/model>', 'the other model, for rules that compare two')
    .action(
      withServer(
        async ({ client, output }, name: string, rule: string, options: { suite?: string; model?: string }) => {
          const started = await client.tryAdvice({ params: { name, rule }, body: options })
          output.result(started, () => {
            output.line(`${rule} is being tried as ${started.variant}: experiment ${started.experiment}.`)
            output.line(`Next: airworthy advisor ${name}`)
          })
          return EXIT.ok
        },
      ),
    )
}

function answerOf(text: string): [string, string | number | null] {
  const [id = '', ...rest] = text.split('=')
  const answer = rest.join('=')
  if (rest.length === 0) throw new UsageError(`${text} is no answer. Write question=answer, for example task=converse.`)
  return [id, answer === '' ? null : /^\d+(?:\.\d+)?$/.test(answer) ? Number(answer) : answer]
}

function showAdvice(output: Output, { says, rules, conflicts, tests, ask, pack }: Advice): void {
  output.line(says)
  for (const { id, recommend, reason, state, confidence, effort, sources, safeguard } of rules) {
    output.line('')
    output.line(
      `${id}  ${recommend}${safeguard ? '  [safeguard]' : ''}${state === 'assumed' ? '  [assumed until it is known]' : ''}`,
    )
    output.line(`    Why: ${reason}`)
    output.line(`    Confidence ${confidence.level}, from ${confidence.rests}. ${effort.says}`)
    output.line(`    ${sources.map(({ title, year }) => `${title} (${year})`).join('; ')}`)
  }
  for (const { says: text } of conflicts) output.line(`\n! ${text}`)
  for (const { label, test } of tests) output.line(`\n? ${label} Unknown. ${test}`)
  if (ask[0])
    output.line(`\nAnswer next: ${ask[0].label} (${ask[0].question}) decides ${plural(ask[0].rules.length, 'rule')}.`)
  output.line(`\nRules ${pack.version} of ${pack.asOf}${pack.isOld ? ', past their day of review' : ''}. ${pack.note}`)
}
