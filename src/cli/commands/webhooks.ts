/** webhooks: other servers that are told of what happens here. */
import type { Command } from 'commander'
import { all, type Webhook } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'

type EventName = 'release.promoted'

export function addWebhookCommands(program: Command): void {
  const webhooks = program.command('webhooks').description('tell other servers of events, in signed requests')

  webhooks
    .command('create')
    .description('add one; its secret is shown once')
    .argument('<url>')
    .option(
      '--event <type>',
      'only this one; may be given again',
      (type: string, before: string[]) => [...before, type],
      [],
    )
    .option('--application <name>', 'only events of this application')
    .option('--description <text>')
    .action(
      withServer(
        async (
          { client, output },
          url: string,
          options: { event: EventName[]; application?: string; description?: string },
        ) => {
          const { event: events, ...others } = options
          const made = await client.createWebhook({ body: { url, events, ...others } })
          output.result(made, () => {
            output.line(made.secret)
            output.line(`This is the only time that it is shown. Next: airworthy webhooks test ${made.webhook.id}`)
          })
          return EXIT.ok
        },
      ),
    )
  webhooks
    .command('list')
    .description('all webhooks, without their secrets')
    .action(
      withServer(async ({ client, output }) => {
        const items: Webhook[] = []
        for await (const webhook of all(client.listWebhooks)) items.push(webhook)
        output.result(items, () =>
          output.table(
            ['id', 'url', 'events', 'application', 'state'],
            items.map(({ id, url, events, application, enabled, disabledBecause }) => [
              id,
              url,
              events.join(', ') || 'all',
              application ?? '-',
              enabled ? 'on' : `off ${disabledBecause ?? ''}`.trim(),
            ]),
            'Nobody is told. Add one: airworthy webhooks create <url>',
          ),
        )
        return EXIT.ok
      }),
    )
  webhooks
    .command('test')
    .description('send an event webhook.test')
    .argument('<webhook>')
    .action(
      withServer(async ({ client, output }, id: string) => {
        const sent = await client.testWebhook({ params: { id } })
        output.result(sent, () => output.line(`${sent.id} is on its way. Next: airworthy webhooks log ${id}`))
        return EXIT.ok
      }),
    )
  webhooks
    .command('log')
    .description('the last deliveries and how each ended')
    .argument('<webhook>')
    .action(
      withServer(async ({ client, output }, id: string) => {
        const { items } = await client.listWebhookDeliveries({ params: { id }, query: { limit: 50 } })
        output.result(items, () =>
          output.table(
            ['delivery', 'event', 'state', 'tries', 'last answer', 'at'],
            items.map(({ id: delivery, type, state, attempts, createdAt }) => [
              delivery,
              type,
              state,
              String(attempts.length),
              attempts.at(-1)?.error ?? String(attempts.at(-1)?.status ?? '-'),
              createdAt,
            ]),
            'Nothing was sent yet.',
          ),
        )
        return EXIT.ok
      }),
    )
  webhooks
    .command('redeliver')
    .description('send the event of a delivery again')
    .argument('<delivery>')
    .action(
      withServer(async ({ client, output }, id: string) => {
        const sent = await client.redeliverWebhook({ params: { id } })
        output.result(sent, () => output.line(`${sent.id} is on its way.`))
        return EXIT.ok
      }),
    )
  webhooks
    .command('delete')
    .description('remove one with its log')
    .argument('<webhook>')
    .action(
      withServer(async ({ client, output }, id: string) => {
        await client.deleteWebhook({ params: { id } })
        output.result({ id }, () => output.line(`${id} is removed.`))
        return EXIT.ok
      }),
    )
}
