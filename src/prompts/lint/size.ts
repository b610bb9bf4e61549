/** Rules about length: a template that does not fit the model, and one that is longer than instructions need. */
import type { LintFacts } from './facts.ts'
import type { Found } from './finding.ts'

/** Instructions beyond this are seldom all followed, and each request pays for them. */
const LONG_TOKENS = 2000

export function sizeRule({ tokens, models }: LintFacts): Found[] {
  const tooSmall = models.flatMap(({ model, contextTokens, answerTokens }): Found[] => {
    if (contextTokens === null || tokens + (answerTokens ?? 0) < contextTokens) return []
    const answer = answerTokens === null ? '' : ` and ${answerTokens} of answer`
    return [
      {
        code: 'over-context',
        severity: 'error',
        field: 'template',
        message: `${tokens} tokens of template${answer} leave no room for a question in the ${contextTokens} tokens of ${model}`,
        remedy: 'Shorten the prompt, lower max_tokens, or choose a model with a larger window.',
      },
    ]
  })
  if (tokens <= LONG_TOKENS) return tooSmall
  return [
    ...tooSmall,
    {
      code: 'overlong',
      severity: 'warning',
      field: 'template',
      message: `the template alone has ${tokens} tokens, over ${LONG_TOKENS}`,
      remedy:
        'Take out what changes no answer: measure a shorter version beside it. Long material belongs into knowledge/.',
    },
  ]
}
