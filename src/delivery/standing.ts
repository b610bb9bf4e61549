/** Where an application stands: read once, then shown, judged and decided on. */

import type { Release, ReleaseId } from '../core/release.ts'
import type { Rollout } from '../core/rollout.ts'
import { isAtLeast, type Stage } from '../core/stage.ts'
import { Failure } from '../kernel/failure.ts'
import type { Database, Tx } from '../store/database.ts'
import type { DeliveryDeps } from './deps.ts'
import { listReleaseMarks, listWaiversOf, type ReleaseMark } from './lists/index.ts'
import type { Records } from './release-gate.ts'
import { listOpenRollouts } from './rollouts/index.ts'
import type { LiveStageRow, StoredApplication } from './rows.ts'
import { findApplication, findRelease, listLiveStages, listPromotionMarks } from './store.ts'

/** All but its evidence. */
export type Position = Omit<Records, 'evidence'> & {
  readonly application: StoredApplication
  /** Newest first. */
  readonly releases: readonly ReleaseMark[]
  readonly live: readonly LiveStageRow[]
  readonly rollouts: readonly Rollout[]
}

export type Standing = Position & Records

type Deps = Pick<DeliveryDeps, 'organisation' | 'evidenceOf' | 'challengesOf' | 'partsBeside'>

export async function demandApplicationRow(
  db: Database | Tx,
  { organisation }: Pick<Deps, 'organisation'>,
  name: string,
): Promise<StoredApplication> {
  const found = await findApplication(db, organisation, name)
  if (!found)
    throw new Failure(
      'unknown',
      'delivery.application-unknown',
      `There is no application ${name}. \`airworthy init\` makes one.`,
    )
  return found
}

export async function demandRelease(db: Database | Tx, id: ReleaseId): Promise<Release> {
  const found = await findRelease(db, id)
  if (!found) throw new Failure('unknown', 'delivery.release-unknown', `There is no release ${id}.`)
  return found
}

export async function readStanding(db: Database | Tx, deps: Deps, application: StoredApplication): Promise<Standing> {
  const [position] = await readPositions(db, deps, [application])
  if (!position) throw new Error('One application has one position.')
  return { ...position, evidence: await deps.evidenceOf(db, application.name) }
}

/** Of all of them at once: a list asks as often as a single application does. */
export async function readPositions(
  db: Database | Tx,
  deps: Omit<Deps, 'evidenceOf'>,
  applications: readonly StoredApplication[],
): Promise<Position[]> {
  if (applications.length === 0) return []
  const { organisation } = deps
  const [ids, names] = [applications.map(({ id }) => id), applications.map(({ name }) => name)]
  const challenges = byApplication(await deps.challengesOf(db, names))
  const waivers = byApplication(await listWaiversOf(db, organisation, names))
  const promotions = byApplication(await listPromotionMarks(db, organisation, ...names))
  const releases = Map.groupBy(await listReleaseMarks(db, ids), ({ applicationId }) => applicationId)
  const live = byApplication(await listLiveStages(db, organisation, ...names))
  const rollouts = byApplication(await listOpenRollouts(db, organisation, ...names))
  return applications.map((application) => ({
    application,
    challenges: challenges.get(application.name) ?? [],
    waivers: waivers.get(application.name) ?? [],
    promotions: promotions.get(application.name) ?? [],
    releases: (releases.get(application.id) ?? []).map(({ id, number, digest }) => ({ id, number, digest })),
    live: live.get(application.name) ?? [],
    rollouts: rollouts.get(application.name) ?? [],
    partsBeside: deps.partsBeside,
  }))
}

const byApplication = <Row extends { readonly application: string }>(rows: readonly Row[]) =>
  Map.groupBy(rows, ({ application }) => application)

/** The highest stage that a release was promoted into; the sandbox needs no promotion. */
export const highestStage = ({ promotions }: Pick<Records, 'promotions'>, release: ReleaseId): Stage =>
  promotions
    .filter((promotion) => promotion.release === release)
    .reduce<Stage>((highest, { into }) => (isAtLeast(into, highest) ? into : highest), 'sandbox')

export const isPromotedInto = (standing: Pick<Records, 'promotions'>, release: ReleaseId, stage: Stage): boolean =>
  stage === 'sandbox' || standing.promotions.some((one) => one.release === release && one.into === stage)
