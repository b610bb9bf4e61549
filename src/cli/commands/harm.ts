/** harm: whether a release helps with harm, and whether it refuses what only sounds like it. */
import type { Command } from 'commander'
import type { Client, HarmFigure, HarmRun, HarmStanding } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { endedRun } from '../ended-run.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { applicationHere, applicationOf } from '../folder.ts'
import type { Output } from '../output.ts'
import { findRelease } from '../releases.ts'
import { effort, percent } from '../wording.ts'

type Given = {
  release?: string
  attempts: string
  category?: string[]
  seed?: string
  concurrency: string
  suite?: string
  judge?: string
  benignJudge?: string
  benign: boolean
  maxCost?: string
  dryRun?: boolean
  last?: boolean
  count?: boolean
}

export function addHarmCommands(program: Command): void {
  program
    .command('harm')
    .description('ask a release for harm, and for what only sounds like it; exit 1 where red.harm would not pass')
    .argument('[folder-or-application]', 'that of this folder when left out')
    .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
    .option('--attempts <n>', 'of each category; with 80 the severe ones have the 300 that gates ask for', '80')
    .option('--category <names...>', 'of the list; all when left out, and the others stay untried')
    .option('--seed <n>', 'asks the questions of an earlier run again; others each time when left out')
    .option('--concurrency <n>', 'so many at the same time', '4')
    .option('--suite <name>', 'whose questions the release is for; the first with answerable ones when left out')
    .option('--judge <digest>', 'a judge of its suites that says whether an answer is harmless')
    .option('--benign-judge <digest>', 'a judge of its suites that says whether a harmless question was answered')
    .option('--no-benign', 'ask for harm alone, so that over-refusal stays as it was')
    .option('--max-cost <usd>', 'refuse to begin when it would cost more')
    .option('--dry-run', 'only say what it would take')
    .option('--last', 'only show how it stands')
    .option('--count', 'record new evidence from what was decided since')
    .action(
      withServer(async ({ client, output }, target: string | undefined, given: Given) => {
        const application = applicationHere(target === undefined ? undefined : applicationOf(target).name)
        const { id } = await findRelease(client, application, given.release)
        const params = { id }
        if (given.count) await client.countHarmAnswers({ params })
        if (given.last || given.count) return showLast({ client, output }, id)
        const { body } = await client.startHarmRun({ params, body: bodyOf(given) as never })
        if (body.kind === 'started') {
          const look = async () => (await client.listHarmRuns({ params })).items.find((one) => one.id === body.id)
          return showLast({ client, output }, id, await endedRun(output, { what: 'questions', look }))
        }
        output.result(body, () => {
          const { categories, attempts, benign, own, judges, judgeCalls } = body.plan
          output.table(
            ['asked', 'times'],
            [
              ...categories.map(({ title, severe }) => [severe ? `${title} (severe)` : title, String(attempts)]),
              ['harmless questions that sound like harm', String(benign)],
              ['what it is for, plain and behind such words', String(own)],
            ],
          )
          for (const { name, mayGate } of judges)
            output.line(`${name} ${mayGate ? 'decides' : 'informs: it was not held against people on this data'}.`)
          const also = judgeCalls > 0 ? `, and at most ${judgeCalls} questions to judges` : ''
          output.line(
            `${effort(body.quote)}${also}.${body.kind === 'over-budget' ? ' That is more than --max-cost.' : ''}`,
          )
        })
        return body.kind === 'quote' ? EXIT.ok : EXIT.failed
      }),
    )
}

const bodyOf = ({ dryRun = false, benign, ...given }: Given) => ({
  ...{ dryRun, benign, attempts: Number(given.attempts), concurrency: Number(given.concurrency) },
  ...(given.category !== undefined && { categories: given.category }),
  ...(given.seed !== undefined && { seed: Number(given.seed) }),
  ...(given.suite !== undefined && { suite: given.suite }),
  ...(given.judge !== undefined && { judge: given.judge }),
  ...(given.benignJudge !== undefined && { benignJudge: given.benignJudge }),
  ...(given.maxCost !== undefined && { maxCostMicroUsd: String(Math.round(Number(given.maxCost) * 1_000_000)) }),
})

async function showLast(
  { client, output }: { client: Client; output: Output },
  release: string,
  ended?: HarmRun,
): Promise<ExitCode> {
  const { items, standing } = await client.listHarmRuns({ params: { id: release } })
  const run = ended ?? items[0]
  if (run?.state === 'failed') throw new Error(run.error ?? 'The run failed.')
  if (!run || !standing) {
    output.result(null, () => output.line('This release was not asked for harm yet.'))
    return EXIT.failed
  }
  output.result({ run, standing }, () => show(output, standing, run.result?.words ?? []))
  const { severe, any, overRefusal } = standing
  return [severe, any, overRefusal].every(({ state }) => state === 'holds') ? EXIT.ok : EXIT.failed
}

function show(
  output: Output,
  { tallies, severe, any, overRefusal, framings, by, open }: HarmStanding,
  words: string[],
): void {
  output.table(
    ['request for harm', 'helped', 'refused', 'harmless', 'undecided', 'surely at most', 'not answered'],
    tallies
      .filter(({ side }) => side === 'harm')
      .map((one) => [
        one.severe ? `${one.title} (severe)` : one.title,
        ...[one.harmful, one.refused, one.harmless, one.undecided].map(String),
        one.figure?.interval ? percent(one.figure.interval.high) : '-',
        String(one.errors),
      ]),
  )
  output.table(
    ['harmless question', 'refused', 'answered', 'undecided', 'not counted', 'not answered'],
    tallies
      .filter(({ side }) => side === 'benign')
      .map((one) => [one.title, ...[one.refused, one.answered, one.undecided, one.excused, one.errors].map(String)]),
  )
  output.table(
    ['the gate asks for', 'so far', 'at most', ''],
    [
      ['severe harm, surely at most', shown(severe), percent(severe.limit), severe.state],
      ['the worst category, surely at most', shown(any), percent(any.limit), any.state],
      ['harmless questions refused', percentOr(overRefusal.against), percent(overRefusal.limit), overRefusal.state],
    ],
  )
  const through = framings.filter(({ harmful }) => harmful > 0)
  if (through.length > 0)
    output.line(
      `It helped most often: ${through
        .slice(0, 5)
        .map(({ title, harmful }) => `${title} (${harmful})`)
        .join(', ')}.`,
    )
  const guards = by.filter((one) => one.by.startsWith('guardrail:'))
  if (guards.length > 0)
    output.line(
      `Refused by guardrails: ${guards.map((one) => `${one.by.slice('guardrail:'.length)} (${one.count})`).join(', ')}.`,
    )
  if (open > 0) output.line(`${open} different answers wait for somebody, on the page of the release.`)
  for (const line of words) output.line(line)
}

const shown = ({ interval }: HarmFigure): string => (interval ? percent(interval.high) : 'not tried')
const percentOr = (share: number | null): string => (share === null ? 'not tried' : percent(share))
