/** Terms in plain texts: each explained once, and every one that the guided plan uses. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { GLOSSARY } from '../glossary.ts'
import { piecesOf } from './pieces.ts'

test.for([
  { text: 'Two tokens, and tokens again.', terms: ['token'] },
  { text: 'A resource plan with risks, by API.', terms: ['resource', 'risk', 'api'] },
  { text: 'A remodelled tokenless hall has none.', terms: [] },
  { text: 'Model', terms: ['model'] },
])('$text explains $terms and stays as it is', ({ text, terms }) => {
  const pieces = piecesOf(text)
  expect(pieces.flatMap(({ term }) => term ?? [])).toEqual(terms)
  expect(pieces.map(({ words }) => words).join('')).toBe(text)
})

test('every term that a text of the guided plan or of the assessment uses is explained there', () => {
  const read = (path: string): string => readFileSync(new URL(`../../../packs/${path}`, import.meta.url), 'utf8')
  const texts = [read('guide/en.json'), read('advisor/questions.json')].flatMap((file) =>
    [...file.matchAll(/"(?:says|help|example|test)": "([^"]*)"/g)].map(([, text]) => text ?? ''),
  )
  const found = new Set(texts.flatMap((text) => piecesOf(text).flatMap(({ term }) => term ?? [])))
  for (const term of found) expect(GLOSSARY[term]).toMatch(/\.$/)
  const jargon = /\b(RAG|LLM|PII|embeddings?|fine-tun\w*|retrieval|inference|hallucinat\w*|few-shot|latency)\b/
  expect(texts.filter((text) => jargon.test(text))).toEqual([])
})
