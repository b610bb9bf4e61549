import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { checkDocs } from './check-docs.ts'
import { wordsOf } from './docs/commands.ts'

const help = "console.log(JSON.stringify({ commands: [{ name: 'up' }, { name: 'dossier export' }] }))"

const truthful: Record<string, string> = {
  'README.md':
    '# Airworthy\n[the path](docs/guide/path.md#the-path-twice-1) `[code](no.md)` <https://example.org>\n```sh\nnpx airworthy up --json\nairworthy dossier export rel_1\nnpm test\n```\n',
  'docs/guide/path.md':
    '# The path\n## The path, twice!\n## The path: twice\nSet `AIRWORTHY_PORT`, `AIRWORTHY_*`.\n[up](../../README.md)\n',
  'docs/requirements.md':
    '| id | title | lives in | test |\n|---|---|---|---|\n| S1.1 | Idea | `src/core` | open |\n| S1.2 | KPI | open | open |\n',
  'tools/docs/requirement-ids.txt': 'S1.1\nS1.2\n',
  'architecture.json': '{"folders": {"src/core": {}, "src/empty": {}}}',
  'src/core/README.md': '# Core\n',
  'src/core/gate.ts': '',
  'src/config.ts': "export const port = process.env.AIRWORTHY_PORT ?? '4400'",
  'bin/airworthy.js': help,
  'package.json': '{"type": "module"}',
  'package-lock.json':
    '{"packages": {"": {}, "node_modules/zod": {"version": "4", "funding": {"url": "https://example.org"}}}}',
  '.npmrc': 'omit-lockfile-registry-resolved=true\nsave-exact=true\n',
}

const said = { 'packs/words/en.json': '{"texts": {"a": "{n} days"}}', 'web/src/law/law-page.tsx': "say('a', { n: 1 })" }

const findingsWith = (files: Record<string, string>): string[] =>
  checked(files).findings.map(({ file, line, found }) => `${file}:${line} ${found}`)
const notesWith = (files: Record<string, string>): string[] => checked(files).notes

function checked(files: Record<string, string>): ReturnType<typeof checkDocs> {
  const root = mkdtempSync(join(tmpdir(), 'airworthy-docs-'))
  try {
    for (const [path, text] of Object.entries({ ...truthful, ...files })) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    return checkDocs(root)
  } finally {
    rmSync(root, { recursive: true })
  }
}

test('a language that lacks texts is named with them, and passes', () => {
  expect(findingsWith({ ...said, 'packs/words/de.json': '{"texts": {}}' })).toEqual([])
  expect(notesWith({ ...said, 'packs/words/de.json': '{"texts": {}}' })).toContain(
    'packs/words/de.json lacks 1 of 1 texts, said in English.',
  )
})

test('truthful documents pass', () => {
  expect(findingsWith({})).toEqual([])
})

