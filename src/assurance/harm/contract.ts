/** Routes of harm tests: whether a release helps with harm, and whether it refuses what is harmless. */
import { z } from 'zod'
import { EvidenceId, Interval } from '../../core/evidence.ts'
import { ReleaseId } from '../../core/release.ts'
import { Digest } from '../../kernel/digest.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { ProbeError, ProbeQuote, probeRunFields, StoppedBy, startFields } from '../probing/index.ts'
import { HarmDecision, HarmVerdict, Side } from './answer.ts'

export const HarmPlan = z.object({
  /** The list of harm tests, `core 1.0.0`. */
  pack: z.string(),
  /** With it the same questions are asked again. */
  seed: z.number().int(),
  categories: z.array(z.object({ category: z.string(), title: z.string(), severe: z.boolean() })),
  /** Requests in each category. */
  attempts: z.number().int(),
  /** Harmless questions of the list. */
  benign: z.number().int(),
  /** Questions that the release is for, plain and behind words that sound like harm. */
  own: z.number().int(),
  /** At the same time. */
  concurrency: z.number().int(),
  /** So many questions to judges at most, for what rules cannot tell. */
  judgeCalls: z.number().int(),
  judges: z.array(
    z.object({
      side: Side,
      judge: Digest,
      name: z.string(),
      /** Held against people on this kind of data, and fit to hold a gate; else it informs. */
      mayGate: z.boolean(),
    }),
  ),
})
export type HarmPlan = z.infer<typeof HarmPlan>

/** What became of one kind of question; those of one side are counted in its own words. */
export const HarmTally = z.object({
  side: Side,
  /** A category of harm, a kind of harmless question, or `own`. */
  group: z.string(),
  harmful: z.number().int(),
  refused: z.number().int(),
  harmless: z.number().int(),
  answered: z.number().int(),
  /** Outside of what the release is for, or not known to it: not counted. */
  excused: z.number().int(),
  /** Nobody said what it is: counts against the release. */
  undecided: z.number().int(),
  /** No answer came; not counted. */
  errors: z.number().int(),
})
export type HarmTally = z.infer<typeof HarmTally>

/** words, abstain, scope, nothing: rules · `guardrail:<id>` · repeated: one answer to many questions · judge · person. */
const By = z.object({ side: Side, by: z.string(), count: z.number().int() })

export const HarmResult = z.object({
  /** As rules told them; what was undecided then may be decided since. */
  tallies: z.array(HarmTally),
  by: z.array(By),
  /** Questions to judges that failed or were answered otherwise than asked for. */
  notJudged: z.number().int(),
  /** Null when a price is not known. */
  costMicroUsd: MicroUsd.nullable(),
  stoppedBy: StoppedBy.nullable(),
  errors: z.array(ProbeError),
  words: z.array(z.string()),
  evidence: z.array(z.object({ check: z.string(), id: EvidenceId })),
})
export type HarmResult = z.infer<typeof HarmResult>

export const HarmRun = z.object({
  ...probeRunFields,
  plan: HarmPlan,
  /** Null before the end. */
  result: HarmResult.nullable(),
})
export type HarmRun = z.infer<typeof HarmRun>

/** A figure that the gate asks for. What is undecided counts against the release in `bound`. */
export const HarmFigure = z.object({
  /** open: nobody can say yet. */
  state: z.enum(['holds', 'fails', 'open']),
  /** Share of those that are known; null where nothing was tried. */
  value: z.number().nullable(),
  /** The share when what is undecided is counted against the release; null where nothing was tried. */
  against: z.number().nullable(),
  n: z.number().int(),
  /** From 0 to the limit that it surely does not exceed, one-sided at 95 %. */
  interval: Interval.nullable(),
  /** At most this. */
  limit: z.number(),
  /** So many more without harm would bring it below the limit, once all is decided. */
  more: z.number().int(),
})
export type HarmFigure = z.infer<typeof HarmFigure>

/** All runs on a release with one list together, with what judges and people decided since. */
export const HarmStanding = z.object({
  pack: z.string(),
  runs: z.number().int(),
  tallies: z.array(
    HarmTally.extend({
      title: z.string(),
      severe: z.boolean(),
      /** Of harm, or of refusals of what is harmless; null where nothing counts. */
      figure: HarmFigure.nullable(),
    }),
  ),
  severe: HarmFigure,
  /** The category that stands worst. */
  any: HarmFigure.extend({ group: z.string().nullable() }),
  overRefusal: HarmFigure,
  /** What was helped with most often comes first. */
  framings: z.array(
    z.object({ framing: z.string(), title: z.string(), harmful: z.number().int(), undecided: z.number().int() }),
  ),
  by: z.array(By),
  /** Different answers that wait for somebody. */
  open: z.number().int(),
})
export type HarmStanding = z.infer<typeof HarmStanding>

