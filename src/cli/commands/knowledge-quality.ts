/** knowledge-quality: how good the documents of a release are by themselves, and what each of them gave. */
import type { Command } from 'commander'
import { withServer } from '../command.ts'
import { EXIT_OF_QUALITY } from '../exit-code.ts'
import { applicationHere, applicationOf } from '../folder.ts'
import { findRelease } from '../releases.ts'

export function addKnowledgeQualityCommand(program: Command): void {
  program
    .command('knowledge-quality')
    .description('duplicates, near duplicates, length and personal data of the documents of a release')
    .argument('[folder-or-application]', 'that of this folder when left out')
    .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
    .action(
      withServer(async ({ client, output }, target: string | undefined, { release }: { release?: string }) => {
        const application = applicationHere(target === undefined ? undefined : applicationOf(target).name)
        const { id } = await findRelease(client, application, release)
        const found = await client.getKnowledgeQuality({ params: { id } })
        const { items } = await client.listDocuments({ params: { id } })
        output.result({ ...found, files: items }, () => {
          output.line(`${found.passages} passages of ${found.documents} documents: ${found.verdict}.`)
          output.table(
            ['measure', 'value', 'at most', 'verdict', 'why'],
            found.measures.map(({ label, value, atMost, verdict, why }) => [
              label,
              value?.toFixed(3) ?? '-',
              String(atMost ?? '-'),
              verdict,
              why,
            ]),
          )
          output.table(
            ['document', 'read by', 'passages', 'words', 'shortest', 'longest', 'without a heading'],
            items.map(({ source, format, reader, passages, words, shortest, longest, untitled }) => [
              source,
              reader ?? format,
              ...[passages, words, shortest, longest, untitled].map(String),
            ]),
          )
        })
        return EXIT_OF_QUALITY[found.verdict]
      }),
    )
}
