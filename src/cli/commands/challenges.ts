/** challenges: a reasoned doubt about evidence, and somebody else's answer. */
import { Argument, type Command, Option } from 'commander'
import type { Challenge } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'

type Decision = 'uphold' | 'dismiss' | 'withdraw'

const DECISIONS: Decision[] = ['uphold', 'dismiss', 'withdraw']
const STATES: Challenge['state'][] = ['open', 'upheld', 'dismissed', 'withdrawn']

export function addChallengeCommands(program: Command): void {
  const challenges = program
    .command('challenges')
    .description('doubts about evidence, which hold a gate until answered')
  challenges
    .command('raise')
    .description('doubt a piece of evidence; its check is inconclusive until somebody else answers')
    .argument('<evidence>', 'its id, evi_…, as `airworthy gate --json` names it')
    .requiredOption('--reason <text>', 'at least ten characters')
    .action(
      withServer(async ({ client, output }, id: string, { reason }: { reason: string }) => {
        const raised = await client.challengeEvidence({ params: { id }, body: { reason } })
        output.result(raised, () =>
          output.line(
            `${raised.id}: ${raised.check} is in doubt. Somebody else answers: airworthy challenges answer ${raised.id} dismiss --reason "…"`,
          ),
        )
        return EXIT.ok
      }),
    )
  challenges
    .command('list')
    .description('challenges, newest first; exit 3 while one of them is open')
    .option('--application <name>')
    .option('--evidence <id>', 'those of one piece alone')
    .addOption(new Option('--state <state>').choices(STATES))
    .action(
      withServer(
        async (
          { client, output },
          { application, evidence, state }: { application?: string; evidence?: string; state?: Challenge['state'] },
        ) => {
          const { items } = await client.listChallenges({ query: { application, evidence, state, limit: 1000 } })
          output.result(items, () =>
            output.table(
              ['id', 'application', 'check', 'state', 'doubt', 'answer'],
              items.map((one) => [one.id, one.application, one.check, one.state, one.reason, one.answer ?? '-']),
              'Nobody doubts anything.',
            ),
          )
          return items.some((one) => one.state === 'open') ? EXIT.undecided : EXIT.ok
        },
      ),
    )
  challenges
    .command('answer')
    .description('uphold it, dismiss it, or withdraw your own; an upheld one takes the evidence away')
    .argument('<challenge>')
    .addArgument(new Argument('<decision>').choices(DECISIONS))
    .requiredOption('--reason <text>', 'at least ten characters')
    .option('--code <digits>', 'of your authenticator app')
    .action(
      withServer(
        async (
          { client, output },
          id: string,
          decision: Decision,
          { reason, code }: { reason: string; code?: string },
        ) => {
          const answered = await client.answerChallenge(
            { params: { id }, body: { decision, answer: reason } },
            code === undefined ? {} : { oneTimeCode: code },
          )
          output.result(answered, () => output.line(`${id} is ${answered.state}.`))
          return EXIT.ok
        },
      ),
    )
}
