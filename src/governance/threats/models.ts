/** Verbs of the threat model: read it as it stands, and count it for the gate (`sec.threatmodel`). */
import type { Application } from '../../core/application.ts'
import type { Part } from '../../core/manifest.ts'
import { partsOf } from '../../core/manifest.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import type { Release } from '../../core/release.ts'
import type { Clock } from '../../kernel/time.ts'
import { type PathStanding, verdictsOf } from '../standing.ts'
import { type ThreatModel, type ThreatPack, Threats, threatModel } from './threats.ts'

export type ThreatModelsDeps = {
  readonly clock: Clock
  readonly threatPack: ThreatPack
  /** Every check of the catalogue. */
  readonly checks: readonly string[]
  readonly applicationOf: (name: string) => Promise<Application>
  readonly newestRelease: (name: string) => Promise<Release | undefined>
  readonly standingOf: (name: string) => Promise<PathStanding>
}

const PRODUCER = 'governance/threats'
/** What the answer depends on: where data flows, and who reads it on the way. */
const READ = ['flow', 'model', 'index', 'target']

export type ThreatModels = ReturnType<typeof createThreatModels>

export function createThreatModels(deps: ThreatModelsDeps) {
  const known = new Set(deps.checks)

  const modelOf = (
    { documents }: Pick<Application, 'documents'>,
    { release, verdicts }: { release: Release | undefined; verdicts: ReturnType<typeof verdictsOf> },
  ): ThreatModel =>
    threatModel({
      manifest: release?.manifest ?? null,
      value: documents.threats?.value,
      answers: (documents.assessment?.value as { answers?: Record<string, unknown> } | undefined)?.answers ?? {},
      pack: deps.threatPack,
      verdicts,
      known,
      today: deps.clock().slice(0, 10),
    })

  const producer: Producer = {
    name: PRODUCER,
    checks: ['sec.threatmodel'],
    quote: async () => FREE,
    async run({ release, application, by }) {
      const document = application.documents.threats
      if (!document) return []
      const model = modelOf(application, { release, verdicts: new Map() })
      const { threats, open, dataFlowRead, flow } = model
      const named = threats.filter(({ state }) => state === 'open').map(({ id }) => id)
      return [
        {
          application: release.application,
          release: release.id,
          check: 'sec.threatmodel',
          summary: `${threats.length} threats gone through: ${count(model, 'mitigated')} held off by checks, ${count(model, 'accepted')} accepted, ${count(model, 'absent')} that cannot happen here${open === 0 ? '' : `; open: ${named.join(', ')}`}.${dataFlowRead ? '' : ' Nobody read the picture of the data flow yet.'}`,
          facts: {
            dataFlow: { value: dataFlowRead && flow.length > 0 },
            openThreats: { value: open, n: threats.length },
            accepted: { value: count(model, 'accepted'), n: threats.length },
          },
          inputs: [
            { kind: 'document', name: 'threats', digest: document.digest },
            ...partsOf(release.manifest).filter(({ kind }: Part) => READ.includes(kind)),
          ],
          producer: { name: PRODUCER, version: '1' },
          trust: 'attested',
          by,
          duty: 'security',
          example: Threats.parse(document.value).example,
        },
      ]
    },
  }

  return {
    producer,
    async of(name: string): Promise<ThreatModel> {
      const application = await deps.applicationOf(name)
      const release = await deps.newestRelease(name)
      return modelOf(application, { release, verdicts: verdictsOf(await deps.standingOf(name)) })
    },
  }
}

const count = ({ threats }: ThreatModel, wanted: ThreatModel['threats'][number]['state']): number =>
  threats.filter(({ state }) => state === wanted).length
