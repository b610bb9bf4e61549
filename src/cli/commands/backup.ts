/** backup, restore: everything but the secrets, as one file; rekey: another master key. */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import type { Command } from 'commander'
import { AirworthyError } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'

export function addBackupCommands(program: Command): void {
  program
    .command('backup')
    .description('copy everything of a running server into one file, without its secrets')
    .argument('<file>')
    .addHelpText(
      'after',
      '\nThe file holds what was said and asked: keep it as you keep the data. It does not hold the owner token and the\nmaster key: keep master.key (or AIRWORTHY_MASTER_KEY) in another place, because nothing is restored without it.',
    )
    .action(
      withServer(async ({ client, output }, file: string) => {
        const response = await client.downloadBackup()
        const draft = `${file}.part`
        try {
          const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>)
          await pipeline(body, createWriteStream(draft, { mode: 0o600, flush: true }))
        } catch (thrown) {
          await rm(draft, { force: true })
          throw new AirworthyError(0, {
            code: 'cli.backup-broken',
            detail: `The back-up broke off (${thrown instanceof Error ? thrown.message : thrown}); ${file} was not written. Try again.`,
          })
        }
        // Whole or not there.
        await rename(draft, file)
        output.result({ file }, () =>
          output.line(`Written: ${file}. Keep master.key in another place; nothing is restored without it.`),
        )
        return EXIT.ok
      }),
    )

  program
    .command('restore')
    .description('make a new installation from a back-up; no server runs meanwhile')
    .argument('<file>')
    .addHelpText(
      'after',
      '\nAIRWORTHY_DATA is an empty folder with the old master.key in it (or set AIRWORTHY_MASTER_KEY). With an empty\nAIRWORTHY_DATABASE_URL it goes there, whichever engine the back-up is of. The same version or a newer one.',
    )
    .action(() => {})

  program
    .command('rekey')
    .description('give an installation another master key; no server runs meanwhile')
    .addHelpText(
      'after',
      '\nEverything that is sealed is encrypted anew in one transaction. A new master.key is made, unless the key is a\nsetting: then AIRWORTHY_MASTER_KEY is the old one and AIRWORTHY_NEW_MASTER_KEY the new one.',
    )
    .action(() => {})
}
