/** A blueprint in every way of writing it, and whatever else may lie in its files. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse as parseYaml, stringify } from 'yaml'
import { unfitIn } from '../../kernel/unfit.ts'
import { cases } from '../../testing/properties.ts'
import { type BlueprintFiles, FilePath } from './files.ts'
import { parseBlueprint } from './parse.ts'
import { placeholdersOf } from './prompt-file.ts'

const parse = (files: BlueprintFiles) => parseBlueprint({ files, name: 'shop' })
const parsed = (files: BlueprintFiles) => {
  const found = parse(files)
  if (found.kind === 'problems') throw new Error(JSON.stringify(found.problems))
  return found.blueprint
}

const word = () => fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/).filter((text) => text !== 'constructor')
/** Texts that YAML reads as something else when they are written carelessly. */
const text = () =>
  fc.oneof(
    fc.string(),
    fc.constantFrom(
      'no',
      '1e3',
      '0o7',
      '~',
      '2026-03-01',
      '# no comment',
      '- x',
      'a: b',
      '*x',
      '&x',
      '!!str',
      '|',
      "'",
      '',
    ),
  )
const settings = () =>
  fc.record(
    {
      description: text(),
      models: fc.dictionary(
        word(),
        fc.record({ model: word().map((name) => `local/${name}`), parameters: parameters() }),
        {
          minKeys: 1,
          maxKeys: 3,
        },
      ),
      builders: fc.array(text().filter((one) => one.length > 0)),
      profile: fc.record({ industry: text(), audience: fc.constantFrom('internal', 'public') }, { requiredKeys: [] }),
      duties: fc.record({ 'business-owner': text().filter((one) => one.length > 0) }, { requiredKeys: [] }),
      limits: fc.record({ requestsPerMinute: fc.integer({ min: 1, max: 10_000 }) }, { requiredKeys: [] }),
    },
    { requiredKeys: ['models'] },
  )
const parameters = () =>
  fc.dictionary(word(), fc.oneof(text(), fc.boolean(), fc.integer(), fc.constant(null)), { maxKeys: 3 })
const examples = () =>
  fc.uniqueArray(
    fc.record(
      {
        id: fc.string({ minLength: 1 }),
        input: fc.string({ minLength: 1 }),
        expected: fc.oneof(text(), fc.array(text()), fc.constant(null)),
        metadata: fc.dictionary(word(), fc.jsonValue({ maxDepth: 2 })),
      },
      { requiredKeys: ['id', 'input'] },
    ),
    { selector: ({ id }) => id, maxLength: 5 },
  )

const written = (
  values: { settings: unknown; rows: readonly unknown[]; charter: unknown },
  write: (value: unknown) => string,
): BlueprintFiles => ({
  'airworthy.yaml': write(values.settings),
  'prompts/answer.prompt': '{{role "user"}}{{question}}',
  'datasets/rows.jsonl': values.rows.map((row) => JSON.stringify(row)).join('\n'),
  'charter.yaml': write(values.charter),
})
const values = () =>
  fc
    .record({ settings: settings(), rows: examples(), charter: fc.dictionary(word(), fc.oneof(text(), fc.integer())) })
    .filter((one) => unfitIn(one) === undefined)

test('what was written is what is read, in every way in which YAML can say it, under one digest', () => {
  fc.assert(
    fc.property(values(), (given) => {
      const plain = parsed(written(given, (value) => JSON.stringify(value)))
      expect(plain.settings).toMatchObject(JSON.parse(JSON.stringify(given.settings)))
      expect(plain.datasets[0]?.rows.map(({ id, input }) => ({ id, input }))).toEqual(
        given.rows.map(({ id, input }) => ({ id, input })),
      )
      expect(plain.documents.charter?.value).toEqual(JSON.parse(JSON.stringify(given.charter)))
      const ways: ((value: unknown) => string)[] = [
        (value) => stringify(value),
        (value) => stringify(value, { sortMapEntries: true, lineWidth: 20 }),
        (value) => stringify(value, { defaultStringType: 'QUOTE_DOUBLE', indent: 4 }),
        (value) => `# a comment\n${stringify(value)}\n# and another\n`,
        (value) => `\uFEFF${stringify(value, { blockQuote: false }).replaceAll('\n', '\r\n')}`,
      ]
      for (const way of ways) expect(parsed(written(given, way)).digest).toBe(plain.digest)
    }),
    cases(30),
  )
})

test('another value of any field has another digest', () => {
  fc.assert(
    fc.property(values(), fc.string({ minLength: 1 }), (given, more) => {
      if (unfitIn(more) !== undefined) return
      const digest = (one: typeof given) => parsed(written(one, (value) => JSON.stringify(value))).digest
      const before = digest(given)
      const said = given.settings.description ?? ''
      expect(digest({ ...given, settings: { ...given.settings, description: said + more } })).not.toBe(before)
      expect(digest({ ...given, charter: { ...given.charter, 'a field': more } })).not.toBe(before)
      expect(digest({ ...given, rows: [...given.rows, { id: `new ${more}`, input: more }] })).not.toBe(before)
    }),
    cases(60),
  )
})

