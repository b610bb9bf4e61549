/** Verbs of policies and standards: publish, acknowledge, set; and what a new application and a freeze ask of them. */
import type { ActorId } from '../../core/actor.ts'
import type { Application } from '../../core/application.ts'
import { editYaml } from '../../core/blueprint/edit-yaml.ts'
import { textOf } from '../../core/blueprint/files.ts'
import { readYaml } from '../../core/blueprint/yaml-file.ts'
import type { Name } from '../../core/names.ts'
import type { Release } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import type { GovernanceDeps, Keeper } from '../governance-deps.ts'
import type { ServedPolicy } from './contract.ts'
import { type Acknowledgement, type Policy, standingTo } from './policy.ts'
import { breachesOf, inherited, type Standards, StandardsContent } from './standards.ts'
import {
  addAcknowledgement,
  addPolicy,
  addStandards,
  listPolicyVersions,
  newestAcknowledgements,
  newestPolicies,
  newestStandards,
} from './store.ts'

export type PoliciesDeps = GovernanceDeps & { readonly isCheck: (id: string) => boolean }

const SETTINGS = 'airworthy.yaml'

export type Policies = ReturnType<typeof createPolicies>

function demandContent(given: unknown): StandardsContent {
  const parsed = StandardsContent.safeParse(given)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  throw new Failure(
    'invalid',
    'governance.standards-invalid',
    `${first?.path.join('.')}: ${first?.message}. Defaults are written as in airworthy.yaml.`,
  )
}

export function createPolicies(deps: PoliciesDeps) {
  const { db, clock, newId, organisation } = deps
  const tell = (id: string) => deps.publish({ topic: 'policy', id, application: null })

  async function served(reader: Database | Tx, caller: ActorId): Promise<ServedPolicy[]> {
    const all = await newestAcknowledgements(reader, organisation)
    return (await newestPolicies(reader, organisation)).map((policy) => {
      const own = all.filter((one) => one.policy === policy.name)
      return {
        ...policy,
        mine: standingTo(policy, own.find(({ actor }) => actor === caller)?.version),
        people: own.map(({ actor, version, at }) => ({ actor, version, at, standing: standingTo(policy, version) })),
      }
    })
  }

  async function demand(name: string, caller: ActorId): Promise<ServedPolicy> {
    const found = (await served(db, caller)).find((one) => one.name === name)
    if (found) return found
    throw new Failure(
      'unknown',
      'governance.policy-unknown',
      `There is no policy ${name}. List them to see those there are.`,
    )
  }

  return {
    list: (caller: ActorId) => served(db, caller),

    async versions(name: string): Promise<Policy[]> {
      const found = await listPolicyVersions(db, { organisation, name })
      if (found.length > 0) return found
      throw new Failure('unknown', 'governance.policy-unknown', `There is no policy ${name}.`)
    },

    async publish(given: {
      policy: string
      title: string
      text: string
      checks: string[]
      isRequired: boolean
      by: Keeper
    }) {
      const { policy: name, title, text, checks, isRequired, by } = given
      const unknown = checks.find((check) => !deps.isCheck(check))
      if (unknown)
        throw new Failure(
          'invalid',
          'governance.check-unknown',
          `checks: there is no check ${unknown} in the catalogue.`,
        )
      const [before] = await listPolicyVersions(db, { organisation, name })
      const isSame =
        before &&
        before.title === title &&
        before.text === text &&
        before.isRequired === isRequired &&
        before.checks.join() === checks.join()
      if (!isSame) {
        const policy: Policy = {
          id: newId('pol'),
          organisation,
          name: name as Name,
          version: (before?.version ?? 0) + 1,
          title,
          text,
          checks,
          isRequired,
          createdAt: clock(),
          createdBy: by.actor,
        }
        await inTransaction(db, async (tx) => {
          await addPolicy(tx, policy)
          await deps.record(tx, {
            actor: by.actor,
            action: 'governance.policy',
            subject: name,
            detail: { version: policy.version, title },
          })
        })
        tell(name)
      }
      return demand(name, by.actor)
    },

    async acknowledge({
      policy: name,
      version,
      by,
    }: {
      policy: string
      version: number
      by: ActorId
    }): Promise<Acknowledgement> {
      const policy = await demand(name, by)
      if (version !== policy.version)
        throw new Failure(
          'conflict',
          'governance.policy-version',
          `version: ${name} is at version ${policy.version}, not ${version}. Read that one and acknowledge it.`,
        )
      const acknowledgement: Acknowledgement = {
        id: newId('ack'),
        organisation,
        policy: policy.name,
        version,
        actor: by,
        at: clock(),
      }
      await inTransaction(db, async (tx) => {
        await addAcknowledgement(tx, acknowledgement)
        await deps.record(tx, {
          actor: by,
          action: 'governance.acknowledge-policy',
          subject: name,
          detail: { version },
        })
      })
      tell(name)
      return acknowledgement
    },

    standards: (): Promise<Standards | undefined> => newestStandards(db, organisation),

    async setStandards(
      given: Omit<StandardsContent, 'defaults'> & { defaults: unknown },
      by: Keeper,
    ): Promise<Standards> {
      const content = demandContent(given)
      return inTransaction(db, async (tx) => {
        const before = await newestStandards(tx, organisation)
        const standards: Standards = {
          id: newId('std'),
          organisation,
          version: (before?.version ?? 0) + 1,
          content,
          createdAt: clock(),
          createdBy: by.actor,
        }
        await addStandards(tx, standards)
        await deps.record(tx, {
          actor: by.actor,
          action: 'governance.standards',
          subject: 'standards',
          detail: { version: standards.version },
        })
        return standards
      })
    },

    /** Gives a new application what the organisation begins with, where its blueprint says nothing itself. */
    async inherit({ application, by }: { application: Application; by: Keeper }): Promise<void> {
      if (application.createdAt !== application.updatedAt) return
      const standards = await newestStandards(db, organisation)
      if (!standards) return
      const { files, bytes } = await deps.blueprintOf(application.name)
      const text = files[SETTINGS] === undefined ? '' : textOf(files[SETTINGS])
      const settings = inherited(
        readYaml({ path: SETTINGS, text, schema: undefined, problems: [] }) ?? {},
        standards.content,
      )
      if (settings)
        await deps.putFile({
          name: application.name,
          path: SETTINGS,
          file: editYaml(text, settings),
          ifMatch: bytes,
          by,
        })
    },

    /** Throws when a release breaks the standards, or who freezes it has not acknowledged what is required. */
    async demandStandards(
      tx: Tx,
      release: Release,
      application: Pick<Application, 'documents' | 'template'>,
    ): Promise<void> {
      const standards = await newestStandards(tx, organisation)
      const breaches = standards ? breachesOf(standards.content, { manifest: release.manifest, application }) : []
      if (breaches.length > 0)
        throw new Failure(
          'conflict',
          'governance.standard-broken',
          `The standards of the organisation (version ${standards?.version}) do not allow this: ${breaches.map(({ message }) => message).join('; ')}. Change the blueprint, or ask an owner to change the standards.`,
          { problems: breaches },
        )
      const open = (await served(tx, release.frozenBy)).filter(
        ({ isRequired, mine }) => isRequired && mine !== 'acknowledged',
      )
      if (open.length > 0)
        throw new Failure(
          'conflict',
          'governance.policy-not-acknowledged',
          `Before you freeze, read and acknowledge ${open.map(({ name, version }) => `${name} (version ${version})`).join(', ')}: \`airworthy policies\`.`,
        )
    },
  }
}
