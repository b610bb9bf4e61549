/**
 * What a visitor of a test page may do: read what it is, ask, and say whether an answer helped. A visitor learns the
 * answer and the titles of what it cites, and nothing of models, money, caps or what failed.
 */
import { disclosureFor } from '../../core/disclosure.ts'
import type { Release } from '../../core/release.ts'
import { digestOf } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Caller } from '../../wire/caller.ts'
import { createPace } from '../pace.ts'
import { MOST_CHARACTERS, type TestAnswer, type VisitorTurn } from './contract.ts'
import { countQuestion, findByToken } from './store.ts'
import { stateOf, type TestPage, type TestPageState } from './test-page.ts'
import type { TestPagesDeps } from './test-pages-deps.ts'

export function createVisits(deps: TestPagesDeps) {
  const { db, clock, publish } = deps
  const pace = createPace({ clock })

  async function enter(token: string): Promise<{ page: TestPage; caller: Caller; state: TestPageState }> {
    const page = await findByToken(db, digestOf(token))
    pace(page?.id ?? 'unknown')
    if (!page) throw gone('revoked')
    const caller = deps.keys.callerOf(page.key)
    const state = stateOf(page, clock())
    if (state === 'revoked' || state === 'expired') throw gone(state)
    if (!caller) throw gone('revoked')
    return { page, caller, state }
  }

  /** What answers now. */
  async function releaseFor({ release, application }: TestPage): Promise<Release> {
    const id = release ?? deps.inSandbox(application)
    if (id) return deps.releaseOf(id).catch((thrown) => Promise.reject(told(thrown)))
    throw new Failure('unavailable', 'governance.test-page-closed', CLOSED)
  }

  /** What a stranger is told of a failure; the rest is for the log. */
  function told(thrown: unknown): Failure {
    if (thrown instanceof Failure && thrown.kind === 'limited')
      return new Failure(
        'limited',
        'governance.test-page-busy',
        'This page was asked as much as it may be for now. Try again later.',
        { facts: { retryAfterMs: RETRY_MS } },
      )
    if (thrown instanceof Failure && thrown.kind === 'forbidden')
      return new Failure('unavailable', 'governance.test-page-closed', CLOSED)
    deps.report(thrown, 'test pages')
    return new Failure(
      'unavailable',
      'governance.test-page-no-answer',
      'The application could not answer this. Try again, or tell whoever sent you the link.',
    )
  }

  return {
    async view(token: string, accepted: string | undefined) {
      const { page } = await enter(token)
      const { disclosure } = (await releaseFor(page)).manifest
      const { title, application, mostQuestions, questions, expiresAt } = page
      return {
        ...{ title, application, expiresAt, questionsLeft: Math.max(0, mostQuestions - questions) },
        disclosure: disclosure ? disclosureFor(disclosure, accepted) : null,
        mostCharacters: MOST_CHARACTERS,
      }
    },

    /** A question counts once it is asked, answered or not. */
    async ask(token: string, turns: readonly VisitorTurn[], signal: AbortSignal): Promise<TestAnswer> {
      const { page, caller } = await enter(token)
      const release = await releaseFor(page)
      const counted = await countQuestion(db, page.id, clock())
      if (!counted) throw gone('used-up')
      publish({ topic: 'test-page', id: page.id, application: page.application })
      const answer = await deps
        .ask({ caller, release, turns, signal }, page.id)
        .catch((thrown) => Promise.reject(signal.aborted ? thrown : told(thrown)))
      return { ...answer, questionsLeft: counted.mostQuestions - counted.questions }
    },

    async rate(token: string, rated: { answer: string; helpful: boolean; comment: string | undefined }) {
      const { caller } = await enter(token)
      if (await deps.rate({ caller, ...rated })) return
      throw new Failure('unknown', 'governance.test-answer-unknown', 'This page gave no such answer.')
    },
  }
}

const RETRY_MS = 60_000
const CLOSED = 'This application answers nobody at the moment. Try again later.'

const GONE = {
  revoked: 'This link leads nowhere. Ask whoever sent it for a new one.',
  expired: 'The time of this page is over. Thank you all the same.',
  'used-up': 'This page has taken all the questions that it may take. Thank you.',
} as const

const gone = (why: keyof typeof GONE) => new Failure('unknown', 'governance.test-page-gone', GONE[why])
