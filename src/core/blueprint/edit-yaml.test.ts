/** What a person wrote stays as it was written, but for what changed. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { cases } from '../../testing/properties.ts'
import { editYaml } from './edit-yaml.ts'

const RISKS = `# Our risks.
tolerance: 8 # agreed in March
risks:
  - id: cost
    owner:
    title: Costs run away
  # This one came up in the workshop.
  - id: bias
    title: "Some customers lose"
    likelihood: 2 # a guess
`

test('comments, order and quotes stay, and only what changed is written anew', () => {
  const value = parse(RISKS)
  value.tolerance = 6
  value.risks[0].owner = 'Ada'
  value.risks.reverse()
  value.risks.push({ id: 'new', title: 'Another' })
  expect(editYaml(RISKS, value)).toBe(`# Our risks.
tolerance: 6 # agreed in March
risks:
  # This one came up in the workshop.
  - id: bias
    title: "Some customers lose"
    likelihood: 2 # a guess
  - id: cost
    owner: Ada
    title: Costs run away
  - id: new
    title: Another
`)
})

test('a value that did not change leaves the file as it was, and a broken file is written anew', () => {
  expect(editYaml(RISKS, parse(RISKS))).toBe(RISKS)
  expect(editYaml('a: [', { a: 1 })).toBe('a: 1\n')
  expect(editYaml(undefined, { a: { b: [1, 'x'] } })).toBe('a:\n  b:\n    - 1\n    - x\n')
})

test('whatever stood there, reading the result gives what was written', () => {
  const tree = () =>
    fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.jsonValue({ maxDepth: 3 }), {
      maxKeys: 4,
      noNullPrototype: true,
    })
  fc.assert(
    fc.property(tree(), tree(), (before, after) => {
      const value = JSON.parse(JSON.stringify(after))
      expect(parse(editYaml(stringify(before), value))).toEqual(value)
    }),
    cases(150),
  )
})
