import { expect, test } from 'vitest'
import { type Conversion, convert } from './convert.ts'
import { PROMPT_FORMS, type PromptForm } from './form.ts'

const PROMPT = `---
config:
  temperature: 0.2
  max_tokens: 300
toolDefs:
  - name: find
    description: Finds an order.
    inputSchema: { type: object, properties: { id: { type: string } } }
output:
  schema: { label: string }
---
{{role "system"}}
You answer {{tone}}.
{{role "user"}}
Hello
{{role "model"}}
Hi
{{role "user"}}
{{question}}`
const TURNS = [
  { role: 'system', text: 'You answer {{tone}}.' },
  { role: 'user', text: 'Hello' },
  { role: 'assistant', text: 'Hi' },
  { role: 'user', text: '{{question}}' },
]
const to = (form: PromptForm, content: string, more: Partial<Conversion> = {}) =>
  convert({ from: 'dotprompt', to: form, content, placeholders: 'double', ...more })

test.for(PROMPT_FORMS)('a prompt goes into %s and comes back with the same turns and parameters', async (form) => {
  const there = await to(form, PROMPT)
  expect(there).toMatchObject({ same: true, turns: TURNS })
  expect(there.plan.length).toBeGreaterThan(2)
  const back = await to('dotprompt', there.content, { from: form })
  expect(back).toMatchObject({ same: true, turns: TURNS })
  expect(back.content).toContain('temperature: 0.2')
  expect(back.content).toContain('max_tokens: 300')
})

test.for([
  [
    'chat',
    { max_completion_tokens: 300, response_format: { type: 'json_schema' }, tools: [{ function: { name: 'find' } }] },
    [],
  ],
  ['messages', { system: 'You answer {{tone}}.', max_tokens: 300, tools: [{ name: 'find' }] }, ['output.schema']],
  ['gemini', { generationConfig: { maxOutputTokens: 300, responseMimeType: 'application/json' } }, []],
  ['langfuse', { type: 'chat', config: { max_tokens: 300 } }, ['tools', 'output.schema']],
] as const)('%s says what it has and what is lost', async ([form, shape, lost]) => {
  const { content, losses } = await to(form, PROMPT)
  expect(JSON.parse(content)).toMatchObject(shape)
  expect(losses.map(({ what }) => what)).toEqual(lost)
})

test.for([
  [
    'blocks and history',
    'dotprompt',
    '{{#each passages}}{{text}}{{/each}}{{history}}{{question}}',
    ['{{#each passages}}', '{{history}}'],
  ],
  [
    'a picture',
    'chat',
    '{"messages":[{"role":"user","content":[{"type":"image_url"},{"type":"text","text":"Hi"}]}],"seed":1}',
    ['a part image_url', 'seed'],
  ],
  [
    'placeholders of messages',
    'langfuse',
    '{"prompt":[{"type":"placeholder","name":"h"},{"role":"user","content":"@@@langfusePrompt:name=a@@@"}]}',
    ['placeholder h', '@@@langfusePrompt:name=a@@@'],
  ],
] as const)('losses name %s', async ([, from, content, lost]) => {
  expect((await to('chat', content, { from })).losses.map(({ what }) => what)).toEqual(lost)
})

test('single braces are placeholders where they are said to be', async () => {
  const content = '{"messages":[{"role":"user","content":"Hello {name}, {{not}} this"}]}'
  const { turns } = await to('dotprompt', content, { from: 'chat', placeholders: 'single' })
  expect(turns).toEqual([{ role: 'user', text: 'Hello {{name}}, {not} this' }])
})

test.for([
  ['no JSON', '{', 'This form is JSON'],
  ['no messages', '{}', 'messages'],
] as const)('a content with %s is refused with its field', async ([, content, message]) => {
  await expect(to('dotprompt', content, { from: 'chat' })).rejects.toMatchObject({
    code: 'prompts.form-unreadable',
    message: expect.stringContaining(message),
  })
})
