/** Where an application stands: read once, then shown, judged and decided on. */

import type { Release, ReleaseId } from '../core/release.ts'
import type { Rollout } from '../core/rollout.ts'
import { isAtLeast, type Stage } from '../core/stage.ts'
import { Failure } from '../kernel/failure.ts'
import type { Database, Tx } from '../store/database.ts'
import type { DeliveryDeps } from './deps.ts'
import type { Records } from './release-gate.ts'
import { listOpenRollouts } from './rollouts/index.ts'
import type { LiveStageRow, StoredApplication } from './rows.ts'
import {
  findApplication,
  findRelease,
  listLiveStages,
  listPromotionMarks,
  listReleaseMarks,
  listWaivers,
  type ReleaseMark,
} from './store.ts'

export type Standing = Records & {
  readonly application: StoredApplication
  /** Newest first. */
  readonly releases: readonly ReleaseMark[]
  readonly live: readonly LiveStageRow[]
  readonly rollouts: readonly Rollout[]
}

type Deps = Pick<DeliveryDeps, 'organisation' | 'evidenceOf' | 'challengesOf' | 'partsBeside'>

/** More waivers than an application ever has open; older ones have ended. */
const MOST_WAIVERS = 1000

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
  const { organisation } = deps
  const { id, name } = application
  return {
    application,
    evidence: await deps.evidenceOf(db, name),
    challenges: await deps.challengesOf(db, name),
    waivers: await listWaivers(db, { organisation, application: name }, { limit: MOST_WAIVERS }),
    promotions: await listPromotionMarks(db, organisation, name),
    releases: await listReleaseMarks(db, id),
    live: await listLiveStages(db, organisation, name),
    rollouts: await listOpenRollouts(db, organisation, name),
    partsBeside: deps.partsBeside,
  }
}

/** The highest stage that a release was promoted into; the sandbox needs no promotion. */
export const highestStage = ({ promotions }: Pick<Records, 'promotions'>, release: ReleaseId): Stage =>
  promotions
    .filter((promotion) => promotion.release === release)
    .reduce<Stage>((highest, { into }) => (isAtLeast(into, highest) ? into : highest), 'sandbox')

export const isPromotedInto = (standing: Pick<Records, 'promotions'>, release: ReleaseId, stage: Stage): boolean =>
  stage === 'sandbox' || standing.promotions.some((one) => one.release === release && one.into === stage)
