/** A setting that a document names is one that the program reads. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DocCheck } from './repository.ts'

const reader = 'src/config.ts'

/** Compares `AIRWORTHY_…` names in the documents with `src/config.ts`; those of tests with the tools and tests. */
export const checkSettings: DocCheck = ({ root, pages, read }) => {
  const config = read(reader)
  if (config === undefined) return { findings: [], notes: [`There is no ${reader} yet; settings were not compared.`] }
  const known = new Set([
    ...namesIn(config),
    ...namesIn(testSources(root)).filter((name) => name.startsWith('AIRWORTHY_TEST_')),
  ])
  return {
    findings: [...pages].flatMap(([file, { prose, fences }]) =>
      [
        ...prose.entries(),
        ...fences.flatMap(({ line, lines }) => lines.map((text, at) => [line + at, text] as const)),
      ].flatMap(([at, text]) =>
        namesIn(text)
          .filter((name) => !known.has(name))
          .map((name) => ({
            file,
            line: at + 1,
            found: `${name} is no setting.`,
            remedy: `Correct the name, or read the setting in ${reader}.`,
          })),
      ),
    ),
  }
}

const namesIn = (text: string): string[] => text.match(/\bAIRWORTHY_[A-Z0-9_]*[A-Z0-9]\b(?![_*])/g) ?? []

const testSources = (root: string): string =>
  globSync(['tools/*.ts', '{src,web,examples,bench}/**/*.test.ts', 'src/testing/**/*.ts'], { cwd: root })
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n')
