/**
 * Writes `THIRD-PARTY-NOTICES.md`: whose work reaches a user, under which licence. `npm run generate:notices`. A package
 * that an install brings has its licence text with it; of what is built into the pages the texts are quoted here.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Shipped, shippedPackages } from './package/shipped.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
export const NOTICES = 'THIRD-PARTY-NOTICES.md'
const Plan = z.object({ folders: z.looseObject({ web: z.object({ packages: z.array(z.string()) }) }) })

/** Those that let anybody use, change and pass on, with at most a notice. A further one is a decision of people. */
export const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT-0',
  'MIT',
  'OFL-1.1',
  'Unlicense',
  // The first of these is what we take; what is joined by AND holds together and is permissive too.
  '(MIT OR CC0-1.0)',
  '(MIT OR GPL-3.0-or-later)',
  '(MIT AND Zlib)',
])

export function shipped(root = ROOT): Shipped[] {
  const { folders } = Plan.parse(JSON.parse(readFileSync(join(root, 'architecture.json'), 'utf8')))
  return shippedPackages(root, folders.web.packages)
}

/** One line for each package whose licence nobody has allowed. */
export const refused = (packages: readonly Shipped[]): string[] =>
  packages
    .filter(({ licence }) => !ALLOWED.has(licence))
    .map(({ name, version, licence }) => `${name} ${version}: ${licence}`)

export function writeNotices(packages: readonly Shipped[]): string {
  const installed = packages.filter(({ how }) => how === 'installed')
  const builtIn = packages.filter(({ how }) => how === 'built-in')
  return [
    '# Third-party notices',
    '',
    'Written by `tools/notices.ts` from the lockfile and the packages themselves; do not edit. Airworthy is Apache-2.0, see LICENSE. Data that comes along has its licences in data/README.md.',
    '',
    '## What an install brings',
    '',
    'Each of these is a package of its own, with its licence text in its folder below `node_modules`. The npm package `node` fetches the Node.js binary, whose licence comes with it.',
    '',
    ...tableOf(installed),
    '',
    '## What is built into the pages',
    '',
    ...tableOf(builtIn),
    '',
    ...builtIn.flatMap(({ name, version, text }) => [
      `### ${name} ${version}`,
      '',
      ...(text === undefined
        ? ['It brings no licence text of its own.']
        : ['```text', text.trim().replaceAll('\r', ''), '```']),
      '',
    ]),
  ]
    .map((line) => line.replaceAll(/[ \t]+$/gm, ''))
    .join('\n')
    .replace(/\n+$/, '\n')
}

const tableOf = (packages: readonly Shipped[]): string[] => [
  '| package | version | licence | its text |',
  '|---|---|---|---|',
  ...packages.map(
    ({ name, version, licence, file }) => `| ${name} | ${version} | ${licence} | ${file ?? 'none of its own'} |`,
  ),
]

if (import.meta.main) {
  const packages = shipped()
  const wrong = refused(packages)
  if (wrong.length > 0) {
    console.error(`No licence of these is allowed in ${fileURLToPath(import.meta.url)}:\n${wrong.join('\n')}`)
    process.exitCode = 1
  } else {
    writeFileSync(join(ROOT, NOTICES), writeNotices(packages))
    console.log(`${NOTICES} names ${packages.length} packages.`)
  }
}