const PATHS = [
  'airworthy.yaml',
  'prompts/answer.prompt',
  'flows/main.yaml',
  'datasets/rows.jsonl',
  'evals/suite.yaml',
  'charter.yaml',
  'knowledge/a.md',
  'notes.txt',
]
const good: BlueprintFiles = {
  'airworthy.yaml':
    'description: answers\nmodels:\n  answer: {model: local/extractive}\nduties: {business-owner: Ada}\ngates:\n  poc:\n    tighten: {}\n',
  'prompts/answer.prompt':
    '---\ninput:\n  schema:\n    question: string\n---\n{{#each passages}}[{{n}}] {{/each}}{{question}}\n',
  'flows/main.yaml': 'steps:\n  - {id: answer, use: generate, prompt: answer, model: answer}\n',
  'datasets/rows.jsonl': '{"id":"1","input":"How long?"}\n{"id":"2","input":"When?","metadata":{"a":1}}\n',
  'evals/suite.yaml': 'dataset: rows\nevaluators: [token-f1, {use: regex, options: {pattern: a}}]\n',
  'charter.yaml': 'problem: slow answers # a comment\nusers: |\n  people\n',
}

/** Every mistake names a file that is there (or should be), a field, and a line of that file when it has one. */
function expectPlaces(files: BlueprintFiles): void {
  const found = parse(files)
  if (found.kind === 'parsed') return
  expect(found.problems.length).toBeGreaterThan(0)
  for (const { file, field, message, line, remedy } of found.problems) {
    expect(file, message).toBeTruthy()
    expect(field, message).toBeTruthy()
    expect(message).toBeTruthy()
    expect(remedy, message).toBeTruthy()
    const content = files[file ?? '']
    if (line === undefined || content === undefined) continue
    expect(Number.isInteger(line) && line >= 1, `${message} in line ${line}`).toBe(true)
    expect(line).toBeLessThanOrEqual(String(content).split('\n').length + 1)
  }
}

test('any text in any file is parsed or told with its place, and nothing throws', () => {
  const odd = () =>
    fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'{}[]:,-#&*!|>\'"%@`\n \t?<~=.0a\\\u0000', '\ud800', '\u{1f600}') }),
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc.jsonValue().map((value) => stringify(value)),
      fc.base64String().map((base64) => ({ base64 })),
    )
  fc.assert(
    fc.property(
      fc.dictionary(fc.oneof(fc.constantFrom(...PATHS), fc.string()), odd(), { noNullPrototype: true }),
      (files) =>
        expectPlaces({
          ...good,
          ...Object.fromEntries(Object.entries(files).filter(([path]) => FilePath.safeParse(path).success)),
        }),
    ),
    cases(200),
  )
})

test('a good blueprint with a few characters changed is parsed or told with its place', () => {
  const edit = fc.record({
    path: fc.constantFrom(...Object.keys(good)),
    at: fc.nat(),
    cut: fc.nat(5),
    put: fc.oneof(
      fc.string({ maxLength: 3 }),
      fc.constantFrom('*a ', '&a ', '<<: ', '__proto__: ', '\n', '\t', '"', '{{', '}}'),
    ),
  })
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const files: Record<string, string> = { ...(good as Record<string, string>) }
      for (const { path, at, cut, put } of edits) {
        const before = files[path] ?? ''
        const from = at % (before.length + 1)
        files[path] = before.slice(0, from) + put + before.slice(from + cut)
      }
      expectPlaces(files)
    }),
    cases(250),
  )
})

test('a path never leads out of its folder', () => {
  const segment = fc.oneof(fc.string(), fc.constantFrom('..', '.', '', 'a', '\\', '\0', '%2e%2e'))
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1 }), (segments) => {
      const path = segments.join('/')
      if (!FilePath.safeParse(path).success) return
      const resolved = new URL(
        `./${path}`.replaceAll('%', '%25').replaceAll('?', '%3f').replaceAll('#', '%23'),
        'file:///blueprint/x/',
      )
      expect(resolved.pathname.startsWith('/blueprint/x/')).toBe(true)
      expect(path).not.toMatch(/(^|\/)\.\.?(\/|$)|^\/|\\|\0/)
    }),
    cases(500),
  )
})

test('placeholders are found in any text without ado', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('{', '}', '{{', '}}', '#', '/', ' ', 'a', 'each', 'if', '\n') }),
      (body) => {
        for (const name of placeholdersOf(body)) expect(name).toMatch(/^[a-zA-Z_]\w*$/)
      },
    ),
    cases(300),
  )
})

test('what the parser takes for YAML is what the library reads', () => {
  fc.assert(
    fc.property(fc.dictionary(word(), text()), (charter) => {
      const source = stringify(charter)
      expect(parsed({ ...good, 'charter.yaml': source }).documents.charter?.value).toEqual(parseYaml(source) ?? {})
    }),
    cases(60),
  )
})
