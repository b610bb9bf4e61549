/** Rules about what a good prompt has: who answers and how, in which form, and examples of it. */
import type { LintFacts } from './facts.ts'
import type { Found } from './finding.ts'

const SAYS_ROLE =
  /\b(?:you are|you're|you answer|you help|you write|you translate|you classify|act as|your (?:task|role|job)|as an? \w+)\b/i
const SAYS_FORM =
  /\b(?:json|yaml|xml|csv|markdown|html|format|sentences?|one line|bullets?|list|words?|characters?|paragraphs?|table|headings?|one of|yes or no|only the (?:name|number|label|answer)|numbered|step by step|briefly|brief|short|concise|in full|letter)\b/i

export function structureRule({ prompt, segments, text, placeholders }: LintFacts): Found[] {
  const output = (prompt.frontMatter.output ?? {}) as { schema?: unknown; format?: unknown }
  const found: Found[] = []
  if (!segments.some(({ role }) => role === 'system') && !SAYS_ROLE.test(text))
    found.push({
      code: 'role-missing',
      severity: 'warning',
      field: 'role',
      message: 'nothing says who answers and for whom',
      remedy: 'Begin with {{role "system"}} and one sentence such as “You answer questions of customers of …”.',
    })
  if (output.schema === undefined && output.format === undefined && !SAYS_FORM.test(text))
    found.push({
      code: 'format-missing',
      severity: 'warning',
      field: 'output',
      message: 'nothing says what form an answer has',
      remedy: 'Say its form and length, for example “Answer in at most three sentences”, or declare output.schema.',
    })
  const turnsOfModel = segments.filter(({ role }) => role === 'model').length
  const hasExamples =
    turnsOfModel > 0 || placeholders.includes('examples') || /\b(?:for example|examples?|e\.g\.)\b/i.test(text)
  if (!hasExamples)
    found.push({
      code: 'examples-missing',
      severity: 'advice',
      field: 'examples',
      message: 'there is no example of a good answer',
      remedy: 'Show one to three, as turns: {{role "user"}} a question, {{role "model"}} its answer.',
    })
  return found
}
