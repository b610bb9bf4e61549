import { expect, test } from 'vitest'
import { modelsIn, withModel } from './model-in-bytes.ts'

test.for([
  ['{"model":"openai/x","messages":[]}', '{"model":"gpt","messages":[]}'],
  [
    '{ "messages" : [{"model":"inner","content":"\\"model\\":\\"no\\""}] , "model" :\n"a/b" }',
    '{ "messages" : [{"model":"inner","content":"\\"model\\":\\"no\\""}] , "model" :\n"gpt" }',
  ],
  [
    '{"a":"model","mod\\u0065l":"x/y","seed":12345678901234567890,"t":1.0}',
    '{"a":"model","mod\\u0065l":"gpt","seed":12345678901234567890,"t":1.0}',
  ],
  ['{"model":"a","x":{"model":"b"},"model":"c"}', '{"model":"gpt","x":{"model":"b"},"model":"gpt"}'],
  [
    '{"messages":[{"content":"\\"model\\":"}],"model" : "a/b","stop":["}"]}',
    '{"messages":[{"content":"\\"model\\":"}],"model" : "gpt","stop":["}"]}',
  ],
  [
    '{"messages":[{"role":"user"}],"x":{"model":"in"},"m\\u006fdel":"a"}',
    '{"messages":[{"role":"user"}],"x":{"model":"in"},"m\\u006fdel":"gpt"}',
  ],
  ['{"s":"back\\\\","model":"ü/😀"}', '{"s":"back\\\\","model":"gpt"}'],
  ['{"ids":[1006,2006],"mod\\u0065l":"a/b","model":"c/d"}', '{"ids":[1006,2006],"mod\\u0065l":"gpt","model":"gpt"}'],
] as const)('only the model of %s changes', ([body, expected]) => {
  expect(withModel(Buffer.from(body), 'gpt').toString()).toBe(expected)
})

test('a body of nothing but digits is read once', () => {
  const digits = '006'.repeat(1000)
  expect(withModel(Buffer.from(`{"model":"a/b","n":"${digits}"}`), 'gpt').toString()).toBe(
    `{"model":"gpt","n":"${digits}"}`,
  )
})

test('tells every model that a body names', () => {
  expect(modelsIn(Buffer.from('{"model":"a","model":"b"}')).map(({ model }) => model)).toEqual(['a', 'b'])
})

test.for([
  ['{"messages":[]}', 'models.model-missing'],
  ['{"model":1}', 'models.model-missing'],
  ['{"tools":[{"model":"inner"}]}', 'models.model-missing'],
  ['{"kind":"model"}', 'models.model-missing'],
  ['{"model":"open', 'models.body-not-json'],
  ['{"model":"\\x"}', 'models.body-not-json'],
] as const)('refuses %s', ([body, code]) => {
  expect(() => withModel(Buffer.from(body), 'gpt')).toThrow(expect.objectContaining({ code }))
})
