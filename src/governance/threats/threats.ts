/**
 * The threat model: which known threats apply to what is built, and what is done about each. The picture of where data
 * flows is drawn from the release itself, so that it is never older than what it shows. Pure.
 */
import { z } from 'zod'
import { modelNamesOf } from '../../core/fallbacks.ts'
import type { Manifest } from '../../core/manifest.ts'
import { opens, Verdict } from '../../core/verdict.ts'
import { date, exampleFlag, isFilled, text, texts } from '../documents/fields.ts'

/** always · data: there are datasets · retrieval: it searches · tools: it may act · agent: it chooses its steps · agents: several. */
export const Trait = z.enum(['always', 'data', 'retrieval', 'tools', 'agent', 'agents'])
export type Trait = z.infer<typeof Trait>

export const ThreatPack = z.strictObject({
  name: z.string(),
  version: z.string(),
  asOf: z.iso.date(),
  sources: z.array(z.string()),
  note: z.string(),
  threats: z.array(
    z.strictObject({
      id: z.string(),
      /** The list that it stands on. */
      list: z.string(),
      title: z.string(),
      appliesTo: Trait,
      says: z.string(),
      /** Checks that show whether it is held off. */
      mitigatedBy: z.array(z.string()).min(1),
    }),
  ),
})
export type ThreatPack = z.infer<typeof ThreatPack>

const Answer = z.strictObject({
  id: z.string().min(1),
  /** mitigated: by the checks that are named · accepted: by a person, for a reason, until a day · absent: it cannot happen here. */
  decision: z.enum(['mitigated', 'accepted', 'absent']).nullish(),
  checks: texts,
  reason: text,
  by: text,
  until: date,
})

/** `threats.yaml` */
export const Threats = z.strictObject({
  example: exampleFlag,
  /** Somebody looked at the picture of the data flow and says that it is whole. */
  dataFlowRead: z.boolean().nullish(),
  /** What the picture cannot know: systems around it, who can reach what. */
  notes: text,
  threats: z
    .array(Answer)
    .default([])
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'two answers have the same id'),
})
export type Threats = z.infer<typeof Threats>

export const ThreatModel = z.object({
  isKept: z.boolean(),
  /** The day of the lists, and what they are. */
  asOf: z.iso.date(),
  sources: z.array(z.string()),
  /** Where data goes, one step an arrow; `crosses` names the border where it leaves our hands. */
  flow: z.array(z.object({ from: z.string(), to: z.string(), what: z.string(), crosses: z.string().nullable() })),
  dataFlowRead: z.boolean(),
  notes: z.string(),
  traits: z.array(Trait),
  threats: z.array(
    z.object({
      id: z.string(),
      list: z.string(),
      title: z.string(),
      says: z.string(),
      appliesTo: Trait,
      /** mitigated · accepted · absent · open; an acceptance whose day is past is open again. */
      state: z.enum(['mitigated', 'accepted', 'absent', 'open']),
      /** Those that were named, else those that are suggested. */
      checks: z.array(z.object({ check: z.string(), verdict: Verdict.nullable() })),
      /** A check that is to hold it off does not pass now. */
      isHeld: z.boolean(),
      reason: z.string(),
      by: z.string(),
      until: z.string().nullable(),
    }),
  ),
  open: z.number().int(),
})
export type ThreatModel = z.infer<typeof ThreatModel>

type Given = {
  /** Null before the first release. */
  readonly manifest: Manifest | null
  readonly value: unknown
  /** Answers of the assessment, for what it may do. */
  readonly answers: Readonly<Record<string, unknown>>
  readonly pack: ThreatPack
  readonly verdicts: ReadonlyMap<string, Verdict>
  /** Every check that there is; another name holds nothing off. */
  readonly known: ReadonlySet<string>
  readonly today: string
}

