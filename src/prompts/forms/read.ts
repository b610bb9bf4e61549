/** Reads a prompt in a provider's form. What is not understood is a failure with its field; what is left out, a loss. */
import { z } from 'zod'
import { Failure } from '../../kernel/failure.ts'
import { parsePrompt } from '../parse.ts'
import { schemaOf } from '../placeholders.ts'
import { type FormTurn, type Loss, numbers, type PromptForm, type Read } from './form.ts'

export async function readForm(form: PromptForm, content: string): Promise<Read> {
  if (form === 'dotprompt') return readDotprompt(content)
  const value = parsed(content)
  if (form === 'chat') return readChat(take(Chat, value))
  if (form === 'messages') return readMessages(take(Messages, value))
  return form === 'gemini' ? readGemini(take(Gemini, value)) : readLangfuse(take(Langfuse, value))
}

const Parts = z.union([
  z.string(),
  z.array(z.looseObject({ type: z.string().optional(), text: z.string().optional() })),
])
const Said = z.looseObject({ role: z.string(), content: Parts })
const Chat = z.looseObject({
  messages: z.array(Said).min(1),
  response_format: z.looseObject({ json_schema: z.looseObject({ schema: z.unknown() }).optional() }).optional(),
  tools: z
    .array(
      z.looseObject({
        function: z.looseObject({ name: z.string(), description: z.string().optional(), parameters: z.unknown() }),
      }),
    )
    .default([]),
})
const Messages = z.looseObject({
  system: Parts.optional(),
  messages: z.array(Said).min(1),
  tools: z
    .array(z.looseObject({ name: z.string(), description: z.string().optional(), input_schema: z.unknown() }))
    .default([]),
})
const Content = z.looseObject({
  role: z.string().optional(),
  parts: z.array(z.looseObject({ text: z.string().optional() })),
})
const Gemini = z.looseObject({
  systemInstruction: Content.optional(),
  contents: z.array(Content).min(1),
  generationConfig: z.looseObject({ responseSchema: z.unknown() }).optional(),
  tools: z
    .array(
      z.looseObject({
        functionDeclarations: z
          .array(z.looseObject({ name: z.string(), description: z.string().optional(), parameters: z.unknown() }))
          .optional(),
      }),
    )
    .default([]),
})
const Langfuse = z.looseObject({
  prompt: z.union([
    z.string(),
    z.array(
      z.looseObject({
        role: z.string().optional(),
        content: z.string().optional(),
        type: z.string().optional(),
        name: z.string().optional(),
      }),
    ),
  ]),
  config: z.looseObject({}).optional(),
})

