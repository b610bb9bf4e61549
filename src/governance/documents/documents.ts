/**
 * Governance documents become attested evidence: a person wrote them, the product reads and counts them.
 * A document that is absent yields nothing, so its check stays MISSING.
 */
import type { z } from 'zod'
import type { Application } from '../../core/application.ts'
import type { EvidenceDraft } from '../../core/evidence.ts'
import type { Manifest, Part } from '../../core/manifest.ts'
import { OversightPlan } from '../../core/oversight.ts'
import { FREE, type Producer, type ProducerContext } from '../../core/producer.ts'
import { Failure, type Problem } from '../../kernel/failure.ts'
import type { Clock, Instant } from '../../kernel/time.ts'
import { assessmentSchema, type QuestionPack } from '../assessment/questions.ts'
import { AuthoredCard } from '../cards/authored.ts'
import { Impact } from '../impact/impact.ts'
import { lawFactsOf } from '../law/law-facts.ts'
import type { LawPacks } from '../law/pack.ts'
import { Resources } from '../resources/resources.ts'
import { Roadmap } from '../roadmap/roadmap.ts'
import { Threats } from '../threats/threats.ts'
import { approvals } from './approvals.ts'
import { change } from './change.ts'
import { charter } from './charter.ts'
import { classification } from './classification.ts'
import { decision } from './decision.ts'
import type { DocumentKind } from './document-kind.ts'
import { dpia } from './dpia.ts'
import { inventory } from './inventory.ts'
import { ownerProducer } from './owner.ts'
import { Pilot } from './pilot.ts'
import type { Reached } from './reached.ts'
import { Retirement } from './retirement.ts'
import { risks } from './risks.ts'

/** Those that answer a check. */
export const DOCUMENT_KINDS: readonly DocumentKind[] = [
  charter,
  decision,
  classification,
  risks,
  approvals,
  inventory,
  dpia,
  change,
]

type Documents = Application['documents']

/** By the name of the document, for whoever takes its file. The assessment is held against its questions. */
export const documentSchemasFor = (questions: QuestionPack): Readonly<Record<string, z.ZodType>> => ({
  ...Object.fromEntries(DOCUMENT_KINDS.map(({ name, schema }) => [name, schema])),
  assessment: assessmentSchema(questions),
  roadmap: Roadmap,
  resources: Resources,
  impact: Impact,
  oversight: OversightPlan,
  card: AuthoredCard,
  pilot: Pilot,
  retirement: Retirement,
  threats: Threats,
})

/** What has the wrong shape in any document, with file and field; empty when all can be read. */
export const documentProblems = (documents: Documents): Problem[] =>
  DOCUMENT_KINDS.flatMap((kind) => {
    const document = documents[kind.name]
    const parsed = document && kind.schema.safeParse(document.value)
    if (!parsed || parsed.success) return []
    return parsed.error.issues.map((issue) => ({
      file: `${kind.name}.yaml`,
      field: issue.path.join('.'),
      message: issue.message,
      remedy: `Compare it with ${kind.name}.yaml of the template support-assistant.`,
    }))
  })

/** One producer a document, so that asking for one answer attests no other anew. */
export const createDocumentProducers = ({
  clock,
  laws,
  reached,
}: {
  clock: Clock
  laws?: LawPacks
  reached?: (manifest: Manifest) => Promise<Reached>
}): Producer[] => [
  ownerProducer,
  ...DOCUMENT_KINDS.map(
    (kind): Producer => ({
      name: `governance/${kind.name}`,
      checks: [kind.check],
      quote: async () => FREE,
      run: async (context) => {
        const document = context.application.documents[kind.name]
        const { manifest } = context.release
        return document ? [draft(kind, context, { now: clock(), laws, reached: await reached?.(manifest) })] : []
      },
    }),
  ),
]

function draft(
  kind: DocumentKind,
  { release, application, by }: ProducerContext,
  { now, laws, reached }: { now: Instant; laws: LawPacks | undefined; reached: Reached | undefined },
): EvidenceDraft {
  const parsed = kind.schema.safeParse(application.documents[kind.name]?.value)
  if (!parsed.success) throw unreadable(kind.name, application.documents)
  const values = Object.fromEntries(Object.entries(application.documents).map(([key, { value }]) => [key, value]))
  const law = laws && lawFactsOf(laws, values, { today: now.slice(0, 10) })
  const { facts, summary } = kind.read(parsed.data, { release, now, law, documents: values, reached })
  return {
    application: release.application,
    release: release.id,
    check: kind.check,
    summary,
    facts,
    inputs: [
      ...[kind.name, ...kind.alsoReads].flatMap((name) => partOf(application.documents, name)),
      ...kind.dependsOn(release),
    ],
    producer: { name: `governance/${kind.name}`, version: '1' },
    trust: 'attested',
    by,
    duty: kind.duty,
    example: parsed.data.example,
  }
}

function partOf(documents: Documents, name: string): Part[] {
  const document = documents[name]
  return document ? [{ kind: 'document', name, digest: document.digest }] : []
}

function unreadable(name: string, documents: Documents): Failure {
  const problems = documentProblems(documents).filter(({ file }) => file === `${name}.yaml`)
  const [first] = problems
  return new Failure(
    'invalid',
    'governance.document-invalid',
    `${name}.yaml, ${first?.field || 'the whole'}: ${first?.message}${problems.length > 1 ? `, and ${problems.length - 1} more` : ''}. Mend the file and try again.`,
    { problems },
  )
}
