/**
 * Doors that give data of an application out, guarded by the class that its inventory gives the data: over HTTP, and
 * therefore on the command line, over MCP and on every page. A refusal stays in the audit log.
 */
import type { Access } from '../access/index.ts'
import type { ReleaseId } from '../core/release.ts'
import type { Delivery } from '../delivery/index.ts'
import type { Evals, ExperimentId } from '../evals/index.ts'
import { closedTo, type GivenOut } from '../governance/index.ts'
import { Failure } from '../kernel/failure.ts'
import { type Database, inTransaction } from '../store/database.ts'
import type { RecordAudit } from '../store/record-audit.ts'
import type { Caller } from '../wire/caller.ts'
import type { Mounted } from '../wire/handle.ts'
import { type LanguageDeps, speakDoors } from './languages.ts'

export type DataDeps = {
  readonly db: Database
  readonly record: RecordAudit
  readonly delivery: Pick<Delivery, 'getApplication' | 'getRelease'>
}
type GuardDeps = DataDeps & { readonly evals: Pick<Evals, 'get'> }
/** Parsed by the routes, whose types a list of them cannot carry. */
type Params = Readonly<Record<string, string>>
type Asked = { readonly application: string; readonly given: GivenOut }

/** Throws `governance.data-closed` where the class of the data keeps the caller out. */
export const dataGuard =
  ({ db, record, delivery }: DataDeps) =>
  async (caller: Pick<Caller, 'actor' | 'role'>, { application, given }: Asked): Promise<void> => {
    const { documents } = await delivery.getApplication(application)
    const closed = closedTo(caller.role, given, documents.inventory?.value)
    if (!closed) return
    const { source, readers, why } = closed
    await inTransaction(db, (tx) =>
      record(tx, {
        ...{ actor: caller.actor, action: 'governance.refuse-data', subject: application, application },
        detail: { source, role: caller.role },
      }),
    )
    throw new Failure(
      'forbidden',
      'governance.data-closed',
      `The source ${source} of ${application} ${why}: it is read by ${readers.join(', ') || 'nobody'}, and you are ${caller.role}. Ask its owner, who is named in inventory.yaml; \`readers\` there says who else may.`,
    )
  }

/** What stands before handlers of several slices: the second factor of approvals, classes of data, and languages. */
export const guardDoors = (
  { access, config, root, ...deps }: GuardDeps & LanguageDeps & { readonly access: Pick<Access, 'guardApprovals'> },
  mounted: readonly Mounted[],
) => speakDoors({ access, config, root }, access.guardApprovals(guardData(deps, mounted)))

/** Datasets of the installation ask by themselves, because they know whose they are (`datasets/version-of.ts`). */
function guardData(deps: GuardDeps, mounted: readonly Mounted[]): Mounted[] {
  const demand = dataGuard(deps)
  const ofRelease = async ({ id }: Params): Promise<Asked> => ({
    application: (await deps.delivery.getRelease(id as ReleaseId)).application,
    given: { kind: 'documents' },
  })
  const ofExperiment = async ({ id }: Params): Promise<Asked> => {
    const { application, dataset } = await deps.evals.get(id as ExperimentId)
    return { application, given: { kind: 'dataset', name: dataset } }
  }
  // Questions of a suite come back as they are, or nearly.
  const ofDatasets = async ({ name = '' }: Params): Promise<Asked> => ({
    application: name,
    given: { kind: 'datasets' },
  })
  const before: Readonly<Record<string, (params: Params) => Promise<Asked>>> = {
    getPassage: ofRelease,
    searchPassages: ofRelease,
    getBlueprint: async ({ name = '' }) => ({ application: name, given: { kind: 'all' } }),
    listExamples: async ({ name = '', dataset = '' }) => ({
      application: name,
      given: { kind: 'dataset', name: dataset },
    }),
    listExperimentRows: ofExperiment,
    getExperimentReport: ofExperiment,
    listFailureClusters: ofExperiment,
    writeBiasSuite: ofDatasets,
    writeStabilitySuite: ofDatasets,
    exportExit: async (params) => ({ ...(await ofRelease(params)), given: { kind: 'datasets' } }),
  }
  return mounted.map(({ route, handler }) => {
    const asked = before[route.name]
    if (asked)
      return {
        route,
        handler: async (ask) => {
          await demand(ask.caller as Caller, await asked(ask.params as Params))
          return handler(ask)
        },
      }
    const askedOf = after[route.name]
    if (!askedOf) return { route, handler }
    return {
      route,
      // Whose answer it is, is known when it was found.
      handler: async (ask) => {
        const answer = await handler(ask)
        const application = 'body' in answer && answer.body ? askedOf(answer.body as Answered) : undefined
        if (application) await demand(ask.caller as Caller, { application, given: { kind: 'documents' } })
        return answer
      },
    }
  })
}

/** Of what the two routes answer, as their contracts have it. */
type Answered = {
  readonly application: string
  readonly passages: readonly unknown[]
  readonly summary: { readonly application: string | null }
  readonly spans: readonly { readonly attributes: Readonly<Record<string, unknown>> }[]
}

/** The application whose documents an answer gives out: what a model was sent holds the text of what was found. */
const after: Readonly<Record<string, (answer: Answered) => string | null | undefined>> = {
  explainAnswer: ({ application, passages }) => (passages.length > 0 ? application : undefined),
  getTrace: ({ summary, spans }) => (holdsDocuments(spans) ? summary.application : undefined),
}

/** Whether a model was sent what was found in documents. */
export const holdsDocuments = (spans: Answered['spans']): boolean =>
  spans.some(({ attributes }) => isSome(attributes['gen_ai.retrieval.documents']))

const isSome = (found: unknown): boolean => Array.isArray(found) && found.length > 0
