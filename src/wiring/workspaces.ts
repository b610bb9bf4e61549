/** Sandbox workspaces: detectors, caps and a key of their own. */
import type { Access } from '../access/index.ts'
import { personalDataIn } from '../assurance/index.ts'
import type { Delivery } from '../delivery/index.ts'
import { createWorkspaces, type WorkspacesDeps, workspacesHttp } from '../governance/index.ts'
import { NOTHING } from '../kernel/money.ts'
import type { BlueprintChange } from './limits.ts'

type Deps = Pick<WorkspacesDeps, 'db' | 'clock' | 'organisation' | 'record' | 'publish'> & {
  readonly access: Access
  readonly delivery: Delivery
}

export function wireWorkspaces({ access, delivery, ...deps }: Deps) {
  const workspaces = createWorkspaces({
    ...deps,
    personalDataIn,
    isApplication: (name) => delivery.isApplication(deps.db, name),
    createApplication: delivery.applications.create,
    async setCaps(application, { requestsPerMinute, costMicroUsdPerMonth }, by) {
      await access.limits.set(application, { requestsPerMinute, costMicroUsdPerMonth, by })
    },
    spent(application) {
      const { caps } = access.limits.statusOf({ scope: 'application', name: application })
      const used = caps.find(({ kind }) => kind === 'cost-per-month')?.used
      return typeof used === 'string' ? used : NOTHING
    },
    async openKey({ requestsPerMinute, costMicroUsdPerMonth, ...ask }) {
      const limits = { requestsPerMinute, costMicroUsdPerMonth }
      const permissions = ['view', 'infer', 'build'] as const
      const { key, secret } = await access.createKey({ ...ask, role: 'builder', permissions, limits })
      return { key: key.id, secret: secret.reveal() }
    },
    async revokeKey(id, by) {
      const key = access.listKeys().find((one) => one.id === id)
      if (key) await access.revokeKey(key.id, by)
    },
  })
  return {
    http: workspacesHttp(workspaces),
    mayKeep: workspaces.mayKeep,
    mayEnter: workspaces.mayEnter,
    async onBlueprint({ application: { name }, settings: { limits }, by }: BlueprintChange) {
      if (limits.requestsPerMinute !== undefined || limits.usdPerMonth !== undefined)
        await workspaces.holdCaps(name, by)
    },
  }
}
