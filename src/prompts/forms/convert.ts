/** Conversion between providers' forms, with the check that can be made at once and the plan for the one that cannot. */
import { isDeepStrictEqual } from 'node:util'
import type { Loss, Neutral, PromptForm } from './form.ts'
import { readForm } from './read.ts'
import { writeForm } from './write.ts'

export type Conversion = {
  readonly from: PromptForm
  readonly to: PromptForm
  readonly content: string
  /** double: `{{name}}` · single: `{name}`, as in Python. */
  readonly placeholders: 'double' | 'single'
}

export async function convert({ from, to, content, placeholders }: Conversion) {
  const { prompt: read, losses } = await readForm(from, content)
  const prompt = placeholders === 'single' ? doubled(read) : read
  const written = writeForm(to, prompt)
  const again = await readForm(to, written.content)
  return {
    content: written.content,
    losses: unique([...losses, ...written.losses]),
    same: isDeepStrictEqual(turnsOf(again.prompt), turnsOf(prompt)),
    turns: turnsOf(prompt),
    plan: PLAN,
  }
}

/** The turns alone prove nothing of answers: another provider may read the same words in another way. */
const PLAN = [
  'Freeze the application with the prompt and model as they are, then with the converted prompt and the new model.',
  'The second release is flagged by itself, and the paired experiment is proposed with its quote: `airworthy swap <application>`, or the page of the release. The difference that it could show should be at most the margin of the suite.',
  'Begin it: `airworthy swap <application> --run`. Only “equivalent” is equivalence: the whole paired interval inside the margin. “undecided” names the pairs that would decide.',
  'The result is evidence for `eval.regress` of the second release, bound to both prompts by digest.',
]

/** In a text that writes `{name}`, doubled braces are literal ones. */
const doubled = (prompt: Neutral): Neutral => ({
  ...prompt,
  turns: prompt.turns.map(({ role, text }) => ({
    role,
    text: text.replace(/\{\{|\}\}|\{([A-Za-z_]\w*)\}/g, (found, name?: string) =>
      name === undefined ? (found === '{{' ? '{' : '}') : `{{${name}}}`,
    ),
  })),
})

const turnsOf = ({ turns }: Neutral) => turns.map(({ role, text }) => ({ role, text: text.trim() }))

const unique = (losses: readonly Loss[]): Loss[] => [...new Map(losses.map((loss) => [loss.what, loss])).values()]