async function readDotprompt(content: string): Promise<Read> {
  const { frontMatter, body, name } = parsePrompt(content)
  const losses: Loss[] = []
  const [before = '', ...rest] = body.split(/\{\{~?\s*role\s+["'](\w+)["']\s*~?\}\}/)
  const turns: FormTurn[] = [{ role: 'user', text: before }]
  for (let i = 0; i < rest.length; i += 2) turns.push({ role: roleOf(rest[i] ?? 'user'), text: rest[i + 1] ?? '' })
  for (const block of new Set([...body.matchAll(/\{\{[#>][^{}]*\}\}/g)].map(([found]) => found)))
    losses.push({
      what: block,
      why: 'Blocks and partials are Handlebars; elsewhere the text must be made before it is sent.',
    })
  if (/\{\{\s*history\s*\}\}/.test(body))
    losses.push({ what: '{{history}}', why: 'The turns before are put in by whoever sends it.' })
  const config = (frontMatter.config ?? {}) as Record<string, unknown>
  const tools = Array.isArray(frontMatter.toolDefs) ? (frontMatter.toolDefs as Record<string, unknown>[]) : []
  if (Array.isArray(frontMatter.tools) && frontMatter.tools.length > 0)
    losses.push({
      what: `tools ${frontMatter.tools.join(', ')}`,
      why: `${name} names them, and their schemas stand elsewhere.`,
    })
  return {
    prompt: {
      turns: turns.map(trimmed).filter(({ text }) => text !== ''),
      parameters: numbers({
        temperature: config.temperature,
        maxTokens: config.max_tokens ?? config.maxOutputTokens,
        topP: config.top_p ?? config.topP,
      }),
      tools: tools.map((tool) => ({
        name: String(tool.name),
        description: String(tool.description ?? ''),
        schema: tool.inputSchema,
      })),
      output: await schemaOf(frontMatter, 'output'),
    },
    losses,
  }
}

function readChat({ messages, response_format, tools, ...rest }: z.output<typeof Chat>): Read {
  const losses: Loss[] = []
  return {
    prompt: {
      turns: messages.map(({ role, content }) => ({ role: roleOf(role), text: textOf(content, losses) })),
      parameters: numbers({
        temperature: rest.temperature,
        maxTokens: rest.max_completion_tokens ?? rest.max_tokens,
        topP: rest.top_p,
      }),
      tools: tools.map(({ function: { name, description = '', parameters } }) => ({
        name,
        description,
        schema: parameters,
      })),
      output: response_format?.json_schema?.schema,
    },
    losses: [
      ...losses,
      ...unread(rest, ['model', 'temperature', 'max_tokens', 'max_completion_tokens', 'top_p', 'stream']),
    ],
  }
}

function readMessages({ system, messages, tools, ...rest }: z.output<typeof Messages>): Read {
  const losses: Loss[] = []
  const first: FormTurn[] = system === undefined ? [] : [{ role: 'system', text: textOf(system, losses) }]
  return {
    prompt: {
      turns: [
        ...first,
        ...messages.map(({ role, content }) => ({ role: roleOf(role), text: textOf(content, losses) })),
      ],
      parameters: numbers({ temperature: rest.temperature, maxTokens: rest.max_tokens, topP: rest.top_p }),
      tools: tools.map(({ name, description = '', input_schema }) => ({ name, description, schema: input_schema })),
      output: undefined,
    },
    losses: [...losses, ...unread(rest, ['model', 'temperature', 'max_tokens', 'top_p', 'stream'])],
  }
}

function readGemini({ systemInstruction, contents, generationConfig, tools, ...rest }: z.output<typeof Gemini>): Read {
  const losses: Loss[] = []
  const said = ({ role = 'user', parts }: z.output<typeof Content>, as?: FormTurn['role']): FormTurn => ({
    role: as ?? roleOf(role),
    text: textOf(parts, losses),
  })
  const { temperature, maxOutputTokens, topP, responseSchema, ...others } = (generationConfig ?? {}) as Readonly<
    Record<string, unknown>
  >
  return {
    prompt: {
      turns: [...(systemInstruction ? [said(systemInstruction, 'system')] : []), ...contents.map((one) => said(one))],
      parameters: numbers({ temperature, maxTokens: maxOutputTokens, topP }),
      tools: tools.flatMap(({ functionDeclarations = [] }) =>
        functionDeclarations.map(({ name, description = '', parameters }) => ({
          name,
          description,
          schema: parameters,
        })),
      ),
      output: responseSchema,
    },
    losses: [...losses, ...unread(rest, ['model']), ...unread(others, ['responseMimeType'])],
  }
}

function readLangfuse({ prompt, config = {} }: z.output<typeof Langfuse>): Read {
  const losses: Loss[] = []
  const turns: FormTurn[] =
    typeof prompt === 'string'
      ? [{ role: 'user', text: prompt }]
      : prompt.flatMap((one): FormTurn[] => {
          if (one.role !== undefined && one.content !== undefined)
            return [{ role: roleOf(one.role), text: one.content }]
          losses.push({
            what: `placeholder ${one.name ?? ''}`.trim(),
            why: 'Whole messages are put in there; flows put the turns before in by themselves.',
          })
          return []
        })
  for (const [found] of JSON.stringify(prompt).matchAll(/@@@langfusePrompt:[^@]*@@@/g))
    losses.push({ what: found, why: 'It names another prompt of that registry; write it as a partial.' })
  return {
    prompt: {
      turns,
      parameters: numbers({ temperature: config.temperature, maxTokens: config.max_tokens, topP: config.top_p }),
      tools: [],
      output: undefined,
    },
    losses: [...losses, ...unread(config, ['model', 'temperature', 'max_tokens', 'top_p'])],
  }
}

const roleOf = (role: string): FormTurn['role'] =>
  role === 'system' || role === 'developer' ? 'system' : role === 'assistant' || role === 'model' ? 'assistant' : 'user'

const trimmed = ({ role, text }: FormTurn): FormTurn => ({ role, text: text.trim() })

function textOf(
  content: string | readonly { readonly type?: string | undefined; readonly text?: string | undefined }[],
  losses: Loss[],
): string {
  if (typeof content === 'string') return content
  for (const { type, text } of content)
    if (text === undefined) losses.push({ what: `a part ${type ?? 'without text'}`, why: 'A prompt here is text.' })
  return content.map(({ text = '' }) => text).join('')
}

const unread = (rest: Readonly<Record<string, unknown>>, known: readonly string[]): Loss[] =>
  Object.keys(rest)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      what: key,
      why: 'It has no place in a prompt here; put it under the parameters of the model if it applies.',
    }))

function parsed(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch (cause) {
    throw new Failure('invalid', 'prompts.form-unreadable', 'This form is JSON, and the content is not.', { cause })
  }
}

function take<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const problems = read.error.issues.map(({ path, message }) => ({ field: path.join('.') || 'content', message }))
  throw new Failure('invalid', 'prompts.form-unreadable', `${problems[0]?.field}: ${problems[0]?.message}.`, {
    problems,
  })
}
