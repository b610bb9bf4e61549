/** Routes of test pages: made and taken back by who may operate, used by whoever has the link. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'
import { TestPage, TestPageId, TestPageState } from './test-page.ts'

const Token = z.string().min(1).max(200)
/** What a visitor sends at most: a conversation, not a document. */
const VISIT_BYTES = 128 * 1024
/** The longest question. */
export const MOST_CHARACTERS = 4000
const LONGEST_ANSWER = 20_000
const MOST_TURNS = 41
/** The dearest page, a month. */
const MOST_MICRO_USD = 50_000_000n

const Caps = z.object({
  requestsPerMinute: z.number().int().nullable(),
  costMicroUsdPerMonth: MicroUsd.nullable(),
  /** This month. */
  spentMicroUsd: MicroUsd,
})
export type Caps = z.infer<typeof Caps>

export const ShownTestPage = TestPage.omit({ fingerprint: true }).extend({ state: TestPageState, caps: Caps })
export type ShownTestPage = z.infer<typeof ShownTestPage>

export const listTestPages = route({
  name: 'listTestPages',
  method: 'GET',
  path: '/api/v1/applications/:name/test-pages',
  summary: 'List the test pages of an application, newest first, with what was asked on them',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: z.object({ items: z.array(ShownTestPage) }) },
})

export const createTestPage = route({
  name: 'createTestPage',
  method: 'POST',
  path: '/api/v1/applications/:name/test-pages',
  summary: 'Open a page on which whoever has its link may ask the application; the link is in this answer alone',
  permission: 'operate',
  params: z.object({ name: Name }),
  body: z.strictObject({
    title: z.string().trim().min(3).max(100),
    release: ReleaseId.nullable().default(null),
    expiresInHours: z.number().int().min(1).max(720).default(72),
    mostQuestions: z.number().int().min(1).max(10_000).default(200),
    questionsPerMinute: z.number().int().min(1).max(120).default(10),
    costMicroUsdPerMonth: MicroUsd.refine(
      (amount) => !amount.startsWith('-') && Number(amount) <= Number(MOST_MICRO_USD),
      'a test page spends at most 50 dollars a month: 50000000',
    ).default('1000000' as MicroUsd),
  }),
  example: { title: 'First look at support' },
  returns: { 201: ShownTestPage.extend({ url: z.string() }) },
})

export const revokeTestPage = route({
  name: 'revokeTestPage',
  method: 'DELETE',
  path: '/api/v1/test-pages/:id',
  summary: 'Take a test page back: its link leads nowhere from the next call on; what was asked stays in the traces',
  permission: 'operate',
  params: z.object({ id: TestPageId }),
  returns: { 200: ShownTestPage },
})

export const readTestPage = route({
  name: 'readTestPage',
  method: 'POST',
  path: '/api/v1/test-pages/readings',
  summary: 'What stands behind the link of a test page: its title, what people are told, and how long it is open',
  permission: 'open',
  maxBodyBytes: VISIT_BYTES,
  body: z.strictObject({ token: Token }),
  returns: {
    200: z.object({
      title: z.string(),
      application: Name,
      /** What the release tells the people who use it; null where it tells nothing. */
      disclosure: z.string().nullable(),
      questionsLeft: z.number().int(),
      expiresAt: Instant,
      mostCharacters: z.number().int(),
    }),
  },
})

const VisitorTurn = z.strictObject({
  role: z.enum(['user', 'assistant']),
  content: z.string().min(1).max(LONGEST_ANSWER),
})
export type VisitorTurn = z.infer<typeof VisitorTurn>

export const TestAnswer = z.object({
  /** Names the answer when it is rated. */
  answer: z.string(),
  text: z.string(),
  abstained: z.boolean(),
  /** Titles of what it cites. */
  sources: z.array(z.string()),
  questionsLeft: z.number().int(),
})
export type TestAnswer = z.infer<typeof TestAnswer>

export const askTestPage = route({
  name: 'askTestPage',
  method: 'POST',
  path: '/api/v1/test-pages/questions',
  summary: 'Ask the application of a test page',
  permission: 'open',
  maxBodyBytes: VISIT_BYTES,
  body: z.strictObject({
    token: Token,
    turns: z
      .array(VisitorTurn)
      .min(1)
      .max(MOST_TURNS)
      .refine((turns) => {
        const last = turns.at(-1)
        return last?.role === 'user' && last.content.length <= MOST_CHARACTERS
      }, `the last turn is a question of at most ${MOST_CHARACTERS} characters`),
  }),
  returns: { 200: TestAnswer },
})

export const rateTestAnswer = route({
  name: 'rateTestAnswer',
  method: 'POST',
  path: '/api/v1/test-pages/ratings',
  summary: 'Say whether an answer of a test page helped; it is kept as feedback on its trace',
  permission: 'open',
  maxBodyBytes: VISIT_BYTES,
  body: z.strictObject({
    token: Token,
    answer: z.string().min(1).max(200),
    helpful: z.boolean(),
    comment: z.string().trim().max(2000).optional(),
  }),
  returns: { 201: z.object({ kept: z.literal(true) }) },
})
