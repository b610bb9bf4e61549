/** audit: whether the log is as it was written, the log itself as a file, and accepting it after a restore. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import type { Command } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { type Context, withServer } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'

type Verification = Awaited<ReturnType<Client['verifyAudit']>>
type Filter = {
  actor?: string
  action?: string
  subject?: string
  application?: string
  since?: string
  until?: string
}

export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('the log of every change, which shows tampering')
  audit
    .command('verify', { isDefault: true })
    .description('check it against its chain of digests, its head, and the anchor outside the database')
    .action(
      withServer(async ({ client, output }) => {
        const verification = await client.verifyAudit()
        output.result(verification, () => output.line(sentenceOf(verification)))
        return verification.kind === 'intact' ? EXIT.ok : EXIT.failed
      }),
    )
  audit
    .command('export')
    .description('write it as JSON lines, oldest first')
    .argument('[file]', 'standard output when left out')
    .option('--actor <id>')
    .option('--action <action>', 'whole, or a slice with its dot: delivery.')
    .option('--subject <id>')
    .option('--application <name>')
    .option('--since <instant>', 'for example 2026-03-01T00:00:00.000Z')
    .option('--until <instant>')
    .action(withServer(exportLog))
  audit
    .command('anchor')
    .description('accept the log as it is, after a restore; reason and findings stand in the log')
    .requiredOption('--reason <text>', 'at least ten characters')
    .action(
      withServer(async ({ client, output }, { reason }: { reason: string }) => {
        const verification = await client.acceptAudit({ body: { reason } })
        output.result(verification, () => output.line(sentenceOf(verification)))
        return verification.kind === 'intact' ? EXIT.ok : EXIT.failed
      }),
    )
}

async function exportLog({ client, output }: Context, file: string | undefined, filter: Filter): Promise<ExitCode> {
  const { actor, action, subject, application, since, until } = filter
  const response = await client.exportAudit({ query: { actor, action, subject, application, since, until } })
  if (!response.body) return EXIT.broken
  // The web's type and Node's describe the same stream.
  const lines = Readable.fromWeb(response.body as NodeReadableStream)
  if (file === undefined) {
    await pipeline(lines, process.stdout, { end: false })
    return EXIT.ok
  }
  await pipeline(lines, createWriteStream(file, { mode: 0o600 }))
  output.result({ file }, () => output.line(`Written to ${file}, which only you can read.`))
  return EXIT.ok
}

function sentenceOf(verification: Verification): string {
  if (verification.kind === 'broken')
    return `The log is broken at entry ${verification.position}, ${verification.fault}: ${verification.why}`
  const { entries, head, anchor } = verification
  const outside =
    anchor === null
      ? 'No anchor outside the database is kept.'
      : `The anchor outside the database agrees, with ${anchor.entries} entries at ${anchor.at}.`
  return `The chain is intact: ${entries} entries, head ${head}. ${outside}`
}
