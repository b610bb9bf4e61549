/** evidence-keys: the keys that sign evidence, receipts and dossiers, one after the other. */
import type { Command } from 'commander'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'

export function addEvidenceKeyCommands(program: Command): void {
  const keys = program.command('evidence-keys').description('keys that sign evidence, receipts and dossiers')
  keys
    .command('list')
    .description('all that have signed, the one that signs now first')
    .action(
      withServer(async ({ client, output }) => {
        const { items } = await client.listEvidenceKeys()
        output.result(items, () =>
          output.table(
            ['key', 'turn', 'since', 'state'],
            items.map(({ keyid, generation, since, retiredAt, revokedFrom }) => [
              keyid,
              String(generation),
              since ?? 'not yet',
              revokedFrom ? `revoked from ${revokedFrom}` : retiredAt ? `retired at ${retiredAt}` : 'signs',
            ]),
            'Nothing was signed yet.',
          ),
        )
        return EXIT.ok
      }),
    )
  keys
    .command('rotate')
    .description('sign with a new key from now on; what was signed before goes on verifying')
    .requiredOption('--reason <text>', 'at least ten characters; it stays on record')
    .action(
      withServer(async ({ client, output }, { reason }: { reason: string }) => {
        const key = await client.rotateEvidenceKey({ body: { reason } })
        output.result(key, () => output.line(`${key.keyid} signs from now on. Publish it where others compare it.`))
        return EXIT.ok
      }),
    )
  keys
    .command('revoke')
    .description('say from when on a key is not to be trusted; what it signed since then counts no more')
    .argument('<key>', 'sha256:…')
    .requiredOption('--reason <text>', 'at least ten characters; it stays on record')
    .option('--from <instant>', 'an earlier moment, such as 2026-12-01T00:00:00.000Z; now when left out')
    .action(
      withServer(async ({ client, output }, keyid: string, { reason, from }: { reason: string; from?: string }) => {
        const key = await client.revokeEvidenceKey({ body: { keyid, reason, ...(from !== undefined && { from }) } })
        output.result(key, () => output.line(`${key.keyid} is revoked from ${key.revokedFrom} on.`))
        return EXIT.ok
      }),
    )
}
