/** maturity and remarks: how the organisation works, and what people say of its governance. */
import { type Command, Option } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'

type Questionnaire = Parameters<Client['assessMaturity']>[0]['params']['questionnaire']
type Outcome = Parameters<Client['decideRemark']>[0]['body']['outcome']

export function addWayOfWorkingCommands(program: Command): void {
  addMaturity(program)
  addRemarks(program)
}

function addMaturity(program: Command): void {
  const maturity = program
    .command('maturity')
    .description('how mature you are in data and in AI: what people said beside what is measured')
    .action(
      withServer(async ({ client, output }) => {
        const { items } = await client.listMaturity()
        output.result(items, () => {
          for (const { title, areas, levels } of items) {
            output.line(`${title}`)
            output.table(
              ['area', 'people say', 'measured', 'asked as'],
              areas.map(({ title: area, said, measured, items: asked }) => [
                area,
                said === null ? '?' : `${said} ${levels[said]}`,
                measured === null ? '?' : `${measured} ${levels[measured]}`,
                asked.flatMap(({ id, measure }) => (measure === null ? [id] : [])).join(' '),
              ]),
            )
          }
        })
        return EXIT.ok
      }),
    )
  maturity
    .command('answer')
    .description('answer a questionnaire anew; earlier answers are kept, and what is measured cannot be answered')
    .argument('<questionnaire>', 'data or ai')
    .argument('<answers...>', 'question=level, from 0 to 3, for example sources-known=2')
    .action(
      withServer(async ({ client, output }, questionnaire: Questionnaire, words: string[]) => {
        const answers = Object.fromEntries(
          words.map((word) => {
            const [, id, level] = /^([a-z-]+)=([0-3])$/.exec(word) ?? []
            if (id === undefined) throw new UsageError(`${word} is no answer. Write for example sources-known=2.`)
            return [id, Number(level)]
          }),
        )
        const found = await client.assessMaturity({ params: { questionnaire }, body: { answers } })
        output.result(found, () => output.line(`Kept. ${found.history.length} in the history.`))
        return EXIT.ok
      }),
    )
}

function addRemarks(program: Command): void {
  const remarks = program
    .command('remarks')
    .description('what people say of the governance itself, and what became of it')
    .action(
      withServer(async ({ client, output }) => {
        const { items } = await client.listRemarks()
        output.result(items, () =>
          output.table(
            ['remark', 'about', 'says', 'outcome', 'because'],
            items.map(({ id, about, says, outcome, reason, change }) => [
              id,
              about,
              says,
              outcome ?? 'open',
              [reason, change].filter(Boolean).join(' '),
            ]),
            'No remark yet. `airworthy remarks add eval.smoke "…"` writes one.',
          ),
        )
        return EXIT.ok
      }),
    )
  remarks
    .command('add')
    .description('say what is good or bad in a check, a policy or a form')
    .argument('<about>', 'its id, or in words')
    .argument('<text>')
    .action(
      withServer(async ({ client, output }, about: string, says: string) => {
        const made = await client.addRemark({ body: { about, says } })
        output.result(made, () => output.line(`${made.id}: thank you. Somebody decides on it, and you see what.`))
        return EXIT.ok
      }),
    )
  remarks
    .command('decide')
    .description('say what was changed, or why nothing is')
    .argument('<remark>')
    .argument('<outcome>', 'changed, declined or later')
    .addOption(new Option('--reason <text>', 'why').makeOptionMandatory())
    .option('--change <what>', 'what was changed, such as "policy use-of-ai version 3"', '')
    .action(
      withServer(async ({ client, output }, id: string, outcome: Outcome, body: { reason: string; change: string }) => {
        const decided = await client.decideRemark({ params: { id }, body: { outcome, ...body } })
        output.result(decided, () => output.line(`${decided.about}: ${decided.outcome}.`))
        return EXIT.ok
      }),
    )
}
