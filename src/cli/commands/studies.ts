/** studies begin, list, show, close: people choose between answers, blind, and what they prefer is said at the end. */
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { StudyView } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import type { Output } from '../output.ts'

type Begin = {
  guidelines: string
  cases: string
  double: string
  reviewer: string[]
  withReference: boolean
  dryRun: boolean
}

export function addStudyCommands(program: Command): void {
  const studies = program.command('studies').description('what people prefer of two answers, blind to whose they are')
  studies
    .command('begin')
    .description('let people choose between arms of experiments on the same cases')
    .argument('<arms...>', 'two to six, each as exp_…:candidate; the others are held against the first')
    .requiredOption('--guidelines <file>', 'a text file that says what makes an answer better')
    .option('--cases <n>', 'the most cases, drawn by chance', '100')
    .option('--double <share>', 'the share of pairs that two people see, 0 to 1', '0.3')
    .option('--reviewer <id>', 'who chooses, act_…; several times; everybody who may attest when left out', more, [])
    .option('--with-reference', 'show the reference answer beside each pair', false)
    .option('--dry-run', 'say what it takes and what it could show, and begin nothing', false)
    .action(
      withServer(async ({ client, output }, arms: string[], given: Begin) => {
        const { body } = await client.createStudy({
          body: {
            arms,
            guidelines: textOf(given.guidelines),
            most: Number(given.cases),
            doubleShare: Number(given.double),
            reviewers: given.reviewer,
            isReferenceShown: given.withReference,
            dryRun: given.dryRun,
          },
        })
        const plan = body.kind === 'plan' ? body.plan : body.study.plan
        output.result(body, () => {
          const { pairs, cases, labels, minutes, detectableDifference } = plan
          output.line(
            `${pairs} pairs of ${cases} cases, ${labels} choices, about ${Math.ceil(minutes)} minutes of people.`,
          )
          if (detectableDifference !== null)
            output.line(
              `It would show a difference of ${(detectableDifference * 100).toFixed(0)} % of the cases or more.`,
            )
          if (body.kind === 'begun') output.line(`${body.study.id} is open. People choose under /annotation.`)
        })
        return EXIT.ok
      }),
    )
  studies
    .command('list')
    .description('studies, the newest first')
    .option('--application <name>', 'of this application alone')
    .action(
      withServer(async ({ client, output }, { application }: { application?: string }) => {
        const { items } = await client.listStudies({ query: { limit: 100, ...(application && { application }) } })
        output.result(items, () =>
          output.table(
            ['study', 'application', 'question', 'choices', 'state'],
            items.map(({ id, application: of, name, progress, plan, closedAt }) => [
              id,
              of,
              name,
              `${progress.labels} of ${plan.labels}`,
              closedAt === null ? 'open' : 'closed',
            ]),
            'There is no study.',
          ),
        )
        return EXIT.ok
      }),
    )
  for (const [verb, description] of [
    ['show', 'how far a study is, and what people prefer once it is closed'],
    ['close', 'take no more choices, say what people prefer, and record the evidence'],
  ] as const)
    studies
      .command(verb)
      .description(description)
      .argument('<study>', 'stu_…')
      .action(
        withServer(async ({ client, output }, id: string) => {
          const found =
            verb === 'show' ? await client.getStudy({ params: { id } }) : await client.closeStudy({ params: { id } })
          output.result(found, () => show(found, output))
          return exitOf(found)
        }),
      )
}

function show({ progress, plan, agreement, results, arms }: StudyView, output: Output): void {
  output.line(
    `${progress.labels} of ${plan.labels} choices; agreement ${agreement.alpha?.toFixed(2) ?? 'unknown'} over ${agreement.items} pairs.`,
  )
  if (!results) {
    output.line('Whose answers people prefer is said when it is closed.')
    return
  }
  const label = (arm: string) => arms.find(({ id }) => id === arm)?.label ?? arm
  output.table(
    ['arm', 'verdict', 'difference', 'chance', 'preferred', 'tie', 'both bad', 'not', 'cases that decide'],
    results.arms.map(({ arm, chance, preferred, tied, bothBad, lost }) => {
      const comparison = results.comparisons.find((one) => one.arm === arm)?.comparison
      return [
        label(arm),
        comparison?.verdict ?? 'reference',
        comparison?.difference?.toFixed(3) ?? '-',
        chance?.toFixed(3) ?? '-',
        ...[preferred, tied, bothBad, lost].map(String),
        String(comparison?.neededN ?? '-'),
      ]
    }),
    'Nobody chose.',
  )
  output.line(
    `What stood first was preferred ${results.position.firstShare?.toFixed(3) ?? '-'} of ${results.position.n} times.`,
  )
}

/** 0 when no arm is worse, 1 when one is, 3 while it is open or something is undecided. */
function exitOf({ results }: StudyView): ExitCode {
  const verdicts = results?.comparisons.map(({ comparison }) => comparison.verdict) ?? ['undecided']
  if (verdicts.includes('worse')) return EXIT.failed
  return verdicts.includes('undecided') ? EXIT.undecided : EXIT.ok
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new UsageError(`${path} cannot be read. Name a text file with what makes an answer better.`)
  }
}

const more = (one: string, before: string[]): string[] => [...before, one]
