/** training: modules with their quiz, who is to learn, and how far they are. */
import { type Command, Option } from 'commander'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import { applicationHere } from '../folder.ts'

export function addTrainingCommands(program: Command): void {
  const training = program.command('training').description('who is to learn what, and how far they are')
  training
    .command('status')
    .description('people of an application by group, and duties that are held without what they need')
    .option('--application <name>', 'that of this folder when left out')
    .action(
      withServer(async ({ client, output }, { application }: { application?: string }) => {
        const name = applicationHere(application)
        const found = await client.getApplicationTraining({ params: { name } })
        output.result(found, () => {
          output.table(
            ['group', 'people', 'finished', 'target'],
            found.groups.map(({ group, people, finished, target }) => [
              group,
              String(people),
              String(finished),
              `${Math.round(target * 100)} %`,
            ]),
            'Nobody is named.',
          )
          for (const { person, missing } of found.learners.filter(({ finished }) => !finished))
            output.line(`${person} still needs: ${missing.join(', ')}`)
          for (const { duty, person, missing } of found.gaps)
            output.line(`${person} holds ${duty} without: ${missing.join(', ')}`)
        })
        return found.groups.some(({ isMet }) => isMet === false) ? EXIT.failed : EXIT.ok
      }),
    )
  training
    .command('modules')
    .description('the modules that come with the program; with --read the text of one')
    .option('--read <module>')
    .action(
      withServer(async ({ client, output }, { read }: { read?: string }) => {
        const { items } = await client.listTrainingModules()
        const one = items.find(({ id }) => id === read)
        if (read !== undefined && !one)
          throw new UsageError(`There is no module ${read}; there are ${items.map(({ id }) => id).join(', ')}.`)
        output.result(one ?? items, () => {
          if (!one)
            return output.table(
              ['id', 'module', 'minutes', 'passed'],
              items.map(({ id, title, minutes, isPassed }) => [id, title, String(minutes), isPassed ? 'yes' : 'no']),
              '',
            )
          output.line(one.title)
          for (const { title, text } of one.sections) output.line(`\n${title}\n${text.join('\n')}`)
          for (const { id, ask, options } of one.questions)
            output.line(`\n${id}: ${ask}\n${options.map((option, at) => `  ${at + 1} ${option}`).join('\n')}`)
          output.line(`\nNext: airworthy training quiz ${one.id} ${one.questions.map(({ id }) => `${id}=…`).join(' ')}`)
        })
        return EXIT.ok
      }),
    )
  training
    .command('quiz')
    .description('answer the questions of a module, for example demo=2 missing=3; 80 % passes')
    .argument('<module>')
    .argument('<answers...>')
    .action(
      withServer(async ({ client, output }, id: string, words: string[]) => {
        const done = await client.takeQuiz({ params: { id }, body: { answers: answersOf(words) } })
        output.result(done, () => {
          output.line(`${Math.round(done.score * 100)} %: ${done.isPassed ? 'passed' : 'not passed'}.`)
          for (const { id: question, because } of done.marked.filter(({ isRight }) => !isRight))
            output.line(`${question}: ${because}`)
        })
        return done.isPassed ? EXIT.ok : EXIT.failed
      }),
    )
  training
    .command('name')
    .description('name who uses an application, or who oversees it, in place of those named before')
    .argument('<people...>')
    .addOption(new Option('--as <kind>').choices(['users', 'overseers']).default('users'))
    .option('--application <name>', 'that of this folder when left out')
    .action(
      withServer(
        async (
          { client, output },
          people: string[],
          { as, application }: { as: 'users' | 'overseers'; application?: string },
        ) => {
          const name = applicationHere(application)
          const { learners } = await client.getApplicationTraining({ params: { name } })
          const now = { users: people, overseers: people }
          if (as === 'overseers')
            now.users = learners.filter(({ group }) => group === 'consumers').map(({ person }) => person)
          else
            now.overseers = learners.filter(({ isNamed, oversees }) => isNamed && oversees).map(({ person }) => person)
          const found = await client.putLearners({ params: { name }, body: now })
          output.result(found, () => output.line(`${people.length} are named as ${as} of ${name}.`))
          return EXIT.ok
        },
      ),
    )
}

/** People count options from one. */
function answersOf(words: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    words.map((word) => {
      const [id = '', value = ''] = word.split('=')
      if (!id || !/^[1-9]\d?$/.test(value)) throw new UsageError(`${word} is no answer. Write for example demo=2.`)
      return [id, Number(value) - 1]
    }),
  )
}
