/** prompts vary, wording, pairs, stability: suites of questions asked in other ways, and how steady the answers to them are. */
import { type Command, InvalidArgumentError } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import { rewordQuestions } from './prompt-rewording.ts'
import { addWordingCommand, isOfWordings, showWordings } from './prompt-wording.ts'

type Rules = NonNullable<Parameters<Client['writeStabilitySuite']>[0]['body']['kinds']>
type Given = {
  kinds?: string
  model?: string
  paraphrases?: number
  languages?: string
  most?: number
  maxCost?: string
  dryRun: boolean
}

export function addStabilityCommands(prompts: Command): void {
  prompts
    .command('vary')
    .description('make a suite of the same questions as others would ask them, to measure how steady answers are')
    .argument('<suite>')
    .argument('<application>', 'its stored blueprint is varied; freeze it afterwards')
    .option('--kinds <rules>', 'of whitespace, case, typo, order, paraphrase, language, with commas')
    .option('--model <model>', 'provider/model that words the questions anew besides')
    .option('--paraphrases <n>', 'how many of each question the model is asked for; 1 when left out', whole)
    .option('--languages <tags>', 'languages that the model puts the questions into, such as de,fr')
    .option('--most <n>', 'the most questions that are varied, in file order; 200 when left out', whole)
    .option(
      '--max-cost <micro-usd>',
      'in millionths of a dollar: the model is not asked above it, and no further there',
    )
    .option('--dry-run', 'say what the model would be asked and what it takes, and begin nothing', false)
    .action(
      withServer(async ({ client, output }, suite: string, name: string, given: Given) => {
        const { kinds, model, most, paraphrases, languages, maxCost, dryRun } = given
        const rules = kinds?.split(',') as Rules | undefined
        const both = { suite, dryRun, ...(rules && { kinds: rules }), ...(most !== undefined && { most }) }
        if (model !== undefined)
          return rewordQuestions(client, output, {
            params: { name },
            body: {
              ...both,
              model,
              ...(paraphrases !== undefined && { paraphrases }),
              ...(languages !== undefined && { languages: languages.split(',').map((tag) => tag.trim()) }),
              ...(maxCost !== undefined && { maxCostMicroUsd: maxCost }),
            },
          })
        if (paraphrases !== undefined || languages !== undefined || maxCost !== undefined)
          throw new UsageError('--paraphrases, --languages and --max-cost are for a model. Name one with --model.')
        const answer = await client.writeStabilitySuite({ params: { name }, body: both })
        output.result(answer, () => {
          output.line(`${answer.variants} variants of ${answer.originals} questions.`)
          if (answer.written)
            output.line(`Next: airworthy freeze ${name}, airworthy eval ${name} --suite ${answer.suite} --against none`)
        })
        return EXIT.ok
      }),
    )
  addWordingCommand(prompts)
  prompts
    .command('pairs')
    .description('make a bias suite: the same questions, asked by people who differ in one attribute')
    .argument('<suite>')
    .argument('<application>', 'its stored blueprint gets the suite; freeze it afterwards')
    .option('--attributes <names>', 'of gender, age, origin, religion, disability, with commas')
    .action(
      withServer(async ({ client, output }, suite: string, name: string, given: { attributes?: string }) => {
        const attributes = given.attributes?.split(',')
        const answer = await client.writeBiasSuite({
          params: { name },
          body: { suite, ...(attributes && { attributes }) },
        })
        output.result(answer, () => {
          output.line(`${answer.cases} cases of ${answer.questions} questions.`)
          output.line(`Next: airworthy freeze ${name}, airworthy eval ${name} --suite ${answer.suite} --against none`)
        })
        return EXIT.ok
      }),
    )
  prompts
    .command('stability')
    .description('how steady the answers of an experiment over variants or wordings were, with n and interval')
    .argument('<experiment>')
    .action(
      withServer(async ({ client, output }, id: string) => {
        if (isOfWordings(await client.getExperiment({ params: { id } }))) return showWordings(client, output, id)
        const answer = await client.getStability({ params: { id } })
        const { by, ...all } = answer.stability
        output.result(answer, () =>
          output.table(
            ['rule', 'steady', '95 % interval', 'variants', 'questions', `change of ${answer.evaluator}`],
            [['all', all] as const, ...Object.entries(by)].map(([rule, of]) => [
              rule,
              of.stable === null ? '-' : of.stable.toFixed(3),
              of.interval === null ? '-' : `${of.interval.low.toFixed(3)} to ${of.interval.high.toFixed(3)}`,
              `${of.n}${of.missing > 0 ? ` (${of.missing} missing)` : ''}`,
              String(of.questions),
              of.change === null ? '-' : of.change.toFixed(3),
            ]),
          ),
        )
        return EXIT.ok
      }),
    )
}

function whole(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 0) return number
  throw new InvalidArgumentError('Write a whole number, for example 2.')
}
