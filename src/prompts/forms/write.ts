/** Writes a prompt in a provider's form. */
import { promptText } from '../../core/blueprint/prompt-text.ts'
import type { FormTurn, Loss, Neutral, PromptForm } from './form.ts'

export type Written = { readonly content: string; readonly losses: readonly Loss[] }

export function writeForm(form: PromptForm, prompt: Neutral): Written {
  if (form === 'dotprompt') return { content: asDotprompt(prompt), losses: [] }
  const { value, losses = [] } = WRITERS[form](prompt)
  return { content: `${JSON.stringify(value, null, 2)}\n`, losses }
}

type Writer = (prompt: Neutral) => { value: unknown; losses?: readonly Loss[] }

const WRITERS: Readonly<Record<Exclude<PromptForm, 'dotprompt'>, Writer>> = {
  chat: ({ turns, parameters: { temperature, maxTokens, topP }, tools, output }) => ({
    value: present({
      messages: turns.map(({ role, text }) => ({ role, content: text })),
      temperature,
      max_completion_tokens: maxTokens,
      top_p: topP,
      tools: some(
        tools.map(({ name, description, schema }) => ({
          type: 'function',
          function: { name, description, parameters: schema },
        })),
      ),
      response_format:
        output === undefined ? undefined : { type: 'json_schema', json_schema: { name: 'answer', schema: output } },
    }),
  }),
  messages: ({ turns, parameters: { temperature, maxTokens, topP }, tools, output }) => ({
    value: present({
      system: systemOf(turns),
      messages: turns.filter(({ role }) => role !== 'system').map(({ role, text }) => ({ role, content: text })),
      // It is asked for there; without one the request is refused.
      max_tokens: maxTokens ?? 1024,
      temperature,
      top_p: topP,
      tools: some(tools.map(({ name, description, schema }) => ({ name, description, input_schema: schema }))),
    }),
    losses: [
      ...(maxTokens === undefined
        ? [{ what: 'max_tokens', why: 'This form needs one and the prompt has none; 1024 was written.' }]
        : []),
      ...(output === undefined
        ? []
        : [{ what: 'output.schema', why: 'Say the form in the text, or ask for it through a tool.' }]),
      ...laterSystem(turns),
    ],
  }),
  gemini: ({ turns, parameters: { temperature, maxTokens, topP }, tools, output }) => ({
    value: present({
      systemInstruction: systemOf(turns) === undefined ? undefined : { parts: [{ text: systemOf(turns) }] },
      contents: turns
        .filter(({ role }) => role !== 'system')
        .map(({ role, text }) => ({ role: role === 'assistant' ? 'model' : 'user', parts: [{ text }] })),
      generationConfig: some(
        present({
          temperature,
          maxOutputTokens: maxTokens,
          topP,
          ...(output === undefined ? {} : { responseMimeType: 'application/json', responseSchema: output }),
        }),
      ),
      tools: some(
        tools.map(({ name, description, schema }) => ({
          functionDeclarations: [{ name, description, parameters: schema }],
        })),
      ),
    }),
    losses: laterSystem(turns),
  }),
  langfuse: ({ turns, parameters: { temperature, maxTokens, topP }, tools, output }) => ({
    value: {
      type: 'chat',
      prompt: turns.map(({ role, text }) => ({ role, content: text })),
      config: present({ temperature, max_tokens: maxTokens, top_p: topP }),
    },
    losses: [
      ...(tools.length > 0 ? [{ what: 'tools', why: 'A prompt there has none; put them into its config.' }] : []),
      ...(output === undefined
        ? []
        : [{ what: 'output.schema', why: 'A prompt there has none; put it into its config.' }]),
    ],
  }),
}

function asDotprompt({ turns, parameters: { temperature, maxTokens, topP }, tools, output }: Neutral): string {
  const config = present({ temperature, max_tokens: maxTokens, top_p: topP })
  const names = [
    ...new Set(
      turns.flatMap(({ text }) => [...text.matchAll(/\{\{\s*([A-Za-z_]\w*)\s*\}\}/g)].map(([, name = '']) => name)),
    ),
  ]
  const frontMatter = present({
    config: some(config),
    input: names.length === 0 ? undefined : { schema: Object.fromEntries(names.map((name) => [name, 'string'])) },
    output: output === undefined ? undefined : { format: 'json', schema: output },
    toolDefs: some(tools.map(({ name, description, schema }) => ({ name, description, inputSchema: schema }))),
  })
  const role = ({ role: of }: FormTurn) => (of === 'assistant' ? 'model' : of)
  return promptText({ frontMatter, body: turns.map((turn) => `{{role "${role(turn)}"}}\n${turn.text}`).join('\n') })
}

const systemOf = (turns: readonly FormTurn[]): string | undefined => {
  const all = turns.filter(({ role }) => role === 'system').map(({ text }) => text)
  return all.length === 0 ? undefined : all.join('\n\n')
}

/** A system turn behind others moves to the front there. */
const laterSystem = (turns: readonly FormTurn[]): Loss[] =>
  turns.some(({ role }, index) => role === 'system' && turns.slice(0, index).some((before) => before.role !== 'system'))
    ? [{ what: 'a later system turn', why: 'This form has one place for it, before all turns.' }]
    : []

const present = <Value extends Record<string, unknown>>(value: Value): Partial<Value> =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Partial<Value>

const some = <Value extends object>(value: Value): Value | undefined =>
  Object.keys(value).length === 0 ? undefined : value
