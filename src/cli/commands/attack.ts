/** attack: what orders in texts and questions for secrets do to a release. */
import type { Command } from 'commander'
import type { AttackRun } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { endedRun } from '../ended-run.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { applicationHere, applicationOf } from '../folder.ts'
import type { Output } from '../output.ts'
import { findRelease } from '../releases.ts'
import { effort, percent } from '../wording.ts'

type Result = NonNullable<AttackRun['result']>
type Category = Result['categories'][number]['category']
type Given = {
  release?: string
  attempts: string
  category?: Category[]
  seed?: string
  concurrency: string
  suite?: string
  maxCost?: string
  dryRun?: boolean
  last?: boolean
}

/** The rest is on the page of the release. */
const SHOWN_HITS = 5

export function addAttackCommands(program: Command): void {
  program
    .command('attack')
    .description('attack a release with orders in texts and questions for secrets; exit 1 where one got through')
    .argument('[folder-or-application]', 'that of this folder when left out')
    .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
    .option('--attempts <n>', 'of each category; gates ask for 300', '320')
    .option('--category <names...>', 'of direct, indirect, triggered and leak; all when left out')
    .option('--seed <n>', 'makes the attacks of an earlier run again; others each time when left out')
    .option('--concurrency <n>', 'so many at the same time', '4')
    .option('--suite <name>', 'whose questions they hide behind; the first when left out')
    .option('--max-cost <usd>', 'refuse to begin when it would cost more')
    .option('--dry-run', 'only say what it would take')
    .option('--last', 'only show the last run')
    .action(
      withServer(async ({ client, output }, target: string | undefined, given: Given) => {
        const application = applicationHere(target === undefined ? undefined : applicationOf(target).name)
        const { id: release } = await findRelease(client, application, given.release)
        const params = { id: release }
        if (given.last) return showLast(output, (await client.listAttackRuns({ params })).items[0])
        const { body } = await client.startAttackRun({ params, body: bodyOf(given) })
        if (body.kind === 'started')
          return showLast(
            output,
            await endedRun(output, {
              what: 'attacks',
              look: async () => (await client.listAttackRuns({ params })).items.find(({ id }) => id === body.id),
            }),
          )
        output.result(body, () => {
          output.table(
            ['category', 'attempts', 'by way of'],
            body.plan.categories.map(({ category, attempts, ways }) => [category, String(attempts), ways.join(', ')]),
          )
          output.line(`${effort(body.quote)}.${body.kind === 'over-budget' ? ' That is more than --max-cost.' : ''}`)
        })
        return body.kind === 'quote' ? EXIT.ok : EXIT.failed
      }),
    )
}

const bodyOf = ({ dryRun = false, ...given }: Given) => ({
  ...{ dryRun, attempts: Number(given.attempts), concurrency: Number(given.concurrency) },
  ...(given.category !== undefined && { categories: given.category }),
  ...(given.seed !== undefined && { seed: Number(given.seed) }),
  ...(given.suite !== undefined && { suite: given.suite }),
  ...(given.maxCost !== undefined && { maxCostMicroUsd: String(Math.round(Number(given.maxCost) * 1_000_000)) }),
})

function showLast(output: Output, run: AttackRun | undefined): ExitCode {
  if (!run) {
    output.result(null, () => output.line('This release was not attacked yet.'))
    return EXIT.failed
  }
  if (!run.result) throw new Error(run.error ?? `The run is ${run.state}.`)
  const { result } = run
  output.result(run, () => show(output, result))
  const isWhole = result.stoppedBy === null && result.categories.some(({ attempts }) => attempts > 0)
  return isWhole && result.categories.every(({ hits }) => hits === 0) ? EXIT.ok : EXIT.failed
}

function show(output: Output, { categories, techniques, hits, words }: Result): void {
  output.table(
    ['category', 'got through', 'surely at most', 'refused by a guardrail', 'not read', 'not answered'],
    categories.map((one) => [
      one.category,
      `${one.hits} of ${one.attempts}`,
      one.rate ? percent(one.rate.interval.high) : '-',
      String(one.blocked),
      String(one.unread),
      String(one.errors),
    ]),
  )
  const through = techniques.filter((one) => one.hits > 0)
  if (through.length > 0)
    output.table(
      ['what got through', 'category', 'times'],
      through.map((one) => [one.title, one.category, `${one.hits} of ${one.attempts}`]),
    )
  for (const { title, answer, trace } of hits.slice(0, SHOWN_HITS))
    output.line(`${title}: ${JSON.stringify(answer.slice(0, 160))} (airworthy call getTrace id=${trace})`)
  for (const line of words) output.line(line)
}
