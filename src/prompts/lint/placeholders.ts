/** Rules about placeholders: declared and unused, used and not declared, and filled by nobody. */
import { PROMPT_VARIABLES } from '../../core/blueprint/consistency.ts'
import { EXAMPLE_FIELDS, namesExamples } from '../../core/blueprint/prompt-examples.ts'
import { defaultsOf, type JsonSchema } from '../placeholders.ts'
import type { LintFacts } from './facts.ts'
import type { Found } from './finding.ts'

export function placeholdersRule({ prompt, text, placeholders, input }: LintFacts): Found[] {
  const shows = namesExamples(prompt)
  const declared = [...Object.keys(input?.properties ?? {}), ...(shows ? ['examples'] : [])]
  const inItems = new Set([...fieldsOfItems(input), ...(shows ? EXAMPLE_FIELDS : [])])
  const offered: readonly string[] = [
    ...PROMPT_VARIABLES,
    ...(shows ? ['examples'] : []),
    ...Object.keys(defaultsOf(prompt.frontMatter)),
  ]
  const own = placeholders.filter((name) => !inItems.has(name) && !(input === undefined && IN_LISTS.has(name)))
  const unused = declared.filter((name) => !placeholders.includes(name))
  const undeclared = input ? own.filter((name) => !declared.includes(name)) : []
  const unfilled = own.filter((name) => !offered.includes(name) && !(input && undeclared.includes(name)))
  return [
    ...unused.map(
      (name): Found => ({
        code: 'placeholder-unused',
        severity: 'warning',
        field: name,
        at: name,
        message: `{{${name}}} is declared and never used`,
        remedy:
          name === 'examples' && shows
            ? 'Show them: {{#each examples}}{{input}} {{expected}}{{/each}}.'
            : 'Remove it from input.schema, or use it.',
      }),
    ),
    ...undeclared.map(
      (name): Found => ({
        code: 'placeholder-undeclared',
        severity: 'warning',
        field: name,
        at: `{{${name}`,
        message: `{{${name}}} is used and not declared`,
        remedy: 'Add it to input.schema.',
      }),
    ),
    ...unfilled.map(
      (name): Found => ({
        code: 'placeholder-unfilled',
        severity: 'error',
        field: name,
        at: `{{${name}`,
        message: `nothing fills {{${name}}}`,
        remedy: `Use one of ${PROMPT_VARIABLES.join(', ')}, or give it a default under input.default.`,
      }),
    ),
    ...(placeholders.includes('passages') && !/\{\{\s*(?:this\.)?n\s*\}\}/.test(text)
      ? [
          {
            code: 'passages-unnumbered' as const,
            severity: 'warning' as const,
            field: 'passages',
            at: 'passages}}',
            message: 'passages are shown without their numbers',
            remedy: 'Write [{{n}}] before each, so that answers can cite them.',
          },
        ]
      : []),
    ...(/\{\{\s*role\s*\}\}/.test(text)
      ? [
          {
            code: 'role-bare' as const,
            severity: 'error' as const,
            field: 'role',
            at: '{{role}}',
            message: '{{role}} alone is the command that opens a role, not the role of a turn',
            remedy: 'Write {{this.role}} inside {{#each history}}, or {{role "system"}}.',
          },
        ]
      : []),
  ]
}

/** Fields of what loops, when no schema says what they are. */
const IN_LISTS = new Set(['n', 'id', 'title', 'text', 'source', 'role', 'content', 'score'])

const fieldsOfItems = (schema: JsonSchema | undefined): Set<string> =>
  new Set(
    Object.values(schema?.properties ?? {}).flatMap((property) => [
      ...Object.keys(property.items?.properties ?? {}),
      ...Object.keys(property.properties ?? {}),
    ]),
  )
