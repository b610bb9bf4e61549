/**
 * Runs Dotprompt's public conformance cases (`spec/` of github.com/google/dotprompt, Apache-2.0) through our reading
 * and rendering: `node tools/dotprompt-conformance.ts <folder of a checkout>/spec`. Exit code 1 when one fails.
 *
 * We refuse a prompt without a template, so cases that are about front matter alone are given one word of it.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { parse } from 'yaml'
import { compileTemplate, parsePrompt } from '../src/prompts/index.ts'

type Case = {
  desc?: string
  data?: Record<string, unknown>
  options?: Record<string, unknown>
  expect: Record<string, unknown> & { input?: unknown; raw?: unknown }
}
type Group = {
  name: string
  template: string
  data?: Record<string, unknown>
  schemas?: never
  tools?: never
  partials?: Record<string, string>
  resolverPartials?: Record<string, string>
  tests: Case[]
}

async function run(group: Group, one: Case): Promise<string | undefined> {
  const isBare = /^---\n[\s\S]*\n---\s*$/.test(group.template.replaceAll('\r\n', '\n'))
  const { frontMatter, body } = parsePrompt(isBare ? `${group.template.trimEnd()}\nword` : group.template)
  const partials = { ...group.resolverPartials, ...group.partials }
  const surroundings = { schemas: group.schemas, tools: group.tools } as Record<string, unknown>
  const render = await compileTemplate(
    { body, partials },
    { ...surroundings, metadata: { ...metadataOf(frontMatter), raw: { ...frontMatter } } as never },
  )
  const { raw, ...result } = JSON.parse(
    JSON.stringify(await render({ ...group.data, ...one.data }, one.options as never)),
  )
  const { raw: expectedRaw, input: _, ...expected } = one.expect
  const word = { messages: [{ role: 'user', content: [{ text: 'word' }] }] }
  const wanted = { ext: {}, config: {}, metadata: {}, ...expected, ...(isBare && word) }
  if (!isDeepStrictEqual(result, wanted)) return `gave ${JSON.stringify(result)}, not ${JSON.stringify(wanted)}`
  if (expectedRaw !== undefined && !isDeepStrictEqual(raw, expectedRaw)) return `raw is ${JSON.stringify(raw)}`
  return undefined
}

const KEYS = ['config', 'description', 'input', 'model', 'name', 'output', 'toolDefs', 'tools', 'variant', 'version']

/** Front matter as the package takes it: its own keys, and names with a dot as what extends it. */
function metadataOf(frontMatter: Readonly<Record<string, unknown>>) {
  const ext: Record<string, Record<string, unknown>> = {}
  for (const [key, value] of Object.entries(frontMatter)) {
    const dot = key.lastIndexOf('.')
    if (dot > 0) ext[key.slice(0, dot)] = { ...ext[key.slice(0, dot)], [key.slice(dot + 1)]: value }
  }
  const known = Object.fromEntries(Object.entries(frontMatter).filter(([key]) => KEYS.includes(key)))
  return { config: {}, metadata: {}, ...known, ext }
}

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('Name the folder of the cases: node tools/dotprompt-conformance.ts dotprompt/spec')
  process.exit(2)
}
let passed = 0
let failed = 0
for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml')))
  for (const group of parse(readFileSync(join(folder, file), 'utf8')) as Group[])
    for (const one of group.tests) {
      const wrong = await run(group, one).catch((thrown: Error) => thrown.message)
      if (wrong === undefined) passed++
      else {
        failed++
        console.log(`${file} ${group.name}: ${one.desc ?? ''}\n  ${wrong}`)
      }
    }
console.log(`${passed} cases passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
