/** HTTP of policies and standards. A key that is bound to an application has no business here but to read. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import {
  acknowledgePolicy,
  getStandards,
  listPolicies,
  listPolicyVersions,
  publishPolicy,
  putStandards,
} from './contract.ts'
import type { Policies } from './policies.ts'

export const policiesHttp = (policies: Policies): Mounted[] => [
  handle(listPolicies, async ({ caller }) => reply(200, { items: await policies.list(caller.actor) })),
  handle(listPolicyVersions, async ({ params: { policy } }) => reply(200, { items: await policies.versions(policy) })),
  handle(publishPolicy, async ({ params: { policy }, body, caller }) =>
    reply(200, await policies.publish({ policy, ...body, by: caller })),
  ),
  handle(acknowledgePolicy, async ({ params: { policy }, body: { version }, caller }) =>
    reply(201, await policies.acknowledge({ policy, version, by: caller.actor })),
  ),
  handle(getStandards, async () => reply(200, { standards: (await policies.standards()) ?? null })),
  handle(putStandards, async ({ body, caller }) => reply(200, await policies.setStandards(body, caller))),
]