test.for<[string, Record<string, string>, string]>([
  [
    'a link to a missing file',
    { 'CHANGELOG.md': 'x\n[a](missing.md)' },
    'CHANGELOG.md:2 The link missing.md leads nowhere.',
  ],
  [
    'a link out of the repository',
    { 'CHANGELOG.md': '[a](../elsewhere)' },
    'CHANGELOG.md:1 The link ../elsewhere leads nowhere.',
  ],
  [
    'a picture of the guide that no page shows',
    { 'docs/guide/gate.webp': 'RIFF' },
    'docs/guide/gate.webp:1 No page shows this picture.',
  ],
  [
    'a link to a missing heading',
    { 'CHANGELOG.md': '[a](README.md#gone)' },
    'CHANGELOG.md:1 README.md has no heading for #gone.',
  ],
  [
    'a slice that does not explain itself',
    { 'architecture.json': '{"folders": {"src/wire": {}}}', 'src/wire/route.ts': '' },
    'src/wire/README.md:1 The folder has no README.',
  ],
  [
    'a requirement without a row',
    { 'tools/docs/requirement-ids.txt': 'S1.1 S1.2 S1.3' },
    'docs/requirements.md:1 S1.3 has no row.',
  ],
  [
    'a row with a path that is gone',
    { 'docs/requirements.md': '| S1.1 | Idea | `src/gone.ts` | open |\n| S1.2 | KPI | open | open |' },
    'docs/requirements.md:1 src/gone.ts does not exist.',
  ],
  [
    'a row that says nothing',
    { 'docs/requirements.md': '| S1.1 | Idea | open | later |\n| S1.2 | KPI | open | open |' },
    'docs/requirements.md:1 "test" names nothing.',
  ],
  [
    'a row of an unknown requirement',
    {
      'docs/requirements.md':
        '| S1.1 | Idea | open | open |\n| S1.2 | KPI | open | open |\n| S9.1 | No | open | open |',
    },
    'docs/requirements.md:3 S9.1 is not in tools/docs/requirement-ids.txt.',
  ],
  [
    'a setting that nobody reads',
    { 'CHANGELOG.md': '```sh\nAIRWORTHY_PROT=1 npm start\n```' },
    'CHANGELOG.md:2 AIRWORTHY_PROT is no setting.',
  ],
  [
    'a command that does not exist',
    { 'README.md': '```sh\n$ npx airworthy dossier burn\n```' },
    'README.md:2 There is no command `airworthy dossier burn`.',
  ],
  [
    'a text that stands in a page',
    {
      'packs/words/en.json': '{"texts": {}}',
      'web/src/law/law-page.tsx':
        "import x from 'two words'\nexport const A = () => <p className='mt-2 flex'>Hello</p>",
    },
    'web/src/law/law-page.tsx:2 “Hello” stands in the page.',
  ],
  [
    'a label that stands in a page',
    {
      'packs/words/en.json': '{"texts": {}}',
      'web/src/law/law-page.tsx': "export const FIELDS = [{ key: 'a', kind: 'text', label: 'owner' }]",
    },
    'web/src/law/law-page.tsx:1 “owner” stands in the page.',
  ],
  [
    'a text that is said without what it takes',
    { 'packs/words/en.json': '{"texts": {"a": "{n} of {all}"}}', 'web/src/law/law-page.tsx': "say('a', { n: 1 })" },
    'web/src/law/law-page.tsx:1 a takes n, all.',
  ],
  [
    'a text that nobody says',
    { 'packs/words/en.json': '{"texts": {"a": "A"}}' },
    'packs/words/en.json:1 Nobody says a.',
  ],
  [
    'a language with a name in braces of its own',
    {
      ...said,
      'packs/words/de.json': '{"texts": {"a": "{anzahl} Tage"}}',
    },
    'packs/words/de.json:1 a has other names in braces.',
  ],
  [
    'a lockfile that says where it downloaded',
    { 'package-lock.json': '{"packages": {"a": {"resolved": "x"}}}' },
    'package-lock.json:1 a says where it was downloaded.',
  ],
  [
    'a lockfile with an address',
    { 'package-lock.json': '{"packages": {"a": {"version": "https://x"}}}' },
    'package-lock.json:1 a holds an address.',
  ],
  [
    'a lockfile without the packages of other platforms',
    { 'package-lock.json': '{"packages": {"a": {"optionalDependencies": {"a-win32": "1.0.0"}}}}' },
    'package-lock.json:1 a-win32 is missing, for which `npm ci` refuses the lockfile.',
  ],
  [
    'a missing setting of npm',
    { '.npmrc': 'save-exact=true' },
    '.npmrc:1 omit-lockfile-registry-resolved=true is missing.',
  ],
])('catches %s', ([, files, finding]) => {
  expect(findingsWith(files)).toEqual([finding])
})

test('reads the command words of a shown line', () => {
  expect(wordsOf('$ npx airworthy gate pilot --json')).toEqual(['gate', 'pilot'])
  expect(wordsOf('npm start')).toEqual([])
})
