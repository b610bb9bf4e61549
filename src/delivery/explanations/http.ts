/** The route of explanations; what it reads of other slices is given. */
import type { Application } from '../../core/application.ts'
import type { IndexPart } from '../../core/manifest.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Caller } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { explainAnswer } from './contract.ts'
import { explain, type KnownPassage, type RecordedAnswer, retrievedOf } from './explain.ts'

export type ExplanationDeps = {
  /** By the id of the response or of the trace; throws when the caller may not read it, or there is none. */
  readonly traceOf: (ask: { caller: Caller; id: string }) => Promise<RecordedAnswer>
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  readonly applicationOf: (name: string) => Promise<Pick<Application, 'documents'>>
  readonly passagesOf: (part: Pick<IndexPart, 'file'>) => Promise<Iterable<KnownPassage>>
}

export const explanationsHttp = ({ traceOf, releaseOf, applicationOf, passagesOf }: ExplanationDeps): Mounted[] => [
  handle(explainAnswer, async ({ params, caller }) => {
    const trace = await traceOf({ caller, id: params.id })
    const { application, release: id } = trace.summary
    if (application === null)
      throw new Failure(
        'invalid',
        'delivery.answer-of-no-application',
        'A model was asked directly, so no release stands behind the answer. The trace says all that is known.',
      )
    const release = id === null ? undefined : await releaseOf(id)
    const wanted = new Set([...trace.citations.map((citation) => citation.id), ...retrievedOf(trace)])
    const passages = new Map<string, KnownPassage>()
    const index = release?.manifest.index
    if (index && wanted.size > 0)
      for (const passage of await passagesOf(index)) if (wanted.has(passage.id)) passages.set(passage.id, passage)
    const { documents } = await applicationOf(application)
    const inventory = documents.inventory?.value
    return reply(200, explain({ trace, application, release, passages, inventory }))
  }),
]
