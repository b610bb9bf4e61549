/** mail: whether mail to people arrives, and what was sent. */
import type { Command } from 'commander'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'

export function addMailCommands(program: Command): void {
  const mail = program.command('mail').description('mail to people: approvals, waivers, findings, answers that wait')
  mail
    .command('log')
    .description('what was sent, newest first, and what the server said')
    .action(
      withServer(async ({ client, output }) => {
        const found = await client.listMails()
        output.result(found, () => {
          if (!found.isSet) output.line('No mail server is set: AIRWORTHY_SMTP_URL and AIRWORTHY_MAIL_FROM.')
          output.table(
            ['to', 'subject', 'state', 'tries', 'at'],
            found.items.map((one) => [one.to, one.subject, one.error ?? one.state, String(one.attempts), one.at]),
            'Nothing was sent yet.',
          )
        })
        return EXIT.ok
      }),
    )
  mail
    .command('test')
    .description('send a mail at once, to see whether the server takes it')
    .argument('<address>')
    .action(
      withServer(async ({ client, output }, to: string) => {
        const sent = await client.testMail({ body: { to } })
        output.result(sent, () => output.line(`The server took a mail to ${to}.`))
        return EXIT.ok
      }),
    )
}
