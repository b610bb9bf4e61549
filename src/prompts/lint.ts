/** What is likely wrong with a prompt, found without running it. Each finding has a remedy; none stops a freeze by itself. */
import type { ParsedPrompt } from '../core/blueprint/blueprint.ts'
import { placeholdersOf } from '../core/blueprint/prompt-file.ts'
import { Failure, type Problem } from '../kernel/failure.ts'
import { promptPart } from './parse.ts'
import { inputSchemaOf } from './placeholders.ts'
import { createRenderer } from './render.ts'

const KNOWN_KEYS = [
  'model',
  'config',
  'input',
  'output',
  'tools',
  'toolDefs',
  'name',
  'variant',
  'version',
  'description',
  'ext',
]

export async function lintPrompt(prompt: ParsedPrompt): Promise<Problem[]> {
  const { name, frontMatter, body } = prompt
  const file = `prompts/${name}.prompt`
  const found: Problem[] = []
  for (const key of Object.keys(frontMatter))
    if (!KNOWN_KEYS.includes(key) && !key.includes('.'))
      found.push({
        file,
        field: key,
        message: `${key} is no key of Dotprompt`,
        remedy: `Use ${KNOWN_KEYS.join(', ')}, or a name with a dot.`,
      })
  if (frontMatter.model !== undefined)
    found.push({
      file,
      field: 'model',
      message: 'the model of the prompt is not used',
      remedy: 'Name the model in airworthy.yaml; a step joins prompt and model.',
    })
  const placeholders = placeholdersOf(body)
  try {
    const schema = await inputSchemaOf(frontMatter)
    for (const declared of Object.keys(schema?.properties ?? {}))
      if (!placeholders.includes(declared))
        found.push({
          file,
          field: declared,
          message: `{{${declared}}} is declared and never used`,
          remedy: 'Remove it from input.schema, or use it.',
        })
    if (schema)
      for (const used of placeholders)
        if (!(used in (schema.properties ?? {})) && !body.includes('#each'))
          found.push({
            file,
            field: used,
            message: `{{${used}}} is used and not declared`,
            remedy: 'Add it to input.schema.',
          })
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown
    found.push({ file, field: 'input.schema', message: thrown.message })
  }
  if (placeholders.includes('passages') && !/\{\{\s*(?:this\.)?n\s*\}\}/.test(body))
    found.push({
      file,
      field: 'passages',
      message: 'passages are shown without their numbers',
      remedy: 'Write [{{n}}] before each, so that answers can cite them.',
    })
  if (/\{\{\s*role\s*\}\}/.test(body))
    found.push({
      file,
      field: 'role',
      message: '{{role}} alone is the command that opens a role, not the role of a turn',
      remedy: 'Write {{this.role}} inside {{#each history}}, or {{role "system"}}.',
    })
  const broken = await compileProblem(prompt)
  return broken ? [...found, { file, ...broken }] : found
}

async function compileProblem(prompt: ParsedPrompt): Promise<Problem | undefined> {
  const part = promptPart({ ...prompt, frontMatter: {} })
  const anything = Object.fromEntries(placeholdersOf(prompt.body).map((name) => [name, '']))
  try {
    await createRenderer()(part, { ...anything, history: [], passages: [], conversation: [] })
    return undefined
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'prompts.template-unusable')
      return { field: 'template', message: thrown.message }
    throw thrown
  }
}
