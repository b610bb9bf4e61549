/** models watch, models tasks: whether models in use still are what was measured, and what is to be done. */
import type { Command } from 'commander'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'

const MOST = 1000
const LOOK_MS = 500

export function addWatchCommands(models: Command): void {
  models
    .command('watch')
    .description('the newest sentinel probes: whether models in use still answer as they did')
    .argument('[model]', 'of one model')
    .option('--now', 'read lists and probe now, and wait')
    .action(
      withServer(async ({ client, output }, model: string | undefined, { now }: { now?: boolean }) => {
        if (now) {
          const { job } = await client.watchModels({ body: model === undefined ? {} : { model } })
          for (;;) {
            const { state, error } = await client.getJob({ params: { id: job } })
            if (state === 'failed' || state === 'cancelled') throw new Error(error ?? `The look was ${state}.`)
            if (state === 'succeeded') break
            await new Promise((done) => setTimeout(done, LOOK_MS))
          }
        }
        const { items } = await client.listModelProbes({
          query: { limit: MOST, ...(model !== undefined && { model }) },
        })
        const newest =
          model === undefined ? [...new Map(items.toReversed().map((one) => [one.model, one])).values()] : items
        output.result(newest, () =>
          output.table(
            ['model', 'when', 'verdict', 'why', 'fingerprint'],
            newest.map(({ model: name, at, verdict, failure, fingerprints }) => [
              name,
              at,
              verdict?.kind ?? 'not asked',
              verdict?.why ?? failure ?? '-',
              fingerprints.join(', ') || '-',
            ]),
            'No model was probed yet: hosted models of live releases are, once a day, or with --now.',
          ),
        )
        if (newest.some(({ verdict }) => verdict?.kind === 'changed')) return EXIT.failed
        return newest.some(({ verdict }) => verdict === null) ? EXIT.broken : EXIT.ok
      }),
    )
  models
    .command('tasks')
    .description('what is to be done about models that changed or end')
    .option('--all', 'done ones as well')
    .action(
      withServer(async ({ client, output }, { all }: { all?: boolean }) => {
        const { items } = await client.listModelTasks({ query: all ? {} : { state: 'open' } })
        output.result(items, () =>
          output.table(
            ['task', 'until', 'what', 'applications', 'state'],
            items.map((task) => [
              task.id,
              task.deadline?.slice(0, 10) ?? '-',
              task.title,
              task.applications.join(', ') || '-',
              task.state,
            ]),
            'There is nothing to do.',
          ),
        )
        return EXIT.ok
      }),
    )
}
