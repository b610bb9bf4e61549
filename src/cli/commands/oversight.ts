/** oversight: answers that a person looks at, overruling one that was given, the stop and its test. */
import { Argument, type Command } from 'commander'
import type { ServedHeldAnswer } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere } from '../folder.ts'
import { addHeldCallCommands } from './held-calls.ts'

type Decision = 'release' | 'edit' | 'refuse'
type Of = { application?: string }

const DECISIONS: Decision[] = ['release', 'edit', 'refuse']

export function addOversightCommands(program: Command): void {
  const here = (command: Command) => command.option('--application <name>', 'that of this folder when left out')
  const oversight = program.command('oversight').description('people who look at answers, overrule and stop')
  here(oversight.command('show').description('who oversees an application, and what was tried')).action(
    withServer(async ({ client, output }, { application }: Of) => {
      const found = await client.getOversight({ params: { name: applicationHere(application) } })
      const { plan, overseers, waiting, overruled, lapsed, stopTest, stopped } = found
      output.result(found, () => {
        if (!plan) output.line('It has no oversight.yaml yet: name overseers and the kinds of answers they look at.')
        for (const { named, actor } of overseers) output.line(`${named}${actor ? '' : ' (nobody here is called so)'}`)
        output.line(`${waiting} wait, ${overruled} were overruled and ${lapsed} lapsed within ninety days.`)
        output.line(
          stopTest
            ? `The stop was tried at ${stopTest.at}: ${stopTest.seconds === null ? 'nothing was refused' : `refused after ${stopTest.seconds} s`}.`
            : 'The stop was not tried yet: airworthy oversight stop-test',
        )
        if (stopped !== null) output.line(stopped)
      })
      return EXIT.ok
    }),
  )
  oversight
    .command('list')
    .description('answers that somebody looks at, newest first')
    .option('--application <name>')
    .option('--waiting', 'only those that wait')
    .action(
      withServer(async ({ client, output }, { application, waiting }: Of & { waiting?: boolean }) => {
        const query = { ...(application && { application }), ...(waiting && { state: 'waiting' as const }) }
        const { items } = await client.listHeldAnswers({ query })
        output.result(items, () =>
          output.table(
            ['id', 'application', 'kinds', 'state', 'asked'],
            items.map((one) => [one.id, one.application, one.kinds.join(', ') || '-', stateWords(one), lastOf(one)]),
            'Nothing waits for a person.',
          ),
        )
        return EXIT.ok
      }),
    )
  oversight
    .command('decide')
    .description('as an overseer: let an answer out, put your own words in its place, or refuse it')
    .argument('<answer>', 'hld_…')
    .addArgument(new Argument('<decision>').choices(DECISIONS))
    .requiredOption('--reason <text>', 'at least ten characters; it stays on record')
    .option('--text <text>', 'for edit: what stands in its place')
    .action(
      withServer(
        async ({ client, output }, id: string, decision: Decision, given: { reason: string; text?: string }) => {
          const decided = await client.decideHeldAnswer({ params: { id }, body: { decision, ...given } })
          output.result(decided, () => output.line(`${id} is ${decided.state}.`))
          return EXIT.ok
        },
      ),
    )
  addHeldCallCommands(oversight)
  here(oversight.command('overrule').description('as an overseer: say that an answer should have been another'))
    .argument('<answer>', 'id of a response or of a trace')
    .requiredOption('--reason <text>', 'at least ten characters; it stays on record')
    .option('--text <text>', 'what it should have been; left out when nothing should have been given')
    .action(
      withServer(async ({ client, output }, answer: string, given: Of & { reason: string; text?: string }) => {
        const { application, ...body } = given
        const params = { name: applicationHere(application) }
        const made = await client.overruleAnswer({ params, body: { answer, ...body } })
        output.result(made, () => output.line(`${made.id} is on record.`))
        return EXIT.ok
      }),
    )
  here(oversight.command('stop').description('as an overseer: stop the application from the next request on'))
    .requiredOption('--reason <text>', 'at least ten characters; whoever is refused reads it')
    .action(
      withServer(async ({ client, output }, { application, reason }: Of & { reason: string }) => {
        const name = applicationHere(application)
        const stopped = await client.stopApplication({ params: { name }, body: { reason } })
        output.result(stopped, () =>
          output.line(`${name} is stopped. An operator lets it answer again: airworthy switch on application ${name}`),
        )
        return EXIT.ok
      }),
    )
  here(
    oversight
      .command('stop-test')
      .description('as an overseer: stop for a moment, take the time until a request is refused, and go on'),
  ).action(
    withServer(async ({ client, output }, { application }: Of) => {
      const tried = await client.testStop({ params: { name: applicationHere(application) } })
      const isGood = tried.seconds !== null && tried.answersAgain
      output.result(tried, () =>
        output.line(
          tried.seconds === null
            ? 'No request was refused in time.'
            : `Refused ${tried.seconds} s after the stop${tried.answersAgain ? '; it answers again' : ', and it does not answer again'}.`,
        ),
      )
      return isGood ? EXIT.ok : EXIT.failed
    }),
  )
}

const stateWords = ({ state, mode, until }: ServedHeldAnswer): string =>
  state !== 'waiting' ? state : mode === 'flag' ? 'given, to look at' : `waits until ${until?.slice(0, 16)}`

const lastOf = ({ turns }: ServedHeldAnswer): string =>
  (turns.findLast(({ role }) => role === 'user')?.content ?? '').replaceAll(/\s+/g, ' ').slice(0, 60)
