/** test-pages: pages on which whoever has the link may try an application. */
import type { Command } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere } from '../folder.ts'

type Id = Awaited<ReturnType<Client['listTestPages']>>['items'][number]['id']
type Open = Parameters<Client['createTestPage']>[0]['body']
type Asked = {
  application?: string
  release?: NonNullable<Open['release']>
  hours: string
  questions: string
  perMinute: string
  usdPerMonth: string
}

const MICRO_PER_USD = 1_000_000
const dollars = (microUsd: string | null) => (microUsd === null ? '-' : `$${Number(microUsd) / MICRO_PER_USD}`)

export function addTestPageCommands(program: Command): void {
  const pages = program.command('test-pages').description('pages on which whoever has the link may try an application')
  pages
    .command('list')
    .description('test pages of an application, newest first')
    .option('--application <name>', 'that of this folder when left out')
    .action(
      withServer(async ({ client, output }, { application }: { application?: string }) => {
        const { items } = await client.listTestPages({ params: { name: applicationHere(application) } })
        output.result(items, () =>
          output.table(
            ['id', 'page', 'state', 'asked', 'spent', 'until'],
            items.map(({ id, title, state, questions, mostQuestions, caps, expiresAt }) => [
              id,
              title,
              state,
              `${questions} of ${mostQuestions}`,
              `${dollars(caps.spentMicroUsd)} of ${dollars(caps.costMicroUsdPerMonth)}`,
              expiresAt,
            ]),
            'No test page yet. `airworthy test-pages open --help` says how.',
          ),
        )
        return EXIT.ok
      }),
    )
  pages
    .command('open')
    .description('open one; its link is shown once')
    .argument('<title>', 'what the page says at its top')
    .option('--release <id>', 'the release that answers; the one that is live in the sandbox when left out')
    .option('--hours <n>', 'it is over after so many, 720 at most', '72')
    .option('--questions <n>', 'how many it takes in all', '200')
    .option('--per-minute <n>', 'how many it takes a minute', '10')
    .option('--usd-per-month <amount>', 'what it may spend, 50 at most', '1')
    .option('--application <name>', 'that of this folder when left out')
    .action(
      withServer(async ({ client, output }, title: string, asked: Asked) => {
        const { application, release, hours, questions, perMinute, usdPerMonth } = asked
        const page = await client.createTestPage({
          params: { name: applicationHere(application) },
          body: {
            ...{ title, expiresInHours: Number(hours), mostQuestions: Number(questions) },
            questionsPerMinute: Number(perMinute),
            costMicroUsdPerMonth: String(Math.round(Number(usdPerMonth) * MICRO_PER_USD)),
            ...(release && { release }),
          },
        })
        output.result(page, () => {
          output.line(page.url)
          output.line(`Shown once. Whoever has it may ask until ${page.expiresAt}.`)
          output.line(`Take it back with: airworthy test-pages revoke ${page.id}`)
        })
        return EXIT.ok
      }),
    )
  pages
    .command('revoke')
    .description('take one back; its link leads nowhere from then on')
    .argument('<page>')
    .action(
      withServer(async ({ client, output }, id: Id) => {
        const page = await client.revokeTestPage({ params: { id } })
        output.result(page, () => output.line(`Taken back after ${page.questions} of ${page.mostQuestions} questions.`))
        return EXIT.ok
      }),
    )
}
