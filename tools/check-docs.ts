/** Checks that the documents are true of the repository: `npm run check:docs`. Exit code 1 when one is not. */
import { checkCommands } from './docs/commands.ts'
import { checkLinks } from './docs/links.ts'
import { checkLockfile } from './docs/lockfile.ts'
import { checkPictures } from './docs/pictures.ts'
import { type DocFinding, openRepository } from './docs/repository.ts'
import { checkRequirements } from './docs/requirements.ts'
import { checkSettings } from './docs/settings.ts'
import { checkSlices } from './docs/slices.ts'
import { checkTranslations } from './docs/translations.ts'
import { checkWords } from './docs/words.ts'

/** All findings and notes about the repository at `root`. */
export function checkDocs(root: string): { findings: DocFinding[]; notes: string[]; pages: number } {
  const repository = openRepository(root)
  const results = checks.map((check) => check(repository))
  return {
    findings: results.flatMap(({ findings }) => findings),
    notes: results.flatMap(({ notes }) => notes ?? []),
    pages: repository.pages.size,
  }
}

const checks = [
  checkLinks,
  checkPictures,
  checkSlices,
  checkRequirements,
  checkSettings,
  checkCommands,
  checkLockfile,
  checkWords,
  checkTranslations,
]

function main(): void {
  const { findings, notes, pages } = checkDocs(process.cwd())
  for (const { file, line, found, remedy } of findings) console.log(`${file}:${line}  ${found} ${remedy}`)
  for (const note of notes) console.log(`note: ${note}`)
  console.log(`${pages} documents, ${findings.length} findings`)
  process.exitCode = findings.length === 0 ? 0 : 1
}

if (import.meta.main) main()
