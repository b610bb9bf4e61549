/** What upkeep asks of the slices that know ends, keys, waivers and answers. */
import type { Access } from '../access/index.ts'
import type { Config } from '../config.ts'
import { dutiesOf, overlapsOf } from '../core/duties.ts'
import { STAGES } from '../core/stage.ts'
import type { Delivery } from '../delivery/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import { createUpkeep, type UpkeepDeps } from '../governance/index.ts'
import { remoteModels } from '../models/index.ts'
import { addressOf } from './door.ts'

/** What the catalogue of models knows of ends. */
export type UpkeepRegistry = {
  endOf(model: string): string | null
  openTasks(): readonly {
    readonly id: string
    readonly model: string
    readonly title: string
    readonly detail: string
    readonly deadline: string | null
  }[]
}

export type UpkeepWiring = {
  readonly config: Config
  readonly access: Access
  readonly delivery: Delivery
  readonly evidence: EvidenceLog
  readonly registry: UpkeepRegistry
  readonly plan: { get(name: string, ask: { priceFactor: number }): ReturnType<UpkeepDeps['planOf']> }
  readonly incidents: {
    deadlines(
      applications: Parameters<UpkeepDeps['knownOf']>[0],
    ): Promise<ReadonlyMap<string, Awaited<ReturnType<UpkeepDeps['knownOf']>>[number]['deadlines']>>
    openGrave(application: string): Promise<number>
  }
  readonly ground: Omit<
    UpkeepDeps,
    'systemActor' | 'publicUrl' | 'applications' | 'knownOf' | 'others' | 'planOf' | 'beside' | 'modelsOf'
  >
}

const MOST_WAIVERS = 1000

export function wireUpkeep({ ground, config, access, delivery, evidence, registry, plan, incidents }: UpkeepWiring) {
  const maxAges = new Map(
    delivery.catalogue.checks.flatMap(({ id, maxAgeDays }) => (maxAgeDays === null ? [] : [[id, maxAgeDays]])),
  )

  async function waiversOf(application?: string) {
    const { items } = await delivery.waivers.list(
      { state: 'granted', ...(application !== undefined && { application }) },
      { limit: MOST_WAIVERS },
    )
    return items.filter(({ until }) => until > ground.clock())
  }

  const stagesOf = (application: string) => delivery.liveTable().applications[application]?.stages ?? {}

  /** Of the release that is live highest, from memory; before one is live, of the newest. */
  async function modelsOf(application: string) {
    const stages = stagesOf(application)
    const live = STAGES.flatMap((stage) => stages[stage]?.release ?? []).at(-1)
    const release = (live && delivery.releaseInMemory(live)) ?? (await delivery.releases.newest(application))
    if (!release) return []
    return remoteModels(release.manifest).map((model) => ({ model, endsOn: registry.endOf(model) }))
  }

  /** By application, the newest answer to each check that grows old. */
  async function answersOf(applications: readonly string[]) {
    const checks = [...maxAges.keys()]
    const newest = applications.length === 0 ? [] : await evidence.newestOf({ applications, checks })
    return Map.groupBy(
      newest.map(({ application, id, check, at }) => ({
        application,
        id,
        check,
        at,
        maxAgeDays: maxAges.get(check) ?? 0,
      })),
      ({ application }) => application,
    )
  }

  const isUsed = (application: string): boolean =>
    STAGES.some((stage) => stage !== 'sandbox' && stagesOf(application)[stage] !== undefined)

  return createUpkeep({
    ...ground,
    systemActor: access.systemActor,
    publicUrl: () => addressOf(config),
    applications: () => delivery.applications.all(),
    modelsOf,
    planOf: (application) => plan.get(application, { priceFactor: 1 }),
    // Over all applications this is asked for a page, so what is in memory is not read again.
    async knownOf(applications) {
      const [only, ...others] = applications
      const waivers = await waiversOf(others.length === 0 ? only?.name : undefined)
      // Before anybody uses it, an answer that grows old is asked for by its gate.
      const answers = await answersOf(applications.map(({ name }) => name).filter(isUsed))
      const deadlines = await incidents.deadlines(applications)
      const known = []
      for (const { name, documents, createdAt } of applications)
        known.push({
          application: name,
          since: createdAt,
          isInProduction: stagesOf(name).production !== undefined,
          models: await modelsOf(name),
          waivers: waivers.filter(({ application }) => application === name),
          evidence: answers.get(name) ?? [],
          deadlines: deadlines.get(name) ?? [],
          pilotStartsOn: dayIn(documents.pilot?.value, 'startsOn'),
          endsOn: dayIn(documents.retirement?.value, 'endsOn'),
        })
      return known
    },
    async others() {
      const keys = access.listKeys().filter(({ revokedAt }) => revokedAt === null)
      return [
        ...keys.flatMap(({ id, name, expiresAt, application }) =>
          expiresAt === null
            ? []
            : [
                {
                  ...{ id: `key-expires ${id}`, kind: 'key-expires' as const, on: expiresAt.slice(0, 10), application },
                  title: `The key ${name} expires`,
                  todo: 'Rotate it, or let it end when nobody needs it.',
                  href: '/settings/keys',
                },
              ],
        ),
        ...registry.openTasks().flatMap(({ id, title, detail, deadline }) =>
          deadline === null
            ? []
            : [
                {
                  ...{ id: `model-task ${id}`, kind: 'model-task' as const, on: deadline.slice(0, 10), title },
                  ...{ todo: detail, application: null, href: '/models' },
                },
              ],
        ),
      ]
    },
    async beside(application) {
      const { documents } = await delivery.getApplication(application)
      const keys = access
        .listKeys()
        .filter((key) => key.revokedAt === null && (key.application === null || key.application === application))
      return {
        waivers: await waiversOf(application),
        keys: keys.map(({ name, rotatedAt, createdAt, expiresAt }) => ({
          ...{ name, expiresAt, since: rotatedAt ?? createdAt },
        })),
        overlaps: overlapsOf(dutiesOf(documents)).map((pair) => pair.join(' and ')),
        openIncidents: await incidents.openGrave(application),
      }
    },
  })
}

const dayIn = (value: unknown, field: string): string | null => {
  const day = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field] : null
  return typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null
}
