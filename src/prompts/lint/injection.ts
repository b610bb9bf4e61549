/**
 * Rules about text of users that stands among instructions. Whoever writes the question can write instructions too:
 * in the system's turn they weigh as much as ours, and in a turn of the user nothing shows where the question ends.
 */
import type { LintFacts, Segment } from './facts.ts'
import type { Found } from './finding.ts'

/** What flows put in that a user wrote. */
const OF_USERS = ['question', 'history', 'conversation'] as const

export function injectionRule({ segments }: LintFacts): Found[] {
  return segments.flatMap((segment) => OF_USERS.flatMap((name) => foundIn(segment, name)))
}

function foundIn({ role, text }: Segment, name: string): Found[] {
  // `{{history}}` alone is the helper that puts the turns in as turns.
  const use =
    name === 'history' ? /\{\{\s*#each\s+history\b/ : new RegExp(`\\{\\{~?\\s*(?:#each\\s+)?${name}\\b[^{}]*\\}\\}`)
  const match = use.exec(text)
  if (!match) return []
  const at = match[0]
  if (role === 'system')
    return [
      {
        code: 'input-injectable',
        severity: 'warning',
        field: name,
        at,
        message: `what users write (${name}) stands in the system's turn, where it weighs as much as the instructions`,
        remedy: `Move it behind {{role "user"}}.`,
      },
    ]
  if (role !== 'user' || at.startsWith('{{#')) return []
  const before = text.slice(0, match.index)
  const after = text.slice(match.index + at.length)
  if (isFenced(before, after) || !saysSomething(after)) return []
  return [
    {
      code: 'input-injectable',
      severity: 'warning',
      field: name,
      at,
      message: `instructions follow what users write (${name}), and nothing marks where it ends`,
      remedy: `Put the instructions before it or into the system's turn, or put marks around it: <${name}>{{${name}}}</${name}>.`,
    },
  ]
}

/** Between marks that are told from text: a tag, three quotes, three backticks. */
const isFenced = (before: string, after: string): boolean =>
  (/<[\w-]+>\s*$/.test(before) && /^\s*<\/[\w-]+>/.test(after)) ||
  ['"""', '```', '###', "'''"].some((mark) => before.trimEnd().endsWith(mark) && after.trimStart().startsWith(mark))

/** Two words or more; an ending such as “Answer:” instructs nobody. */
const saysSomething = (text: string): boolean =>
  (text.replace(/\{\{[^{}]*\}\}/g, ' ').match(/\p{L}{2,}/gu) ?? []).length > 2
