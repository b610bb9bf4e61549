/** privacy: a copy of what is kept about a person, its deletion in two steps, the receipt, and how long data is kept. */
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import type { Command } from 'commander'
import type { Client, Deletion } from '../../../sdk/index.ts'
import { type Context, withServer } from '../command.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import type { Output } from '../output.ts'

type Person = { user?: string; identifier: string[] }

const LOOK_MS = 300

/** Who is meant, on every command that looks for a person. */
const ofPerson = (command: Command): Command =>
  command
    .option('--user <id>', 'the end user as requests name them')
    .option(
      '--identifier <text>',
      'an exact text that names the person, such as an e-mail address; may be given again',
      (text: string, before: string[]) => [...before, text],
      [],
    )

export function addPrivacyCommands(program: Command): void {
  const privacy = program.command('privacy').description('what is kept about a person: a copy, deletion, how long')
  ofPerson(
    privacy
      .command('export')
      .description('write a copy of everything that is kept about a person, as JSON lines')
      .argument('[file]', 'standard output when left out'),
  ).action(withServer(exportPerson))
  ofPerson(
    privacy.command('delete').description('list what would go; nothing is deleted before `privacy confirm`'),
  ).action(
    withServer(async ({ client, output }, person: Person) => {
      const listed = await settle(client, await client.proposeDeletion({ body: bodyOf(person) }), output)
      output.result(listed, () => {
        showTallies(output, listed.found, 'Nothing is kept about this person.')
        output.line(`\nNothing was deleted yet. To delete it for good: airworthy privacy confirm ${listed.id}`)
      })
      return EXIT.ok
    }),
  )
  privacy
    .command('confirm')
    .description('delete what was listed; it cannot be undone')
    .argument('<deletion>')
    .option('--code <digits>', 'of your authenticator app')
    .action(
      withServer(async ({ client, output }, id: string, { code }: { code?: string }) => {
        const begun = await client.confirmDeletion({ params: { id } }, code === undefined ? {} : { oneTimeCode: code })
        const ended = await settle(client, begun, output)
        output.result(ended, () => {
          showTallies(output, ended.deleted, 'Nothing was there.')
          output.line(ended.error ?? `\nDeleted. The receipt: airworthy privacy receipt ${id}`)
        })
        return ended.state === 'done' ? EXIT.ok : EXIT.failed
      }),
    )
  privacy
    .command('withdraw')
    .description('forget a deletion that was not confirmed')
    .argument('<deletion>')
    .action(
      withServer(async ({ client, output }, id: string) => {
        const withdrawn = await client.withdrawDeletion({ params: { id } })
        output.result(withdrawn, () => output.line(`${id} is withdrawn; nothing was deleted.`))
        return EXIT.ok
      }),
    )
  privacy
    .command('list')
    .description('deletions, the newest first')
    .action(
      withServer(async ({ client, output }) => {
        const { items } = await client.listDeletions({ query: { limit: 100 } })
        output.result(items, () =>
          output.table(
            ['deletion', 'state', 'proposed', 'deleted', 'in force until'],
            items.map(({ id, state, proposedAt, deleted, inForceUntil }) => [
              id,
              state,
              proposedAt,
              String(deleted.reduce((sum, { count }) => sum + count, 0)),
              inForceUntil ?? '-',
            ]),
            'Nobody was deleted.',
          ),
        )
        return EXIT.ok
      }),
    )
  privacy
    .command('receipt')
    .description('the signed receipt of a deletion, without personal data')
    .argument('<deletion>')
    .argument('[file]', 'where to write it')
    .action(
      withServer(async ({ client, output }, id: string, file: string | undefined) => {
        const signed = await client.getDeletionReceipt({ params: { id } })
        if (file !== undefined) await writeFile(file, `${JSON.stringify(signed, null, 2)}\n`)
        output.result(signed, () => {
          const { receipt } = signed
          showTallies(output, [...receipt.deleted, ...receipt.kept], 'Nothing was there.')
          for (const sentence of receipt.elsewhere) output.line(sentence)
          output.line(`Back-ups from before may hold it until ${receipt.backupsUntil}.`)
        })
        return EXIT.ok
      }),
    )
  privacy
    .command('reapply')
    .description('do the deletions in force again, for example after a restore')
    .action(
      withServer(async ({ client, output }) => {
        const { deletions } = await client.reapplyDeletions()
        output.result({ deletions }, () => output.line(`${deletions} deletions are done again.`))
        return EXIT.ok
      }),
    )
  privacy
    .command('retention')
    .description('what each application keeps, what for, and for how long')
    .option('--enforce', 'take away now what is older than it may be')
    .action(
      withServer(async ({ client, output }, { enforce = false }: { enforce?: boolean }) => {
        const { items } = await (enforce ? client.enforceRetention() : client.listRetention())
        output.result(items, () =>
          output.table(
            ['application', 'purpose', 'lawful basis', 'days', 'said by', 'removed last'],
            items.map(({ application, purpose, lawfulBasis, tracesDays, saidBy, last }) => [
              application ?? '(none)',
              purpose ?? '-',
              lawfulBasis ?? '-',
              tracesDays === null ? 'no end' : String(tracesDays),
              saidBy,
              last ? `${last.removed} at ${last.at}` : '-',
            ]),
          ),
        )
        return EXIT.ok
      }),
    )
}

async function exportPerson({ client, output }: Context, file: string | undefined, person: Person): Promise<ExitCode> {
  const response = await client.exportPersonalData({ body: bodyOf(person) })
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

function bodyOf({ user, identifier }: Person) {
  if (user === undefined && identifier.length === 0)
    throw new UsageError('Name the person: --user, --identifier, or both.')
  return { ...(user !== undefined && { user }), identifiers: identifier }
}

async function settle(client: Client, first: Deletion, output: Output): Promise<Deletion> {
  let now = first
  while (now.state === 'listing' || now.state === 'running') {
    output.progress(now.state === 'listing' ? 'looks for what is kept' : 'deletes')
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    now = await client.getDeletion({ params: { id: first.id } })
  }
  output.settle()
  return now
}

const showTallies = (output: Output, tallies: Deletion['found'], empty: string): void =>
  output.table(
    ['place', 'what becomes of it', 'how many', 'why'],
    tallies.map(({ place, fate, count, why }) => [place, WORDS[fate], String(count), why ?? '']),
    empty,
  )

const WORDS = { remove: 'goes', replace: 'is replaced', keep: 'stays' } as const
