/**
 * Lint: what is likely wrong with a prompt, found without running it. Pure but for the compiler of templates: the same
 * prompt gives the same findings, in the order in which the rules stand here. It stops nothing by itself.
 */
import type { ParsedPrompt } from '../../core/blueprint/blueprint.ts'
import { placeholdersWith } from '../../core/blueprint/partials.ts'
import { Failure, messageOf } from '../../kernel/failure.ts'
import { promptPart } from '../parse.ts'
import { type JsonSchema, schemaOf } from '../placeholders.ts'
import { createRenderer } from '../render.ts'
import { contradictionRule } from './contradiction.ts'
import { factsOf, fixedText, type LintFacts, type LintModel } from './facts.ts'
import { fileRule } from './file.ts'
import type { Found, LintFinding } from './finding.ts'
import { injectionRule } from './injection.ts'
import { outputSchemaRule } from './output-schema.ts'
import { placeholdersRule } from './placeholders.ts'
import { repetitionRule } from './repetition.ts'
import { sizeRule } from './size.ts'
import { structureRule } from './structure.ts'

const RULES: readonly ((facts: LintFacts) => Found[])[] = [
  fileRule,
  structureRule,
  placeholdersRule,
  injectionRule,
  sizeRule,
  repetitionRule,
  contradictionRule,
  outputSchemaRule,
]

export type LintAround = {
  /** The text of the file, for lines. */
  readonly source?: string | undefined
  /** Models that the prompt is sent to. */
  readonly models?: readonly LintModel[]
  /** By the encoding that the model uses; words times 4/3 when not given. */
  readonly countTokens?: (text: string) => number | Promise<number>
}

export async function lintPrompt(
  prompt: ParsedPrompt,
  { source, models = [], countTokens = aboutTokens }: LintAround = {},
): Promise<LintFinding[]> {
  const file = `prompts/${prompt.name}.prompt`
  const schemas = { input: await readSchema(prompt, 'input'), output: await readSchema(prompt, 'output') }
  const tokens = await countTokens(fixedText(prompt))
  const facts = factsOf(prompt, { input: schemas.input.schema, output: schemas.output.schema, models, tokens })
  const found = [
    ...schemas.input.found,
    ...schemas.output.found,
    ...RULES.flatMap((rule) => rule(facts)),
    ...(await compileRule(prompt)),
  ]
  return found.map(({ at, ...finding }) => {
    const line = source === undefined || at === undefined ? undefined : lineOf(source, at)
    return { ...finding, prompt: prompt.name, file, ...(line !== undefined && { line }) }
  })
}

const aboutTokens = (text: string): number => Math.ceil(((text.match(/\S+/g) ?? []).length * 4) / 3)

function lineOf(source: string, at: string): number | undefined {
  const index = source.indexOf(at)
  return index < 0 ? undefined : source.slice(0, index).split('\n').length
}

async function readSchema(
  { frontMatter }: ParsedPrompt,
  side: 'input' | 'output',
): Promise<{ schema: JsonSchema | undefined; found: Found[] }> {
  try {
    return { schema: await schemaOf(frontMatter, side), found: [] }
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown
    const message = messageOf(thrown)
    const found: Found = {
      code: 'schema-unusable',
      severity: 'error',
      field: `${side}.schema`,
      at: `${side}:`,
      message,
      remedy: 'Write Picoschema, such as `name: string`, or JSON Schema.',
    }
    return { schema: undefined, found: [found] }
  }
}

async function compileRule(prompt: ParsedPrompt): Promise<Found[]> {
  const anything = Object.fromEntries(placeholdersWith(prompt).map((name) => [name, '']))
  try {
    const part = promptPart({ ...prompt, frontMatter: {} })
    await createRenderer()(part, { ...anything, history: [], passages: [], conversation: [] })
    return []
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== 'prompts.template-unusable') throw thrown
    return [
      {
        code: 'template-unusable',
        severity: 'error',
        field: 'template',
        message: thrown.message,
        remedy: 'Close every block, and write each name as {{name}}.',
      },
    ]
  }
}
