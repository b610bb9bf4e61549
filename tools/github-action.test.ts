/**
 * The action for GitHub, read from its files: the rules of the published schema for composite actions in our words
 * (json.schemastore.org/github-action.json), and that inputs, scripts and outputs name the same things.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const folder = fileURLToPath(new URL('../deploy/github-action', import.meta.url))
const read = (name: string) => readFileSync(join(folder, name), 'utf8')

const Name = z.string().regex(/^[_a-zA-Z][a-zA-Z0-9_-]*$/)
const Step = z
  .strictObject({
    id: z.string().optional(),
    name: z.string().optional(),
    if: z.string().optional(),
    env: z.record(z.string(), z.string()).optional(),
    run: z.string().optional(),
    shell: z.string().optional(),
    uses: z.string().optional(),
    with: z.looseObject({}).optional(),
    'working-directory': z.string().optional(),
    'continue-on-error': z.union([z.boolean(), z.string().regex(/^\$\{\{.*\}\}$/)]).optional(),
  })
  .refine(
    ({ run, shell, uses }) => (uses === undefined ? run !== undefined && shell !== undefined : run === undefined),
    {
      error: 'a step uses an action, or runs a command in a shell that it names',
    },
  )
const Action = z.strictObject({
  name: z.string(),
  description: z.string(),
  author: z.string().optional(),
  branding: z
    .strictObject({
      icon: z.string(),
      color: z.enum(['white', 'yellow', 'blue', 'green', 'orange', 'red', 'purple', 'gray-dark']),
    })
    .optional(),
  inputs: z.record(
    Name,
    z.strictObject({ description: z.string(), required: z.boolean().optional(), default: z.string().optional() }),
  ),
  outputs: z.record(Name, z.strictObject({ description: z.string(), value: z.string() })),
  runs: z.strictObject({ using: z.literal('composite'), steps: z.array(Step).min(1) }),
})

const text = read('action.yml')
const action = Action.parse(parse(text))

test('the action keeps to the published rules, and each rule is held', () => {
  const bad = [
    { ...action, colour: 'blue' },
    { ...action, runs: { using: 'composite', steps: [{ run: 'true' }] } },
    { ...action, runs: { using: 'composite', steps: [{ uses: 'a/b@v1', run: 'true', shell: 'bash' }] } },
    { ...action, inputs: { '1st': { description: 'begins with a digit' } } },
    { ...action, outputs: { markdown: { description: 'has no value' } } },
    { ...action, branding: { icon: 'box', color: 'pink' } },
  ]
  for (const one of bad) expect(Action.safeParse(one).success).toBe(false)
})

test('every input is used, every input that is used exists, and a required one has no default', () => {
  const used = [...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name)
  expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs)))
  for (const { required, default: value } of Object.values(action.inputs))
    expect(value === undefined).toBe(required === true)
})

test('the scripts are there, read the variables that they are given, and write the outputs that are promised', () => {
  const scripts = action.runs.steps.map(({ run = '', env = {} }) => ({
    name: /([\w-]+\.sh)/.exec(run)?.[1] ?? '',
    env,
  }))
  for (const { name, env } of scripts) {
    expect(existsSync(join(folder, name)), name).toBe(true)
    const own = Object.keys(env).filter((variable) => !/^(AIRWORTHY_|GH_)/.test(variable))
    for (const variable of own) expect(read(name), `${name} reads ${variable}`).toContain(variable)
  }
  const ids = new Set(action.runs.steps.map(({ id }) => id))
  for (const [name, { value }] of Object.entries(action.outputs)) {
    const [, step, output] = /steps\.([\w-]+)\.outputs\.([\w-]+)/.exec(value) ?? []
    expect([ids.has(step), output]).toEqual([true, name])
    expect(read(`${step}.sh`)).toContain(`${name}=`)
  }
})

test('no text of a pull request gets into a script: expressions stand in variables and conditions alone', () => {
  for (const { run } of action.runs.steps) expect(run).not.toContain('${{')
})
