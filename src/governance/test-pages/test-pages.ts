/**
 * Test pages: somebody who may operate opens one, sends its link on, and takes it back.
 *
 * Invariant: there is none until somebody opens one. Its token leaves here once; a page that is over, used up or taken
 * back, or whose key is, answers nobody.
 */
import type { ActorId } from '../../core/actor.ts'
import type { ReleaseId } from '../../core/release.ts'
import { digestOf } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import { HOUR, later } from '../../kernel/time.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import type { ShownTestPage } from './contract.ts'
import { addPage, findPage, listPages, revokePage } from './store.ts'
import { stateOf, type TestPage, type TestPageId } from './test-page.ts'
import type { TestPagesDeps } from './test-pages-deps.ts'
import { createVisits } from './visits.ts'

export type NewTestPage = {
  readonly application: string
  readonly title: string
  readonly release: ReleaseId | null
  readonly expiresInHours: number
  readonly mostQuestions: number
  readonly questionsPerMinute: number
  readonly costMicroUsdPerMonth: MicroUsd
}

const TOKEN_BYTES = 32

export type TestPages = ReturnType<typeof createTestPages>

export function createTestPages(deps: TestPagesDeps) {
  const { db, clock, newId, organisation, publish, keys } = deps

  const audit = (tx: Tx, by: ActorId, action: string, { id, application }: TestPage, detail: Record<string, unknown>) =>
    deps.record(tx, { actor: by, action: `governance.${action}`, subject: id, application, detail })

  const shown = ({ fingerprint: _, ...page }: TestPage): ShownTestPage => ({
    ...page,
    // Whoever revoked its key took the page back too.
    state: keys.callerOf(page.key) || page.expiresAt <= clock() ? stateOf(page, clock()) : 'revoked',
    caps: keys.capsOf(page.key),
  })

  async function find(id: TestPageId): Promise<TestPage> {
    const found = await findPage(db, { organisation, id })
    if (found) return found
    throw new Failure('unknown', 'governance.test-page-unknown', `There is no test page ${id}.`)
  }

  return {
    find,
    ...createVisits(deps),

    async list(application: string): Promise<ShownTestPage[]> {
      await deps.applicationOf(application)
      return (await listPages(db, { organisation, application })).map(shown)
    },

    /** The address is in the answer alone; what is kept is a fingerprint. */
    async open(
      { application, title, release, expiresInHours, mostQuestions, questionsPerMinute, ...caps }: NewTestPage,
      by: ActorId,
    ): Promise<ShownTestPage & { url: string }> {
      await deps.applicationOf(application)
      await demandAskable(application, release)
      const key = await keys.open({
        ...caps,
        ...{ name: `test page: ${title}`, application, expiresInHours, requestsPerMinute: questionsPerMinute, by },
      })
      const token = Buffer.from(deps.random(TOKEN_BYTES)).toString('base64url')
      const now = clock()
      const page: TestPage = {
        ...{ id: newId('tpg'), organisation, application, release, title, fingerprint: digestOf(token), key },
        ...{ mostQuestions, questions: 0, lastAskedAt: null, expiresAt: later(now, expiresInHours * HOUR) },
        ...{ createdAt: now, createdBy: by, revokedAt: null },
      }
      try {
        await inTransaction(db, async (tx) => {
          await addPage(tx, page)
          const detail = { title, release, key, mostQuestions, questionsPerMinute, expiresAt: page.expiresAt, ...caps }
          await audit(tx, by, 'test-page-open', page, detail)
        })
      } catch (thrown) {
        await keys.discard(key, by)
        throw thrown
      }
      publish({ topic: 'test-page', id: page.id, application })
      return { ...shown(page), url: `${deps.publicUrl()}/try#${token}` }
    },

    async revoke(id: TestPageId, by: ActorId): Promise<ShownTestPage> {
      const page = await find(id)
      if (page.revokedAt !== null) return shown(page)
      const revoked = { ...page, revokedAt: clock() }
      await inTransaction(db, async (tx) => {
        await revokePage(tx, id, revoked.revokedAt)
        await audit(tx, by, 'test-page-revoke', page, { title: page.title, questions: page.questions })
      })
      await keys.revoke(page.key, by)
      publish({ topic: 'test-page', id, application: page.application })
      return shown(revoked)
    },
  }

  async function demandAskable(application: string, release: ReleaseId | null): Promise<void> {
    if (release === null && !deps.inSandbox(application))
      throw new Failure(
        'conflict',
        'governance.nothing-to-try',
        `${application} has no release in the sandbox yet, so there is nothing to try. Freeze one: \`airworthy freeze\`.`,
      )
    if (release !== null && (await deps.releaseOf(release)).application !== application)
      throw new Failure('invalid', 'governance.release-of-another', `release: ${release} is not of ${application}.`)
  }
}
