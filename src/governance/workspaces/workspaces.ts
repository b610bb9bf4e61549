/**
 * Sandbox workspaces: somebody tries something out where it can do no harm.
 *
 * Invariant: while a workspace is open, its application holds no file with what looks like personal data, calls nothing
 * outside but models of this installation, has the caps of the workspace whatever its files say, and enters no further
 * stage.
 */
import type { ActorId } from '../../core/actor.ts'
import type { BlueprintFiles } from '../../core/blueprint/files.ts'
import { Failure, type Problem } from '../../kernel/failure.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import { DAY, type Instant, later } from '../../kernel/time.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import type { GovernanceDeps, Keeper } from '../governance-deps.ts'
import type { ShownWorkspace } from './contract.ts'
import { type Kept, type PersonalFinding, personalProblems, reachingProblems } from './rules.ts'
import { addWorkspace, findWorkspace, listWorkspaces, markWorkspace, removeWorkspace } from './store.ts'
import type { Workspace } from './workspace.ts'

type Caps = Pick<Workspace, 'requestsPerMinute' | 'costMicroUsdPerMonth'>

export type WorkspacesDeps = Pick<GovernanceDeps, 'db' | 'clock' | 'organisation' | 'record' | 'publish'> & {
  readonly personalDataIn: (text: string) => readonly PersonalFinding[]
  readonly isApplication: (name: string) => Promise<boolean>
  readonly createApplication: (ask: {
    name: string
    template?: string | undefined
    files?: BlueprintFiles | undefined
    by: Keeper
  }) => Promise<unknown>
  /** Caps of an application, whatever the blueprint says. */
  readonly setCaps: (application: string, caps: Caps, by: ActorId) => Promise<void>
  readonly spent: (application: string) => MicroUsd
  /** A key that is bound to an application; its text leaves once. */
  readonly openKey: (
    ask: Caps & { name: string; application: string; expiresAt: Instant; by: ActorId },
  ) => Promise<{ key: string; secret: string }>
  readonly revokeKey: (key: string, by: ActorId) => Promise<void>
}

export type NewWorkspace = Caps & {
  readonly application: string
  readonly purpose: string
  readonly template?: string | undefined
  readonly files?: BlueprintFiles | undefined
  readonly expiresInDays: number
}

export type Workspaces = ReturnType<typeof createWorkspaces>

export function createWorkspaces(deps: WorkspacesDeps) {
  const { db, clock, organisation, publish } = deps

  const audit = (tx: Tx, by: ActorId, action: string, { application }: Workspace, detail: Record<string, unknown>) =>
    deps.record(tx, { actor: by, action: `governance.${action}`, subject: application, application, detail })

  const shown = (workspace: Workspace): ShownWorkspace => ({
    ...workspace,
    spentMicroUsd: deps.spent(workspace.application),
  })

  async function openOf(tx: typeof db | Tx, application: string): Promise<Workspace | undefined> {
    const found = await findWorkspace(tx, { organisation, application })
    return found?.closedAt === null ? found : undefined
  }

  return {
    list: async (): Promise<ShownWorkspace[]> => (await listWorkspaces(db, organisation)).map(shown),

    async open({ expiresInDays, template, files, ...given }: NewWorkspace, by: Keeper) {
      const { application, purpose, ...caps } = given
      if (await deps.isApplication(application))
        throw new Failure(
          'conflict',
          'governance.workspace-taken',
          `There is an application ${application} already. A workspace begins with a new one.`,
        )
      const now = clock()
      const workspace: Workspace = {
        ...{ application, purpose, ...caps, organisation, key: '', expiresAt: later(now, expiresInDays * DAY) },
        ...{ createdAt: now, createdBy: by.actor, closedAt: null },
      }
      // Its rules hold before its first file is there.
      await inTransaction(db, async (tx) => {
        await removeWorkspace(tx, workspace)
        await addWorkspace(tx, workspace)
        await audit(tx, by.actor, 'workspace-open', workspace, { purpose, ...caps, expiresAt: workspace.expiresAt })
      })
      try {
        await deps.createApplication({ name: application, template, files, by })
      } catch (thrown) {
        await inTransaction(db, (tx) => removeWorkspace(tx, workspace))
        throw thrown
      }
      await deps.setCaps(application, caps, by.actor)
      const { expiresAt } = workspace
      const name = `workspace ${application}`
      const { key, secret } = await deps.openKey({ ...caps, name, application, expiresAt, by: by.actor })
      await inTransaction(db, (tx) => markWorkspace(tx, workspace, { key }))
      publish({ topic: 'workspace', id: application, application })
      return { workspace: shown({ ...workspace, key }), secret }
    },

    async close(application: string, by: ActorId): Promise<ShownWorkspace> {
      const workspace = await openOf(db, application)
      if (!workspace)
        throw new Failure('unknown', 'governance.workspace-unknown', `${application} is in no open workspace.`)
      const closed = { ...workspace, closedAt: clock() }
      await inTransaction(db, async (tx) => {
        await markWorkspace(tx, workspace, { closedAt: closed.closedAt })
        await audit(tx, by, 'workspace-close', workspace, { purpose: workspace.purpose })
      })
      await deps.revokeKey(workspace.key, by)
      publish({ topic: 'workspace', id: application, application })
      return shown(closed)
    },

    /** Throws what a blueprint has to lose before it is kept in a workspace. */
    async mayKeep({ name, ...kept }: Kept & { readonly name: string }): Promise<void> {
      if (!(await openOf(db, name))) return
      refuse('personal-data', 'it holds what looks like personal data', personalProblems(kept, deps.personalDataIn))
      refuse('reaches-out', 'it would call something outside', reachingProblems(kept))
    },

    /** Told of a blueprint that was kept: what its files say of caps has no effect in a workspace. */
    async holdCaps(application: string, by: ActorId): Promise<void> {
      const workspace = await openOf(db, application)
      if (workspace) await deps.setCaps(application, workspace, by)
    },

    async mayEnter(tx: Tx, { application, into }: { application: string; into: string }): Promise<void> {
      if (!(await openOf(tx, application))) return
      throw new Failure(
        'conflict',
        'governance.workspace-stays',
        `${application} is in a sandbox workspace and enters ${into} only when an owner lets it leave: \`airworthy workspaces close ${application}\`.`,
      )
    },
  }
}

function refuse(what: string, why: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return
  const said = problems.slice(0, 3).map(({ field, message }) => `${field} ${message}`)
  throw new Failure(
    'invalid',
    `governance.workspace-${what}`,
    `This may not be kept in a sandbox workspace, because ${why}: ${said.join('; ')}.`,
    { problems },
  )
}