export function threatModel({ manifest, value, answers, pack, verdicts, known, today }: Given): ThreatModel {
  const kept = Threats.parse(value ?? {})
  const traits = traitsOf(manifest, answers)
  const threats = pack.threats
    .filter(({ appliesTo }) => traits.includes(appliesTo))
    .map((threat) => {
      const answer = kept.threats.find(({ id }) => id === threat.id)
      const named = (answer?.checks ?? []).filter((check) => known.has(check))
      const checks = (named.length > 0 ? named : threat.mitigatedBy).map((check) => ({
        check,
        verdict: verdicts.get(check) ?? null,
      }))
      const { id, list, title, says, appliesTo } = threat
      return {
        ...{ id, list, title, says, appliesTo, checks },
        state: stateOf(answer, { named, today }),
        isHeld: checks.some(({ verdict }) => verdict !== null && !opens(verdict)),
        reason: answer?.reason ?? '',
        by: answer?.by ?? '',
        until: answer?.until ?? null,
      }
    })
  return {
    isKept: value !== undefined && value !== null,
    asOf: pack.asOf,
    sources: pack.sources,
    flow: manifest ? flowOf(manifest) : [],
    dataFlowRead: kept.dataFlowRead === true,
    notes: kept.notes ?? '',
    traits,
    threats,
    open: threats.filter(({ state }) => state === 'open').length,
  }
}

function stateOf(
  answer: z.infer<typeof Answer> | undefined,
  { named, today }: { named: readonly string[]; today: string },
): ThreatModel['threats'][number]['state'] {
  if (answer?.decision === 'mitigated') return named.length > 0 ? 'mitigated' : 'open'
  if (answer?.decision === 'absent') return isFilled(answer.reason) ? 'absent' : 'open'
  if (answer?.decision !== 'accepted') return 'open'
  const isWhole = isFilled(answer.reason) && isFilled(answer.by) && typeof answer.until === 'string'
  return isWhole && (answer.until ?? '') >= today ? 'accepted' : 'open'
}

/** What nobody said counts as there: a threat that is gone through for nothing costs a minute. */
function traitsOf(manifest: Manifest | null, answers: Given['answers']): Trait[] {
  const actsSomehow = answers.tools !== undefined && answers.tools !== null && answers.tools !== 'none'
  const target = manifest?.target != null
  const tools = actsSomehow || target
  const chooses = answers.task === 'act' || answers.stepOrder === 'tangled' || target
  return [
    'always',
    ...((manifest?.datasets.length ?? 0) > 0 ? (['data'] as const) : []),
    ...(manifest?.index || manifest === null ? (['retrieval'] as const) : []),
    ...(tools ? (['tools'] as const) : []),
    ...(chooses ? (['agent'] as const) : []),
    ...(chooses && answers.parallelTasks === 'yes' ? (['agents'] as const) : []),
  ]
}

const OURS = ['local', 'replay', 'scripted']

function flowOf(manifest: Manifest): ThreatModel['flow'] {
  const arrows: ThreatModel['flow'] = [
    { from: 'user', to: 'gateway', what: 'the question and what is said with it', crosses: 'from the user to us' },
  ]
  for (const step of manifest.flow.steps) {
    if (step.use === 'retrieve')
      arrows.push({
        from: `index ${manifest.index?.name ?? ''}`.trim(),
        to: 'flow',
        what: `${step.k} passages that fit the question`,
        crosses: 'documents that others wrote come in',
      })
    if (step.use === 'call-target')
      arrows.push({
        from: 'flow',
        to: manifest.target?.url ?? 'the existing application',
        what: 'the whole conversation',
        crosses: 'it leaves us; what runs there is not in the release',
      })
    if (step.use !== 'generate') continue
    for (const named of modelNamesOf(step)) {
      const model = manifest.models.find(({ name }) => name === named)?.model ?? named
      const isOurs = OURS.includes(model.split('/')[0] ?? '')
      arrows.push({
        from: 'flow',
        to: model,
        what: `prompt ${step.prompt} with question and passages${whenAsked(step, named)}`,
        crosses: isOurs ? null : 'it leaves us for the provider',
      })
    }
  }
  const vectors = manifest.models.find(({ name }) => name === manifest.cache?.byMeaning?.model)?.model
  if (vectors !== undefined)
    arrows.push({
      from: 'gateway',
      to: vectors,
      what: 'the newest question, to compare it with those before',
      crosses: OURS.includes(vectors.split('/')[0] ?? '') ? null : 'it leaves us for the provider',
    })
  return [...arrows, { from: 'gateway', to: 'user', what: 'the answer', crosses: 'from us to the user' }]
}

const whenAsked = (
  { model, fallbacks = [] }: { model: string; fallbacks?: readonly string[] | undefined },
  named: string,
) => (named === model ? '' : fallbacks.includes(named) ? `, when ${model} fails` : ', when its route says so')
