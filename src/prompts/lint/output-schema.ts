/** Rules about a declared output that the text contradicts: another form, or an example that does not fit. */
import { mismatches } from '../placeholders.ts'
import type { LintFacts } from './facts.ts'
import type { Found } from './finding.ts'

export function outputSchemaRule({ text, output, prompt }: LintFacts): Found[] {
  const declared = (prompt.frontMatter.output ?? {}) as { format?: unknown }
  const wantsJson = output !== undefined || declared.format === 'json'
  const found: Found[] = []
  const other =
    /\b(?:answer|reply|respond|write)\b[^.\n]*\b(?:plain text|markdown|prose|bullet points?)\b|\b(?:no|not|without|avoid) json\b|\bdo not (?:use|write|return|answer in) json\b/i.exec(
      text,
    )
  if (wantsJson && other)
    found.push({
      code: 'schema-contradiction',
      severity: 'warning',
      field: 'output',
      at: other[0],
      message: `the output is declared as JSON, and the text says “${other[0]}”`,
      remedy: 'Take out one of the two.',
    })
  if (output)
    for (const { value, source } of examplesIn(text))
      for (const { field, message } of [...mismatches(output, value), ...strangers(output, value)])
        found.push({
          code: 'schema-contradiction',
          severity: 'warning',
          field: `output.${field}`,
          at: source.split('\n')[0] ?? source,
          message: `an example in the text does not fit output.schema: ${field || 'it'} ${message}`,
          remedy: 'Change the example or the schema, so that both say the same.',
        })
  return found
}

/** Objects of JSON that stand in the text; one with placeholders in it is no example yet. */
function examplesIn(text: string): { value: unknown; source: string }[] {
  return [...text.matchAll(/(?<!\{)\{(?:[^{}]|\{[^{}]*\})*\}(?!\})/g)].flatMap(([source]) => {
    try {
      return [{ value: JSON.parse(source) as unknown, source }]
    } catch {
      return []
    }
  })
}

const strangers = (schema: NonNullable<LintFacts['output']>, value: unknown): { field: string; message: string }[] =>
  schema.additionalProperties === false && typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.keys(value)
        .filter((field) => !Object.hasOwn(schema.properties ?? {}, field))
        .map((field) => ({ field, message: 'is no field of it' }))
    : []
