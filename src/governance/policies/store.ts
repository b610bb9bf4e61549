/** SQL of policies and standards. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { Acknowledgement, Policy } from './policy.ts'
import { Standards } from './standards.ts'

export const own = tablesOf({
  policies: Policy,
  policyAcknowledgements: Acknowledgement,
  organisationStandards: Standards,
})

type Reader = Database | Tx

/** The newest version of each, by name. */
export const newestPolicies = (db: Reader, organisation: string): Promise<Policy[]> =>
  own(db)
    .selectFrom('policies')
    .selectAll()
    .distinctOn('name')
    .where('organisation', '=', organisation)
    .orderBy('name')
    .orderBy('version', 'desc')
    .execute()

export const listPolicyVersions = (
  db: Reader,
  { organisation, name }: { organisation: string; name: string },
): Promise<Policy[]> =>
  own(db)
    .selectFrom('policies')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('name', '=', name as Policy['name'])
    .orderBy('version', 'desc')
    .limit(200)
    .execute()

export async function addPolicy(tx: Tx, policy: Policy): Promise<void> {
  await own(tx)
    .insertInto('policies')
    .values({ ...policy, checks: json(policy.checks) })
    .execute()
}

/** Acknowledging the same version again changes nothing. */
export async function addAcknowledgement(tx: Tx, acknowledgement: Acknowledgement): Promise<void> {
  await own(tx)
    .insertInto('policyAcknowledgements')
    .values(acknowledgement)
    .onConflict((on) => on.columns(['organisation', 'policy', 'version', 'actor']).doNothing())
    .execute()
}

/** The newest of each person and policy. */
export const newestAcknowledgements = (db: Reader, organisation: string): Promise<Acknowledgement[]> =>
  own(db)
    .selectFrom('policyAcknowledgements')
    .selectAll()
    .distinctOn(['policy', 'actor'])
    .where('organisation', '=', organisation)
    .orderBy('policy')
    .orderBy('actor')
    .orderBy('version', 'desc')
    .execute()

export async function addStandards(tx: Tx, standards: Standards): Promise<void> {
  await own(tx)
    .insertInto('organisationStandards')
    .values({ ...standards, content: json(standards.content) })
    .execute()
}

export const newestStandards = (db: Reader, organisation: string): Promise<Standards | undefined> =>
  own(db)
    .selectFrom('organisationStandards')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
