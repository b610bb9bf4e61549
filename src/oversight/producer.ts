/** Answers `hum.oversight` from what was decided and tried within the last ninety days. */
import { oversightOf } from '../core/oversight.ts'
import { FREE, type Producer } from '../core/producer.ts'
import { axesOf } from '../core/profile-axes.ts'
import type { ToolPart } from '../core/tool.ts'
import { age, DAY, later } from '../kernel/time.ts'
import type { OversightDeps } from './deps.ts'
import { readingOf } from './reading.ts'
import { COUNTED_DAYS, overseersOf } from './standings.ts'
import { countHeld, lastStopTests } from './store.ts'

export function createOversightProducer({
  db,
  clock,
  organisation,
  people,
}: Pick<OversightDeps, 'db' | 'clock' | 'organisation' | 'people'>): Producer {
  return {
    name: 'oversight',
    checks: ['hum.oversight'],
    quote: async () => FREE,
    async run({ release, application: { documents }, by }) {
      const [plan, document] = [oversightOf(documents), documents.oversight]
      if (!plan || !document) return []
      const { application } = release
      const now = clock()
      const since = later(now, -COUNTED_DAYS * DAY)
      const of = { organisation, applications: [application] }
      const counts = await countHeld(db, { ...of, since, now })
      const last = (await lastStopTests(db, of)).get(application)
      const axes = axesOf({ profile: documents.profile?.value, classification: documents.classification?.value })
      const reading = readingOf({
        plan,
        overseers: overseersOf(plan, people()),
        overruled: counts.get(application)?.overruled ?? 0,
        stopTest: last && age(last.at, now) <= COUNTED_DAYS * DAY ? last : undefined,
        writing: writingOf(release.manifest.tools),
        acts: axes.autonomy?.some((word) => word.startsWith('acts')) ?? false,
      })
      return [
        {
          ...reading,
          application,
          release: release.id,
          check: 'hum.oversight',
          inputs: [
            ...['oversight', 'profile'].flatMap((name) => {
              const digest = documents[name]?.digest
              return digest === undefined ? [] : [{ kind: 'document' as const, name, digest }]
            }),
            ...(release.manifest.tools ?? []).map(({ name, digest }) => ({ kind: 'tool' as const, name, digest })),
          ],
          producer: { name: 'oversight', version: '1' },
          trust: 'measured',
          by,
          example: plan.example,
        },
      ]
    },
  }
}

function writingOf(tools: readonly ToolPart[] = []): { held: number; free: number } {
  const writing = tools.filter(({ tool }) => tool.effect === 'write' && tool.call.kind === 'http')
  const held = writing.filter(({ tool }) => tool.hold).length
  return { held, free: writing.length - held }
}
