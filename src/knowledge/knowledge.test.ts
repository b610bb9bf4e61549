import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Manifest } from '../core/manifest.ts'
import type { Digest } from '../kernel/digest.ts'
import { openBlobs } from '../store/blobs.ts'
import type { Caller } from '../wire/caller.ts'
import { createServer } from '../wire/server.ts'
import { knowledgeHttp } from './http.ts'
import { createKnowledge, DEFAULT_KNOWLEDGE } from './knowledge.ts'
import type { Passage } from './passage.ts'

const blobs = openBlobs(mkdtempSync(join(tmpdir(), 'airworthy-knowledge-')))
const settings = { analyser: 'english', k1: 1.2, b: 0.75 } as const
const passage = (id: string, text: string): Passage => ({ id, title: id, text, source: `${id}.md` })
const PETS = [
  passage('dogs', 'Dogs bark at night.'),
  passage('cats', 'Cats sleep by day.'),
  passage('ätna', 'A hill 🏔.'),
]

test('an index is found again by its file and gives passages back as they went in', async () => {
  const knowledge = createKnowledge({ blobs })
  const part = await knowledge.buildIndex(PETS, settings)
  const index = await knowledge.openIndex(part)
  expect(part).toMatchObject({ name: 'knowledge', analyser: 'english', k1: 1.2, b: 0.75, passages: 3 })
  expect(index.digest).toBe(part.digest)
  expect(index.search('barking dogs?', 5)).toMatchObject([{ ...PETS[0], score: expect.any(Number) }])
  expect(index.search('the zebra', 5)).toEqual([])
  expect([index.passage('ätna'), index.passage('ostrich')]).toEqual([PETS[2], undefined])
  expect([...index.passages()].map(({ id }) => id)).toEqual(['cats', 'dogs', 'ätna'])
})

test('the digest depends on passages and parameters, not on the order of documents', async () => {
  const { buildIndex } = createKnowledge({ blobs })
  const digestOf = async (passages: Passage[], more: object = {}) =>
    (await buildIndex(passages, { ...settings, ...more })).digest
  const digest = await digestOf(PETS)
  expect(await digestOf(PETS.toReversed())).toBe(digest)
  const others = await Promise.all([
    digestOf(PETS.slice(1)),
    digestOf(PETS, { k1: 0.9 }),
    digestOf(PETS, { analyser: 'plain' }),
    digestOf([...PETS.slice(1), passage('dogs', 'Dogs bark at noon.')]),
  ])
  expect(new Set([digest, ...others]).size).toBe(5)
})

test('equal scores fall by id, and a term that the query repeats counts each time', async () => {
  const { buildIndex, openIndex } = createKnowledge({ blobs })
  const passages = ['b', 'a', 'c'].map((id) => ({ ...passage(id, 'same words'), title: '' }))
  const index = await openIndex(await buildIndex(passages, settings))
  const once = index.search('words', 2)
  expect(once.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(index.search('words words', 1)[0]?.score).toBeCloseTo(2 * (once[0]?.score ?? 0), 8)
})

test('an index is read once for all who ask, and the least recently used leaves first', async () => {
  let reads = 0
  const counted = {
    ...blobs,
    get: (digest: Digest) => {
      reads += 1
      return blobs.get(digest)
    },
  }
  const { buildIndex, openIndex } = createKnowledge({ blobs: counted, keep: 2 })
  const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((id) => buildIndex([passage(id, 'text')], settings)))
  if (!a || !b || !c) throw new Error('three were built')
  await Promise.all([openIndex(a), openIndex(a), openIndex(b)])
  await openIndex(a)
  await openIndex(c)
  await openIndex(a)
  expect(reads).toBe(3)
  await openIndex(b)
  expect(reads).toBe(4)
})

test.for([
  ['no index', Buffer.from('something else entirely')],
  ['an index of a later format', Buffer.from('AWKNOW\r\n\u0009\0\0\0\0\0\0\0', 'latin1')],
] as const)('%s says in one line what to do', async ([, bytes]) => {
  const { openIndex } = createKnowledge({ blobs })
  await expect(openIndex({ file: await blobs.put(bytes) })).rejects.toThrow(
    /cannot be opened: it .* Freeze the release again/,
  )
})

const caller: Caller = {
  actor: 'act_01k9zzzzzzzzzzzzzzzzzzzzzz',
  name: 'ada',
  organisation: 'default',
  role: 'viewer',
  permissions: new Set(['view']),
  key: null,
  application: null,
}

test('a cited passage is read by its id, a search shows the scores, and each document says what it gave', async () => {
  const knowledge = createKnowledge({ blobs })
  const text = '# Returns\nWithin 30 days.\n## By post\nUse the label.'
  const index = await knowledge.resolveIndex(
    [
      { path: 'knowledge/a b.md', bytes: Buffer.from(text) },
      { path: 'knowledge/prices.csv', bytes: Buffer.from('what,price\nPost,4 EUR\n') },
    ],
    DEFAULT_KNOWLEDGE,
  )
  const id = 'rel_01k9zzzzzzzzzzzzzzzzzzzzzz' as const
  const releaseOf = async () => ({ id, application: 'shop', manifest: { index } as Manifest })
  const server = createServer(knowledgeHttp({ knowledge, releaseOf }), {
    callerOf: async () => caller,
    report: (thrown) => {
      throw thrown
    },
  })
  const get = async (path: string) => {
    const response = await server.request(`http://localhost/api/v1/releases/${id}/${path}`)
    return { status: response.status, body: await response.json() }
  }
  const cited = 'a b.md#returns/by-post'
  expect(await get(`passages/${encodeURIComponent(cited)}`)).toMatchObject({
    status: 200,
    body: { id: cited, title: 'Returns › By post' },
  })
  expect(await get('passages/nothing')).toMatchObject({ status: 404, body: { code: 'knowledge.passage-unknown' } })
  expect(await get('search?q=labels&k=3')).toMatchObject({
    status: 200,
    body: { items: [{ id: cited }], index: { analyser: 'english', passages: 3 } },
  })
  const { body } = await get('documents')
  expect(body.items).toEqual([
    {
      ...{ source: 'a b.md', format: 'md', isPacked: false, reader: null },
      ...{ passages: 2, words: 6, shortest: 3, longest: 3, untitled: 0 },
    },
    expect.objectContaining({ source: 'prices.csv', format: 'csv', reader: expect.stringContaining('papaparse') }),
  ])
})