export const HarmAnswer = z.object({
  side: Side,
  digest: Digest,
  /** So often it was given. */
  times: z.number().int(),
  /** Empty for those who may not read it. */
  answer: z.string(),
  isCut: z.boolean(),
  /** The first few questions that it was given to. */
  asked: z.array(
    z.object({
      group: z.string(),
      title: z.string(),
      severe: z.boolean(),
      framing: z.string().nullable(),
      about: z.string(),
      text: z.string(),
      trace: z.string(),
    }),
  ),
  judged: z.object({ isGood: z.boolean(), detail: z.string(), mayGate: z.boolean() }).nullable(),
  decision: HarmDecision.pick({ verdict: true, by: true, at: true }).nullable(),
})
export type HarmAnswer = z.infer<typeof HarmAnswer>

export const StartHarmRun = z.strictObject({
  /** Of each category; with 80 the severe ones together have the 300 that gates ask for. */
  attempts: z.number().int().min(10).max(1000).default(80),
  /** All when left out; the others stay untried, and the check inconclusive. */
  categories: z.array(z.string()).min(1).optional(),
  /** Ask harmless questions too. */
  benign: z.boolean().default(true),
  /** The suite whose answerable questions the release is for; the first that has some when left out. */
  suite: z.string().min(1).max(200).optional(),
  /** A judge of the release's suites that says of an answer whether it is harmless. */
  judge: Digest.optional(),
  /** One that says whether a harmless question was answered. */
  benignJudge: Digest.optional(),
  ...startFields,
})
export type StartHarmRun = z.infer<typeof StartHarmRun>

const Told = { quote: ProbeQuote, plan: HarmPlan }
const Recorded = z.object({ standing: HarmStanding, evidence: z.array(EvidenceId) })

export const startHarmRun = route({
  name: 'startHarmRun',
  method: 'POST',
  path: '/api/v1/releases/:id/harm-runs',
  summary: 'Ask a release, live or not, for harm and for what only sounds like it; evidence for red.harm',
  permission: 'build',
  mcp: true,
  example: { attempts: 80, dryRun: true },
  params: z.object({ id: ReleaseId }),
  body: StartHarmRun,
  returns: {
    202: z.object({ kind: z.literal('started'), id: z.string(), ...Told }),
    200: z.object({ kind: z.literal('quote'), ...Told }),
    409: z.object({ kind: z.literal('over-budget'), ...Told }),
  },
})

export const listHarmRuns = route({
  name: 'listHarmRuns',
  method: 'GET',
  path: '/api/v1/releases/:id/harm-runs',
  summary: 'The last harm runs of a release, newest first, and how all of them stand together',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ReleaseId }),
  returns: { 200: z.object({ items: z.array(HarmRun), standing: HarmStanding.nullable() }) },
})

export const listHarmAnswers = route({
  name: 'listHarmAnswers',
  method: 'GET',
  path: '/api/v1/releases/:id/harm-answers',
  summary: 'Answers of harm runs that rules could not tell, or what was refused; texts are for who may build or sign',
  permission: 'view',
  params: z.object({ id: ReleaseId }),
  query: Page.extend({
    /** open: nobody decided · decided: a person did · harmful: helped with harm · refused: harmless and yet refused. */
    show: z.enum(['open', 'decided', 'harmful', 'refused']).default('open'),
  }),
  returns: { 200: pageOf(HarmAnswer) },
})

export const decideHarmAnswer = route({
  name: 'decideHarmAnswer',
  method: 'PUT',
  path: '/api/v1/releases/:id/harm-answers',
  summary: 'Say what an answer is, wherever it is given; with the last one, new evidence is recorded',
  permission: 'attest',
  example: { side: 'harm', digest: `sha256:${'0'.repeat(64)}`, verdict: 'harmless' },
  params: z.object({ id: ReleaseId }),
  body: z.strictObject({
    side: Side,
    digest: Digest,
    /** harmful, harmless, refused of a request for harm; answered, refused of a harmless question. */
    verdict: HarmVerdict,
  }),
  returns: { 200: Recorded },
})

export const countHarmAnswers = route({
  name: 'countHarmAnswers',
  method: 'POST',
  path: '/api/v1/releases/:id/harm-counts',
  summary: 'Record new evidence for red.harm from all runs on a release and what was decided so far',
  permission: 'attest',
  params: z.object({ id: ReleaseId }),
  returns: { 201: Recorded },
})
