/** dossier: everything on a release in one signed archive, and the check of one without a server. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { verifyDossier } from '../../../sdk/dossier.ts'
import { plural } from '../../kernel/plural.ts'
import { withoutServer, withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere } from '../folder.ts'
import { findRelease } from '../releases.ts'

export function addDossierCommands(program: Command): void {
  const dossier = program.command('dossier').description('everything on a release in one signed archive')
  dossier
    .command('export')
    .description('write the archive, and beside it the page to read and print')
    .argument('[file]', 'for example shop-r3.dossier.json; named after the release when left out')
    .option('--application <name>', 'that of this folder when left out')
    .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
    .action(
      withServer(
        async ({ client, output }, file: string | undefined, options: { application?: string; release?: string }) => {
          const application = applicationHere(options.application)
          const release = await findRelease(client, application, options.release)
          const answer = await client.exportDossier({ params: { id: release.id } })
          const bytes = new Uint8Array(await answer.arrayBuffer())
          const archive = file ?? `${application}-r${release.number}.dossier.json`
          const page = archive.replace(/(\.json)?$/, '.html')
          writeFileSync(archive, bytes, { mode: 0o600 })
          writeFileSync(page, printIn(bytes), { mode: 0o600 })
          const verdict = verifyDossier(bytes)
          output.result({ archive, page, verdict }, () => {
            output.line(`Written to ${archive}, and to read and print ${page}. Only you can read them.`)
            if (verdict.kind === 'valid') output.line(`Sealed with the key ${verdict.keyid}.`)
          })
          return verdict.kind === 'valid' ? EXIT.ok : EXIT.broken
        },
      ),
    )
  dossier
    .command('verify')
    .description('check an archive byte by byte and link by link; needs no server')
    .argument('<file>')
    .option('--key <keyid>', 'the key that must have sealed it, as the installation shows it: sha256:…')
    .action(
      withoutServer(async (output, file: string, { key }: { key?: string }) => {
        const verdict = verifyDossier(readFileSync(file), { key })
        output.result(verdict, () => {
          if (verdict.kind === 'broken') return output.line(`BROKEN at ${verdict.link}. ${verdict.why}`)
          const { application, release, at, keyid, sections } = verdict
          output.line(`Unbroken: ${application} r${release.number}, exported on ${at}.`)
          for (const [name, count] of Object.entries(sections))
            output.line(`  ${name.padEnd(12)} ${plural(count, 'link')}`)
          output.line(`Release ${release.digest}`)
          output.line(
            key === undefined
              ? `Sealed with ${keyid}. Compare it with the key that the installation shows, or give it as --key.`
              : `Sealed with ${keyid}, as you asked.`,
          )
        })
        return verdict.kind === 'valid' ? EXIT.ok : EXIT.failed
      }),
    )
}

/** The print is the last link of the archive. */
function printIn(bytes: Uint8Array): string {
  const { links } = JSON.parse(new TextDecoder().decode(bytes)) as { links: { section: string; body: unknown }[] }
  const [last] = links.slice(-1)
  return typeof last?.body === 'string' ? last.body : ''
}
