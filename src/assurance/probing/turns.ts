/** Templates of probes and the turns that come of them; pure. */
import type { Manifest } from '../../core/manifest.ts'
import type { Question } from './deps.ts'

export const said = (role: 'user' | 'assistant', content: string) => ({ role, content })
export const asQuestion = (content: string): Question => [said('user', content)]

/** Texts in turn from the user and the assistant; the user begins. */
export const asTurns = (texts: readonly string[]): Question =>
  texts.map((text, at) => said(at % 2 === 0 ? 'user' : 'assistant', text))

/** Marks like `{{order}}` give way to their values; a mark without a value stays. */
export const filled = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replaceAll(/\{\{(\w+)\}\}/g, (mark, name: string) => values[name] ?? mark)

/** Whether what was said before the question reaches a model. */
export const hearsTurns = ({ prompts, flow }: Pick<Manifest, 'prompts' | 'flow'>): boolean =>
  flow.steps.some(({ use }) => use === 'call-target') ||
  prompts.some(({ body }) => /\{\{[^}]*\b(history|conversation)\b[^}]*\}\}/.test(body))
