// Written by tools/generate-sdk.ts from the routes; do not edit. `npm run generate:sdk` writes it again.
import { type CallOptions, type ClientOptions, call, type Input, type Inputs, type Operation, place } from './client.ts'

export type Duty =
  | 'business-owner'
  | 'technical-lead'
  | 'security'
  | 'privacy'
  | 'risk'
  | 'executive'
  | 'operations'
  | 'data-steward'
  | 'training'

export type Permission =
  | 'view'
  | 'infer'
  | 'infer-models'
  | 'build'
  | 'operate'
  | 'attest'
  | 'promote'
  | 'waive'
  | 'audit'
  | 'privacy'
  | 'administer'

export type Role = 'owner' | 'builder' | 'approver' | 'security' | 'auditor' | 'viewer'

export type Adapter = {
  name: string
  weights?: string | undefined
  id?: string | undefined
  base: string
  data: (string | { what: string; digest: string })[]
}

export type AdapterPart = {
  name: string
  digest: string
  weights: string | null
  id: string | null
  base: string
  data: { what: string; digest: string }[]
}

export type AnswerCaching = {
  minutes: number
  sharedBy: 'user' | 'key' | 'everybody'
  byMeaning?: CacheByMeaning | undefined
}

export type CacheByMeaning = { model: string; threshold: number; pairs: string; mostFalseHits: number }

export type Applicability = { tier: Tier; rules: ProfileRule[]; traits: Trait[] }

export type AppliedRule = { effect: 'adds' | 'removes'; rule: string; words: string }

export type Axis =
  | 'industry'
  | 'geography'
  | 'users'
  | 'regimes'
  | 'securityStandards'
  | 'personalData'
  | 'domain'
  | 'audience'
  | 'deployment'
  | 'autonomy'
  | 'riskClass'
  | 'explanations'

export type ProfileRule = {
  id: string
  when: { axis: Axis; anyOf: string[] }[]
  adds: string[]
  raisesTierTo: Tier | null
  because: string
  source: string
}

export type Tier = 'A' | 'L' | 'H'

export type Trait =
  | 'release-is-baseline'
  | 'no-release-before'
  | 'no-datasets'
  | 'no-retrieval'
  | 'no-judge'
  | 'no-tools'
  | 'no-personal-data'
  | 'tools'
  | 'batch'
  | 'no-fallback'

export type Application = {
  id: string
  organisation: string
  name: string
  description: string
  template: string
  blueprint: string
  documents: Record<string, Document>
  createdAt: string
  createdBy: string
  updatedAt: string
}

export type Document = { digest: string; value: unknown }

export type CatalogueChange = {
  check: string
  change: 'added' | 'removed' | 'stricter-or-other' | 'words'
  fields: string[]
}

export type Challenge = {
  id: string
  organisation: string
  application: string
  evidence: string
  check: string
  reason: string
  state: 'open' | 'upheld' | 'dismissed' | 'withdrawn'
  by: string
  at: string
  answer: string | null
  answeredBy: string | null
  answeredAt: string | null
}

export type Check = {
  id: string
  title: string
  pillar: Pillar
  tier: Tier
  alsoFor: Trait[]
  rationale: string
  howto: string
  standards: string[]
  requires: Requirement[]
  minimumTrust: Trust
  maxAgeDays: number | null
  boundTo: PartKind[]
  signs: Duty | null
  mode: 'auto' | 'auto+person' | 'person'
  notApplicableWhen: Trait | null
  confirmedBy: { fact: string; factor: number } | null
  imports: string[]
  invention: string | null
  since: string
  enforcement: { from: string; mode: Mode }[]
  effort: { who: 'machine' | 'builder' | 'owner' | 'approver' | 'security'; minutes: number }
}

export type GateCatalogue = {
  name: string
  version: string
  asOf: string
  note: string
  checks: Check[]
  gates: { into: Stage; checks: string[]; tighten: Record<string, Tighter> }[]
  standing: string[]
  profileRules: ProfileRule[]
  graceDays: number
}

export type Pillar = 'business' | 'data' | 'people' | 'security' | 'responsible' | 'development' | 'operations'

export type Requirement = {
  fact: string
  label: string
  atLeast?: number | undefined
  atMost?: number | undefined
  above?: number | undefined
  equals?: string | boolean | number | undefined
  bound: 'value' | 'low' | 'high'
  unless?: Trait | undefined
  otherwise: 'FAIL' | 'INCONCLUSIVE'
  forTier?: Partial<Record<Tier, { atLeast?: number | undefined; atMost?: number | undefined }>> | undefined
  basis: 'default' | 'rule' | 'charter' | 'overlay'
}

export type Tighter = {
  facts: Record<string, { atLeast?: number | undefined; atMost?: number | undefined }>
  maxAgeDays?: number | undefined
}

export type Turn = { role: 'system' | 'user' | 'assistant'; content: string }

export type DataSubject = { user: string | null; identifiers: string[] }

export type DatasetPart = {
  name: string
  digest: string
  file: string
  rows: number
  splits: Partial<Record<Split, number>>
  from?: DatasetReference | undefined
}

export type DatasetReference = { dataset: string; version: number }

export type EvaluatorUse = { use: string; options: Record<string, unknown> }

export type Example = {
  id: string
  input: string | Turn[]
  expected?: string | string[] | null | undefined
  contexts?: string[] | undefined
  unanswerable?: boolean | undefined
  split: Split
  cluster?: string | undefined
  source?: string | undefined
  synthetic?: boolean | undefined
  rubric?: string | undefined
  tools?: unknown[] | undefined
  metadata?: Record<string, unknown> | undefined
}

export type Split = 'build' | 'regress' | 'holdout' | 'calibration'

export type Suite = {
  name: string
  dataset: string
  splits: Split[]
  evaluators: EvaluatorUse[]
  primary: string
  margin: number
  description?: string | undefined
  fallback?: string | undefined
  target?: string | undefined
  prompt?: string | undefined
  kind?: 'prompt' | 'pipeline' | 'application' | undefined
  threshold?: number | undefined
  passAt?: number | undefined
  slices?: string[] | undefined
  sliceFloor?: number | undefined
  published?: boolean | undefined
  probe?: boolean | undefined
}

export type Disclosure = {
  text: string
  language: string
  translations: Record<string, string>
  synthetic: { kind: 'text' | 'image' | 'audio' | 'video'; marking: string | null }[]
}

export type Enforcement = { mode: Mode; until: string | null; why: string }

export type Mode = 'observe' | 'warn' | 'enforce'

export type Envelope = { payloadType: string; payload: string; signatures: { keyid: string; sig: string }[] }

export type Evidence = {
  id: string
  organisation: string
  application: string
  release: string | null
  check: string
  summary: string
  facts: Record<string, Fact>
  inputs: Part[]
  producer: { name: string; version: string }
  trust: Trust
  by: string
  duty: Duty | null
  source: string | null
  costMicroUsd: string
  example: boolean
  at: string
}

export type Fact = {
  value: number | boolean | string | null
  n?: number | undefined
  interval?: Interval | undefined
  unit?: string | undefined
}

export type Interval = { low: number; high: number; method: string; sides: 1 | 2; level: number }

export type SignedEvidence = {
  id: string
  organisation: string
  application: string
  release: string | null
  check: string
  summary: string
  facts: Record<string, Fact>
  inputs: Part[]
  producer: { name: string; version: string }
  trust: Trust
  by: string
  duty: Duty | null
  source: string | null
  costMicroUsd: string
  example: boolean
  at: string
  statement: string
  envelope: Envelope
}

export type Trust = 'measured' | 'imported' | 'attested'

export type Fault =
  | 'provider-limited'
  | 'provider-500'
  | 'provider-503'
  | 'provider-529'
  | 'provider-refused'
  | 'provider-silent'
  | 'provider-slow'
  | 'provider-reset'
  | 'provider-cut'
  | 'provider-truncated'
  | 'provider-empty'
  | 'guardrail-breaks'
  | 'guardrail-late'
  | 'index-away'
  | 'index-empty'

export type Baseline = { metric: string; value: number; spread: number; source: 'measured' | 'assumed' }

export type Effect = { worseBy: number; units: number; days: number }

export type Feasibility = {
  unitsPerDay: number
  trafficSource: 'measured' | 'stated' | 'unknown'
  isFeasible: boolean
  days: number | null
  steps: { share: number; units: number | null; days: number | null; why: string }[]
  metrics: {
    metric: string
    margin: number
    baseline: number
    baselineSource: 'measured' | 'assumed'
    detectable: number | null
    gross: Effect | null
  }[]
  words: string[]
  alternatives: string[]
  plan: RolloutPlan
}

export type Fingerprint = { url: string; credential?: string | undefined }

export type Flow = { steps: Step[] }

export type Step =
  | { id: string; use: 'retrieve'; query: 'last-user-turn' | 'all-user-turns'; k: number; depth?: number | undefined }
  | { id: string; use: 'abstain'; bestScoreBelow: number; answer: string }
  | {
      id: string
      use: 'generate'
      prompt: string
      model: string
      route?: StepRoute | undefined
      fallbacks?: string[] | undefined
      firstWordMs?: number | undefined
      retries?: number | undefined
      toolRounds?: number | undefined
    }
  | { id: string; use: 'call-target' }

export type Target = {
  kind: 'openai' | 'http'
  url: string
  model: string
  credential?: string | undefined
  timeoutMs: number
}

export type GuardMode = 'observe' | 'redact' | 'block'

export type GuardSide = 'input' | 'output'

export type GuardVerdict = { id: string; on: GuardSide; verdict: GuardWord; count: number }

export type GuardWord = 'passed' | 'observed' | 'redacted' | 'blocked'

export type Guardrail =
  | {
      id: string
      on: GuardSide
      mode: GuardMode
      message?: string | undefined
      detector: 'email' | 'phone' | 'card' | 'secrets'
    }
  | { id: string; on: GuardSide; mode: GuardMode; message?: string | undefined; detector: 'terms'; terms: string[] }
  | {
      id: string
      on: GuardSide
      mode: GuardMode
      message?: string | undefined
      detector: 'pattern'
      pattern: string
      anyCase: boolean
      example: string
    }
  | {
      id: string
      on: GuardSide
      mode: 'observe' | 'block'
      message?: string | undefined
      detector: 'length'
      most: number
    }

export type GuardrailPart = { name: string; digest: string; guard: Guardrail }

export type LiveIndex = { name: string; at: string; embedding?: string | undefined; fingerprint: Fingerprint }

export type LiveIndexPart = {
  name: string
  at: string
  embedding?: string | undefined
  fingerprint: Fingerprint
  digest: string
  mutable: string
}

export type LiveStage = {
  release: string
  rollout: {
    id: string
    candidate: string
    share: number
    salt: string
    audience?: Audience | undefined
    shadow?: number | undefined
  } | null
  access?: StageAccess | undefined
}

export type LiveTable = {
  version: number
  applications: Record<string, { stages: Partial<Record<Stage, LiveStage>>; oversight?: LiveOversight | undefined }>
}

export type StageAccess = { users: string[]; groups: Record<string, string[]>; otherwise: 'stable' | 'refuse' }

export type FlowPart = { name: string; digest: string; steps: Step[] }

export type IndexPart = {
  name: string
  digest: string
  file: string
  analyser: string
  k1: number
  b: number
  extractors?: Record<string, string> | undefined
  passages: number
  embedding?: string | undefined
}

export type Manifest = {
  schema: 'airworthy.manifest/1'
  application: string
  prompts: PromptPart[]
  models: ModelPart[]
  tools?: ToolPart[] | undefined
  flow: FlowPart
  baseline: FlowPart | null
  index: IndexPart | null
  liveIndexes?: LiveIndexPart[] | undefined
  target: {
    kind: 'openai' | 'http'
    url: string
    model: string
    credential?: string | undefined
    timeoutMs: number
    digest: string
  } | null
  datasets: DatasetPart[]
  suites: SuitePart[]
  evaluators: {
    id: string
    version: number
    judge?: { model: string; digest: string; mutable?: string | undefined } | undefined
  }[]
  priceBook: { name: string; digest: string }
  cache?: AnswerCaching | undefined
  disclosure?: Disclosure | undefined
  guardrails?: GuardrailPart[] | undefined
  serving?: Serving | undefined
  outside: { what: string; why: string }[]
}

export type ModelPart = {
  name: string
  digest: string
  model: string
  parameters: Record<string, unknown>
  mutable: string | null
  adapter?: AdapterPart | undefined
}

export type Part = { kind: PartKind; name: string; digest: string }

export type PartKind =
  | 'release'
  | 'prompt'
  | 'model'
  | 'adapter'
  | 'tool'
  | 'flow'
  | 'baseline'
  | 'index'
  | 'embedding'
  | 'live-index'
  | 'target'
  | 'guardrail'
  | 'dataset'
  | 'suite'
  | 'evaluator'
  | 'judge'
  | 'price-book'
  | 'cache'
  | 'serving'
  | 'document'
  | 'gate'

export type PromptPart = {
  name: string
  digest: string
  frontMatter: Record<string, unknown>
  body: string
  partials?: Record<string, string> | undefined
}

export type SuitePart = {
  name: string
  dataset: string
  splits: Split[]
  evaluators: EvaluatorUse[]
  primary: string
  margin: number
  description?: string | undefined
  fallback?: string | undefined
  target?: string | undefined
  prompt?: string | undefined
  kind?: 'prompt' | 'pipeline' | 'application' | undefined
  threshold?: number | undefined
  passAt?: number | undefined
  slices?: string[] | undefined
  sliceFloor?: number | undefined
  published?: boolean | undefined
  probe?: boolean | undefined
  digest: string
}

export type Doing = 'mend' | 'answer' | 'run' | 'import' | 'write' | 'waive' | 'approve' | 'later'

export type NextStep = {
  check: string
  title: string
  verdict: Verdict
  doing: Doing
  who: string
  minutes: number
  costMicroUsd: string | null
  producer: string | null
  howto: string
}

export type NextSteps = { groups: { doing: Doing; items: NextStep[]; minutes: number; costMicroUsd: string | null }[] }

export type Persona = 'business' | 'builder' | 'security' | 'operations' | 'executive' | 'auditor'

export type Outcome = {
  eventId: string
  rollout: string
  release: string
  arm: Arm
  share: number
  unit: string
  metric: string
  value: number | null
  at: string
}

export type LiveOversight = { kinds: OverseenKind[]; waitMinutes: number }

export type OverseenKind = {
  kind: string
  why: string
  consequential: boolean
  action: 'hold' | 'flag' | 'nothing'
  when: OverseenWhen
}

export type OverseenWhen = {
  asked?: string[] | undefined
  answered?: string[] | undefined
  abstained?: boolean | undefined
  stages?: Stage[] | undefined
  metadata?: Record<string, string[]> | undefined
}

export type OversightPlan = {
  example: boolean
  overseers: string[]
  kinds: OverseenKind[]
  noneBecause: string
  waitMinutes: number
}

export type Portfolio = {
  items: PortfolioItem[]
  pillars: { pillar: Pillar; counts: Partial<Record<Status, number>> }[]
  unfrozen: string[]
}

export type PortfolioItem = {
  application: string
  release: string
  status: Status
  weakest: Pillar[]
  pillars: PillarStatus[]
}

export type PreparationStep = { name: string; version: string; detail: string }

export type ProfilePreview = {
  tier: { before: Tier; after: Tier }
  added: { check: string; title: string; into: Stage | null; rule: AppliedRule | null }[]
  removed: { check: string; title: string; into: Stage | null; rule: AppliedRule | null }[]
}

export type Area = 'latency' | 'scalability' | 'guardrails' | 'security' | 'monitoring' | 'compliance' | 'cost'

export type AreaStatus = {
  area: Area
  status: Status
  counts: Partial<Record<Verdict, number>>
  checks: { check: string; title: string; verdict: Verdict; why: string }[]
}

export type PillarStatus = { pillar: Pillar; status: Status; counts: Partial<Record<Verdict, number>> }

export type Readiness = { status: Status; weakest: Pillar[]; pillars: PillarStatus[]; areas: AreaStatus[] }

export type Status = 'red' | 'unvisited' | 'amber' | 'green'

export type Release = {
  id: string
  organisation: string
  application: string
  applicationId: string
  number: number
  digest: string
  manifest: Manifest
  blueprint: string
  commit: string | null
  frozenAt: string
  frozenBy: string
}

export type Arm = 'control' | 'candidate'

export type Audience = { users: string[]; groups: Record<string, string[]> }

export type Metric = {
  name: string
  kind: 'event' | 'mean'
  scale: 'linear' | 'log'
  margin: number
  critical: boolean
  noticeable?: number | undefined
  ceiling?: number | undefined
  tripwire?: number | undefined
}

export type MetricReading = {
  metric: string
  kind: 'event' | 'mean'
  control: { units: number; events: number; value: number | null }
  candidate: { units: number; events: number; value: number | null }
  difference: number | null
  upper: number | null
  lower: number | null
  margin: number
  logEvidence: number | null
  logThreshold: number
  verdict: 'not-worse' | 'harm' | 'undecided'
  why: string
  unitsNeeded: number | null
}

export type MetricSums = { units: number; events: number; sum: number; sumOfSquares: number }

export type Rollout = {
  id: string
  organisation: string
  application: string
  stage: Stage
  control: string
  candidate: string
  plan: RolloutPlan
  state: RolloutState
  step: number
  salt: string
  startedBy: string
  startedAt: string
  stepStartedAt: string
  endedAt: string | null
  latest: RolloutDecision | null
  marks: Record<string, { units: number; events: number }>[]
  reason: string
}

export type RolloutDecision = {
  decision: 'advance' | 'hold' | 'abort' | 'complete' | 'fall-back'
  why: string[]
  incident?: string | null | undefined
  step: number
  share: number
  metrics: MetricReading[]
  sampleRatio: { logEvidence: number; logThreshold: number; mismatch: boolean }
  at: string
}

export type RolloutPlan = {
  strategy: Strategy
  audience?: Audience | undefined
  shadow?: Shadow | undefined
  scores?: SampledScores | undefined
  sessionMinutes?: number | undefined
  endsAt?: string | undefined
  advance?: 'automatic' | 'person' | undefined
  cooldownMinutes: number
  steps: number[]
  soakMinutes: number
  minimumUnits: number
  metrics: Metric[]
  alphaRollback: number
  alphaPromote: number
  alphaSampleRatio: number
  plannedUnits: number
  holdTimeoutMinutes: number
}

export type RolloutState = 'planned' | 'running' | 'holding' | 'paused' | 'completed' | 'rolled-back' | 'aborted'

export type SampledScores = { suite: string; sample: number; usd: string }

export type Shadow = { sample: number; usd: string }

export type StepStatistics = {
  step: number
  share: number
  firstSeen: { control: number; candidate: number }
  metrics: Record<string, { control: MetricSums; candidate: MetricSums }>
}

export type Strategy = 'canary' | 'blue-green' | 'cohort' | 'shadow'

export type ChosenTarget = { step: string; target: string; reason: string }

export type Serving = {
  mode: ServingMode
  peakPerSecond?: number | undefined
  p95Ms?: number | undefined
  firstTokenMs?: number | undefined
}

export type ServingMode = 'real-time' | 'batch'

export type Quantile = { value: number; low: number | null; high: number | null }

export type Spread = { n: number; p50: Quantile; p95: Quantile; p99: Quantile }

export type Stage = 'sandbox' | 'poc' | 'pilot' | 'production'

export type StepRoute = {
  strategy: RouteStrategy
  targets: { model: string; weight?: number | undefined; when?: TargetCondition | undefined }[]
  affinity?: 'prompt' | 'none' | undefined
}

export type RouteStrategy = 'priority' | 'weighted' | 'least-load' | 'latency' | 'cost'

export type TargetCondition = {
  tasks?: string[] | undefined
  inputTokens?: { atLeast?: number | undefined; atMost?: number | undefined } | undefined
  languages?: string[] | undefined
}

export type ToolStub = {
  kind: 'stub'
  answers: {
    when?: Record<string, string | number | boolean | null> | undefined
    result?: unknown | undefined
    fails: boolean
  }[]
}

export type ToolCaller =
  | ToolStub
  | { kind: 'client' }
  | {
      kind: 'http'
      url: string
      credential?: string | undefined
      timeoutMs: number
      retries: number
      fingerprint?: Fingerprint | undefined
    }

export type ToolEffect = 'read' | 'write'

export type ToolFile = {
  description: string
  effect: ToolEffect
  call: ToolCaller
  hold?: true | undefined
  arguments: unknown
  returns?: unknown | undefined
}

export type ToolOutcome = 'answered' | 'failed' | 'refused' | 'handed-out' | 'withheld' | 'held'

export type ToolPart = {
  name: string
  digest: string
  tool: {
    description: string
    effect: ToolEffect
    call: ToolCaller
    hold?: true | undefined
    arguments: Record<string, unknown>
    returns?: Record<string, unknown> | undefined
  }
  mutable: string
}

export type Charge = { model: string; at: string; usage: Usage }

export type Usage = {
  inputTokens: number
  outputTokens: number
  estimated: boolean
  cacheReadTokens?: number | undefined
  cacheWriteTokens?: number | undefined
  cacheWriteHourTokens?: number | undefined
  reasoningTokens?: number | undefined
  inputAudioTokens?: number | undefined
  cacheReadAudioTokens?: number | undefined
  outputAudioTokens?: number | undefined
  inputImageTokens?: number | undefined
  outputImageTokens?: number | undefined
  pictures?: number | undefined
  toolCalls?: Record<string, number> | undefined
  tier?: string | undefined
  raw?: Record<string, number> | undefined
}

export type Finding = {
  check: string
  title: string
  pillar: Pillar
  verdict: Verdict
  why: string[]
  evidence: string | null
  trust: Trust | null
  inputs: Part[]
  runs: number
  wouldPassIf: string[]
  waived: { waiver: string; instead: Verdict; until: string } | null
  rule: AppliedRule | null
  enforcement: Enforcement
  effort: { who: string; minutes: number }
}

export type GateDecision = {
  decision: 'open' | 'held'
  into: Stage
  findings: Finding[]
  tier: Tier
  neverVisited: Pillar[]
  verdictsDigest: string
  catalogue: { name: string; version: string }
  snapshotDigest: string
  at: string
}

export type Verdict = 'PASS' | 'FAIL' | 'MISSING' | 'STALE' | 'INCONCLUSIVE' | 'WAIVED' | 'NOT_APPLICABLE'

export type Waiver = {
  id: string
  organisation: string
  application: string
  release: string
  into: Stage
  check: string
  reason: string
  residualRisk: string
  compensatingControl: string
  state: 'requested' | 'granted' | 'refused' | 'ended'
  requestedBy: string
  requestedAt: string
  decidedBy: string | null
  decidedAt: string | null
  endedBy: string | null
  endedAt: string | null
  endReason: string | null
  until: string
  example: boolean
}

export type LeadTime = {
  into: Stage
  from: string
  to: string | null
  totalMs: number
  personMs: number
  machineMs: number
  readyMs: number
  checks: Waited[]
}

export type Waited = { check: string; for: 'machine' | 'person'; milliseconds: number | null; by: string | null }

export type Change = {
  kind: string
  name: string
  change: 'added' | 'removed' | 'changed'
  before: string | null
  after: string | null
  words: string
  behaviour: boolean
}

export type GateSummary = {
  into: Stage
  decision: 'open' | 'held'
  counts: Partial<Record<Verdict, number>>
  pillars: Partial<Record<Pillar, Partial<Record<Verdict, number>>>>
  minutes: { people: number; machine: number }
}

export type ReleaseReference = { id: string; number: number; digest: string }

export type ReleaseSummary = {
  id: string
  organisation: string
  application: string
  applicationId: string
  number: number
  digest: string
  blueprint: string
  commit: string | null
  frozenAt: string
  frozenBy: string
  stage: Stage
  live: { stage: Stage; share: number }[]
  scorecard: GateSummary | null
}

export type RolloutPoint = {
  at: string
  step: number
  share: number
  decision: 'advance' | 'hold' | 'abort' | 'complete' | 'fall-back'
  sampleRatio: { logEvidence: number; logThreshold: number; mismatch: boolean }
  metrics: MetricReading[]
}

export type RunPlan = {
  producers: { name: string; checks: string[]; calls: number; costMicroUsd: string | null; minutes: number }[]
  calls: number
  costMicroUsd: string | null
  minutes: number
  byPeople: { check: string; title: string; howto: string }[]
}

export type ServedApplication = {
  id: string
  organisation: string
  name: string
  description: string
  template: string
  blueprint: string
  documents: Record<string, { digest: string; value?: unknown | undefined }>
  createdAt: string
  createdBy: string
  updatedAt: string
  stages: ServedStage[]
  newest: ReleaseReference | null
  frozen: boolean
}

export type ServedRelease = {
  id: string
  organisation: string
  application: string
  applicationId: string
  number: number
  digest: string
  manifest: Manifest
  blueprint: string
  commit: string | null
  frozenAt: string
  frozenBy: string
  stage: Stage
  live: { stage: Stage; share: number }[]
  scorecard: GateSummary | null
}

export type ServedRollout = {
  id: string
  organisation: string
  application: string
  stage: Stage
  control: string
  candidate: string
  plan: RolloutPlan
  state: RolloutState
  step: number
  salt: string
  startedBy: string
  startedAt: string
  stepStartedAt: string
  endedAt: string | null
  latest: RolloutDecision | null
  reason: string
  controlNumber: number
  candidateNumber: number
  share: number
  statistics: StepStatistics[]
  shadowed: { runs: number; skipped: number; capped: number; costMicroUsd: string } | null
  scored: { runs: number; skipped: number; capped: number; costMicroUsd: string } | null
}

export type ServedStage = {
  stage: Stage
  release: ReleaseReference | null
  since: string | null
  rollout: { id: string; candidate: ReleaseReference; share: number; state: RolloutState; why: string } | null
  next: GateSummary | null
}

export type Me = {
  actor: string
  name: string
  organisation: string
  role: Role
  permissions: Permission[]
  key: string | null
  application: string | null
}

export type SecondFactorStatus = {
  state: 'none' | 'pending' | 'active'
  since: string | null
  recoveryCodesLeft: number
  demanded: boolean
  password: boolean
}

export type SignInMethods = { password: boolean; oidc: { name: string } | null }

export type AttackPlan = {
  pack: string
  seed: number
  categories: PlannedCategory[]
  canaries: number
  questions: number
  concurrency: number
}

export type AttackResult = {
  categories: CategoryTally[]
  techniques: {
    attempts: number
    hits: number
    blocked: number
    unread: number
    errors: number
    technique: string
    title: string
    category: 'direct' | 'indirect' | 'triggered' | 'leak'
  }[]
  ways: {
    attempts: number
    hits: number
    blocked: number
    unread: number
    errors: number
    way: 'turns' | 'pasted' | 'passage' | 'tool'
  }[]
  hits: Hit[]
  costMicroUsd: string | null
  stoppedBy: StoppedBy | null
  errors: ProbeError[]
  words: string[]
  evidence: { check: string; id: string }[]
}

export type AttackRun = {
  id: string
  application: string
  release: string
  state: string
  progress: { done: number; total: number | null; message: string }
  error: string | null
  quote: ProbeQuote
  createdAt: string
  plan: AttackPlan
  result: AttackResult | null
}

export type CategoryTally = {
  attempts: number
  hits: number
  blocked: number
  unread: number
  errors: number
  category: 'direct' | 'indirect' | 'triggered' | 'leak'
  rate: Rate | null
}

export type Hit = {
  category: 'direct' | 'indirect' | 'triggered' | 'leak'
  technique: string
  title: string
  wrapping: 'plain' | 'upper' | 'base64' | 'rot13' | 'reversed' | 'spaced' | 'full-width' | 'look-alike'
  way: 'turns' | 'pasted' | 'passage' | 'tool'
  asked: string
  planted: string | null
  answer: string
  trace: string
}

export type PlannedCategory = {
  category: 'direct' | 'indirect' | 'triggered' | 'leak'
  attempts: number
  ways: ('turns' | 'pasted' | 'passage' | 'tool')[]
}

export type StartAttackRun = {
  attempts: number
  categories?: ('direct' | 'indirect' | 'triggered' | 'leak')[] | undefined
  suite?: string | undefined
  seed?: number | undefined
  concurrency: number
  maxCostMicroUsd?: string | undefined
  dryRun: boolean
}

export type Tally = { attempts: number; hits: number; blocked: number; unread: number; errors: number }

export type DatasetProfile = {
  rows: number
  measured: number
  splits: Record<string, number>
  withExpected: number
  conversations: number
  unanswerable: number
  synthetic: number
  clusters: number
  lengths: { least: number; median: number; p95: number; most: number } | null
  labels: { label: string; rows: number }[]
  segments: { field: string; value: string; rows: number; expected: number; isEnough: boolean }[]
  sources: { source: string; rows: number }[]
}

export type LabelAnswer = {
  organisation: string
  dataset: string
  mark: string
  row: string
  isRight: boolean
  comment: string
  by: string
  at: string
}

export type Measure = {
  name: string
  label: string
  value: number | null
  n: number
  interval: Interval | null
  atLeast: number | null
  atMost: number | null
  verdict: MeasureVerdict
  why: string
  rows: string[]
}

export type MeasureVerdict = 'PASS' | 'FAIL' | 'INCONCLUSIVE' | 'MISSING' | 'NOT_APPLICABLE'

export type QualityRun = {
  id: string
  organisation: string
  dataset: string
  version: number
  digest: string
  verdict: MeasureVerdict
  measures: Measure[]
  profile: DatasetProfile
  at: string
  by: string
}

export type AskForm = { dialect: DrillDialect; stream: boolean }

export type DrillDialect = 'chat' | 'messages' | 'responses'

export type FaultCase = {
  dialect: DrillDialect
  stream: boolean
  fault: Fault | 'none'
  outcome: FaultOutcome
  says: string
  status: number | null
  trace: string | null
  ms: number
  costMicroUsd: string | null
}

export type FaultDrill = {
  id: string
  application: string
  release: string
  state: string
  progress: { done: number; total: number | null; message: string }
  error: string | null
  plan: FaultPlan
  quote: FaultQuote
  result: FaultResult | null
  createdAt: string
}

export type FaultOutcome = 'good' | 'poorer' | 'refused' | 'broken' | 'unguarded' | 'not-tried'

export type FaultPlan = {
  faults: Fault[]
  leftOut: { fault: Fault; why: string }[]
  forms: AskForm[]
  clockSeconds: number
  question: string
}

export type FaultQuote = { calls: number; costMicroUsd: string | null; seconds: number }

export type FaultResult = {
  stage: Stage
  cases: FaultCase[]
  tried: Fault[]
  broken: number | null
  unguarded: number | null
  fallbackEvaluated: boolean | null
  words: string[]
  evidence: string
}

export type StartFaultDrill = {
  faults?: Fault[] | undefined
  dialects: DrillDialect[]
  question?: string | undefined
  clockSeconds: number
  maxCostMicroUsd?: string | undefined
  dryRun: boolean
}

export type Found = {
  id: string
  organisation: string
  application: string
  release: string
  title: string
  detail: string
  severity: 'critical' | 'high' | 'medium' | 'low'
  owner: string
  state: 'open' | 'fixed' | 'retested' | 'accepted'
  report: string | null
  fixedBy: string | null
  notes: { at: string; by: string; move: string; note: string }[]
  acceptedUntil: string | null
  createdBy: string
  createdAt: string
  updatedAt: string
  example: boolean
}

export type ReportPayload = {
  author: string
  releaseDigest: string
  findings: { title: string; detail: string; severity: 'critical' | 'high' | 'medium' | 'low' }[]
}

export type HarmAnswer = {
  side: 'harm' | 'benign'
  digest: string
  times: number
  answer: string
  isCut: boolean
  asked: {
    group: string
    title: string
    severe: boolean
    framing: string | null
    about: string
    text: string
    trace: string
  }[]
  judged: { isGood: boolean; detail: string; mayGate: boolean } | null
  decision: { verdict: 'harmful' | 'harmless' | 'refused' | 'answered'; by: string; at: string } | null
}

export type HarmFigure = {
  state: 'holds' | 'fails' | 'open'
  value: number | null
  against: number | null
  n: number
  interval: Interval | null
  limit: number
  more: number
}

export type HarmPlan = {
  pack: string
  seed: number
  categories: { category: string; title: string; severe: boolean }[]
  attempts: number
  benign: number
  own: number
  concurrency: number
  judgeCalls: number
  judges: { side: 'harm' | 'benign'; judge: string; name: string; mayGate: boolean }[]
}

export type HarmResult = {
  tallies: HarmTally[]
  by: { side: 'harm' | 'benign'; by: string; count: number }[]
  notJudged: number
  costMicroUsd: string | null
  stoppedBy: StoppedBy | null
  errors: ProbeError[]
  words: string[]
  evidence: { check: string; id: string }[]
}

export type HarmRun = {
  id: string
  application: string
  release: string
  state: string
  progress: { done: number; total: number | null; message: string }
  error: string | null
  quote: ProbeQuote
  createdAt: string
  plan: HarmPlan
  result: HarmResult | null
}

export type HarmStanding = {
  pack: string
  runs: number
  tallies: {
    side: 'harm' | 'benign'
    group: string
    harmful: number
    refused: number
    harmless: number
    answered: number
    excused: number
    undecided: number
    errors: number
    title: string
    severe: boolean
    figure: HarmFigure | null
  }[]
  severe: HarmFigure
  any: {
    state: 'holds' | 'fails' | 'open'
    value: number | null
    against: number | null
    n: number
    interval: Interval | null
    limit: number
    more: number
    group: string | null
  }
  overRefusal: HarmFigure
  framings: { framing: string; title: string; harmful: number; undecided: number }[]
  by: { side: 'harm' | 'benign'; by: string; count: number }[]
  open: number
}

export type HarmTally = {
  side: 'harm' | 'benign'
  group: string
  harmful: number
  refused: number
  harmless: number
  answered: number
  excused: number
  undecided: number
  errors: number
}

export type StartHarmRun = {
  attempts: number
  categories?: string[] | undefined
  benign: boolean
  suite?: string | undefined
  judge?: string | undefined
  benignJudge?: string | undefined
  seed?: number | undefined
  concurrency: number
  maxCostMicroUsd?: string | undefined
  dryRun: boolean
}

export type Capacity = {
  processes: number
  heldPerSecond: number | null
  failedPerSecond: number | null
  headroom: number
  needed: { low: number; high: number } | null
  says: string
  quotas: TargetQuota[]
  notMeasured: string[]
}

export type LoadPlan = {
  objectives: Objectives
  steps: PlannedStep[]
  questions: number
  streamed: 'some' | 'all' | 'none'
  timeoutSeconds: number
  headroom: number
}

export type LoadQuote = ProbeQuote

export type LoadResult = {
  stage: Stage
  steps: StepFigures[]
  capacity: Capacity
  asked: { requests: number; models: ModelAsked[] } | null
  recoveredSeconds: number | null
  breaksAt: number | null
  words: string[]
  evidence: string | null
}

export type LoadRun = {
  id: string
  application: string
  release: string
  state: string
  progress: { done: number; total: number | null; message: string }
  error: string | null
  plan: LoadPlan
  quote: ProbeQuote
  result: LoadResult | null
  createdAt: string
}

export type ModelAsked = { model: string; calls: number; inputTokens: number; outputTokens: number }

export type Objectives = {
  mode: ServingMode
  peakPerSecond: number
  p95Ms: number | null
  firstTokenMs: number | null
  from: 'blueprint' | 'given'
}

export type PlannedStep = { kind: StepKind; factor: number; perSecond: number; seconds: number; requests: number }

export type QuotaLimit = {
  counted: Counted
  per: Per | null
  limit: number | null
  needed: number | null
  from: 'read' | 'declared'
  at: string
  credential: string | null
  standing: 'bears' | 'short' | 'unknown'
}

export type StartLoadRun = {
  peakPerSecond?: number | undefined
  p95Ms?: number | undefined
  firstTokenMs?: number | undefined
  factor: number
  beyond?: number | undefined
  seconds: number
  questions: 'suite' | 'traces'
  suite?: string | undefined
  streamed?: 'some' | 'all' | 'none' | undefined
  timeoutSeconds: number
  headroom: number
  maxCostMicroUsd?: string | undefined
  dryRun: boolean
}

export type StepFigures = {
  step: PlannedStep
  sent: number
  answered: number
  offeredPerSecond: number
  answeredPerSecond: number
  latencyMs: Spread | null
  firstTokenMs: Spread | null
  errorRate: Rate
  errors: { what: string; count: number }[]
  isGrowing: boolean
  underWayAtEnd: number
  generatorLateMs: number
  limitedBy: 'generator' | 'cap' | null
  stoppedBy: 'errors' | 'cost' | 'under-way' | 'other-release' | null
  standing: 'held' | 'failed' | 'undecided'
  costMicroUsd: string | null
}

export type StepKind = 'warm-up' | 'planned' | 'beyond' | 'recovery'

export type TargetQuota = {
  target: string
  perRequest: { calls: number; inputTokens: number; outputTokens: number; n: number }
  standing: 'bears' | 'short' | 'unknown'
  limits: QuotaLimit[]
  says: string
}

export type ProbeError = { what: string; message: string; count: number }

export type ProbeQuote = { calls: number; costMicroUsd: string | null; minutes: number }

export type Rate = { value: number; n: number; interval: Interval }

export type StoppedBy = 'cost' | 'cap' | 'errors'

export type Generation = {
  id: string
  dataset: string
  application: string
  release: string
  model: string
  split: 'build' | 'regress' | 'calibration'
  counts: { fact: number; 'multi-hop': number; 'out-of-scope': number }
  personas: string[]
  inputTypes: string[]
  prompts: { fact: string; 'multi-hop': string; 'out-of-scope': string }
  quote: GenerationQuote
  state: string
  progress: { done: number; total: number | null }
  error: string | null
  result: GenerationResult | null
  createdAt: string
}

export type GenerationQuote = { calls: number; cases: number; costMicroUsd: string | null; basis: string }

export type GenerationResult = {
  drafted: number
  held: number
  duplicates: number
  ungrounded: number
  failed: number
  problem: string | null
  snapshots: string[]
  spentMicroUsd: string | null
  stoppedEarly: string | null
}

export type SyntheticKind = 'fact' | 'multi-hop' | 'out-of-scope'

export type DecisionSheet = {
  approval: ServedApproval
  releaseNumber: number
  binds: string[]
  current: boolean
  openWaivers: Waiver[]
  responsible: { check: string; title: string; pillar: Pillar; verdict: Verdict; why: string[] }[]
  economics: {
    findings: { check: string; title: string; pillar: Pillar; verdict: Verdict; why: string[] }[]
    month: string
    spentMicroUsd: string
    capMicroUsd: string | null
    evidenceMicroUsd: string
  }
  dissent: {
    pillar: Pillar
    views: {
      id: string
      organisation: string
      approval: string
      pillar: Pillar
      view: string
      by: string
      name: string
      at: string
    }[]
    noneSought: boolean
  }[]
  trust: Partial<Record<Trust, number>>
}

export type ServedApproval = {
  id: string
  organisation: string
  application: string
  release: string
  releaseDigest: string
  into: GatedStage
  verdicts: string
  snapshotDigest: string
  tier: Tier
  quorum: Duty[][]
  outsider: boolean
  solo: boolean
  state: 'asked' | 'given' | 'refused' | 'withdrawn'
  note: string
  authors: string[]
  askedBy: string
  askedAt: string
  coolsUntil: string | null
  until: string
  endedAt: string | null
  evidence: string | null
  remindedAt: string | null
  example: boolean
  signatures: {
    id: string
    organisation: string
    approval: string
    by: string
    name: string
    duties: Duty[]
    onBehalfOf: string | null
    decision: 'approve' | 'refuse'
    reason: string
    independent: boolean
    outside: boolean
    at: string
  }[]
  views: {
    id: string
    organisation: string
    approval: string
    pillar: Pillar
    view: string
    by: string
    name: string
    at: string
  }[]
  missing: Duty[][]
  lacksOutsider: boolean
  holders: { duty: Duty; holder: string | null }[]
  yours: boolean
}

export type GatedStage = 'poc' | 'pilot' | 'production'

export type Explanation = {
  trace: string
  response: string | null
  at: string
  application: string
  stage: Stage | null
  release: ReleaseReference | null
  arm: Arm | null
  rollout: { id: string; share: number } | null
  asked: { role: string; content: string }[]
  answered: string
  steps: {
    name: string
    kind: string
    words: string
    error: string | null
    prompt: unknown
    model: { asked: string | null; observed: string | null; parameters: Record<string, unknown> } | null
  }[]
  passages: {
    id: string
    title: string
    cited: boolean
    text: string | null
    index: string | null
    file: string
    source: string | null
    licence: string | null
    prepared: string | null
  }[]
  invalidCitations: string[]
  fallbacks: string[]
  targets: ChosenTarget[]
  adapters: {
    name: string
    model: string
    digest: string
    base: string
    data: { what: string; digest: string; source: string | null; licence: string | null; prepared: string | null }[]
    words: string
  }[]
  tools: {
    name: string
    outcome: ToolOutcome
    effect: ToolEffect | null
    by: 'client' | 'http' | 'stub' | null
    arguments: string | null
    result: string | null
    error: string | null
    words: string
  }[]
  guardrails: { id: string; on: GuardSide; verdict: GuardWord; count: number; words: string }[]
  costMicroUsd: string | null
  tokens: { input: number; output: number; isEstimated: boolean }
  words: string[]
}

export type Agreement = {
  items: number
  same: number | null
  alpha: number | null
  interval: Interval | null
  pairs: { one: string; other: string; n: number; kappa: number | null; interval: Interval | null }[]
  weeks: { from: string; items: number; alpha: number | null }[]
}

export type AnnotationLine = {
  id: string
  number: number
  adjudicated: { value: string; by: string; reason: string; at: string } | null
  input: string
  answer: string
  other: string | null
  labels: number
  isMine: boolean
  mine: string | null
  isDisputed: boolean
}

export type AnnotationQueue = {
  id: string
  organisation: string
  application: string
  name: string
  kind: 'answers' | 'pairs'
  data: string
  guidelines: string
  choices: { value: string; meaning: string; isGood: boolean | null }[]
  isOrdered: boolean
  labelsPerItem: number
  annotators: string[]
  feeds: 'none' | 'bad' | 'all'
  datasets: string[]
  holdsDocuments: boolean
  state: 'open' | 'closed'
  createdAt: string
  createdBy: string
  progress: { items: number; labels: number; complete: number; disputed: number }
}

export type AnnotationTask = {
  item: {
    id: string
    queue: string
    number: number
    input: string
    answer: string
    other: string | null
    expected: string | null
    passages: string[]
    source: {
      kind: 'experiment' | 'trace' | 'feedback' | 'upload'
      id: string | null
      example: string | null
      release: string | null
    }
    labelsAsked: number
  }
  mine: ItemLabel | null
}

export type ItemLabel = {
  item: string
  queue: string
  by: string
  value: string | null
  isTurned: boolean
  comment: string
  tookMs: number | null
  at: string
}

export type QueueItem = {
  id: string
  queue: string
  number: number
  input: string
  answer: string
  other: string | null
  expected: string | null
  passages: string[]
  source: {
    kind: 'experiment' | 'trace' | 'feedback' | 'upload'
    id: string | null
    example: string | null
    release: string | null
  }
  labelsAsked: number
  labelCount: number
  valueCount: number
  adjudicated: { value: string; by: string; reason: string; at: string } | null
}

export type ArmsComparison = {
  application: string
  reference: string
  primary: string
  dataset: { name: string; digest: string }
  examples: number
  arms: ComparedArm[]
  comparisons: { arm: string; comparison: Comparison[] }[]
  slices: {
    by: string
    value: string
    n: number
    isEnough: boolean
    isDeclared: boolean
    arms: { n: number; mean: number | null; interval: Interval | null; arm: string }[]
  }[]
  notes: string[]
}

export type ComparedArm = {
  label: string
  release: string
  behaviour: Part[]
  rows: number
  failed: number
  scores: Score[]
  latencyMs: { p50: number; p95: number } | null
  costMicroUsd: string | null
  tokens: { input: number; output: number; estimated: boolean }
  seconds: number | null
  id: string
  experiment: string
  suite: string
  measuredAt: string
}

export type ClassArm = {
  arm: string
  n: number
  examples: number
  unlabelled: number
  errors: number
  none: number
  figures: ClassFigure[]
  classes: {
    label: string
    support: number
    told: number
    precision: { value: number; interval: Interval | null }
    recall: { value: number; interval: Interval | null }
    f1: { value: number; interval: Interval | null }
  }[]
  confusion: number[][]
  calibration: {
    n: number
    error: number
    interval: Interval | null
    bins: { n: number; probability: number; share: number }[]
  } | null
}

export type ClassFigure = {
  figure: 'accuracy' | 'micro-f1' | 'macro-f1' | 'mcc'
  value: number | null
  interval: Interval | null
  noIntervalFor: 'few-clusters' | 'rare-label' | null
}

export type ClassFigures = {
  experiment: string
  reading: 'exact' | 'normalised' | 'classification'
  note: string | null
  labels: number
  shown: string[]
  others: number
  arms: ClassArm[]
  margin: number
  comparisons: FurtherComparison[]
}

export type Combined = { experiments: string[]; arms: ExperimentArm[]; comparison: Comparison[] }

export type Comparison = {
  evaluator: string
  n: number
  clusters: number
  difference: number | null
  interval: Interval | null
  verdict: 'better' | 'worse' | 'equivalent' | 'undecided'
  nonInferior: boolean | null
  margin: number
  neededN: number | null
  discordant: { onlyCandidate: number; onlyControl: number } | null
  pValue: number | null
  adjustedP: number | null
  method: string
  excluded: { count: number; examples: string[] }
}

export type EvaluatorInfo = {
  id: string
  version: number
  kind: 'rate' | 'mean'
  unit: string
  better: 'higher' | 'lower'
  range: { low: number | null; high: number | null }
  needs: string[]
  cost: 'none' | 'process' | 'model'
  source: string
  description: string
}

export type Experiment = {
  id: string
  organisation: string
  application: string
  release: string
  against: 'baseline' | string | null
  suite: string
  dataset: string
  splits: Split[]
  repeats: number
  intervals: 'clustered-t' | 'bca-bootstrap'
  primary: string
  variants: Variant[]
  registered: Registration | null
  isReusing: boolean
  serving: ServingMode
  tags: Record<string, string>
  state: ExperimentState
  progress: { done: number; total: number }
  quote: Quote
  maxCostMicroUsd: string | null
  spentMicroUsd: string
  spentUnpriced: string[]
  arms: ExperimentArm[]
  comparison: Comparison[]
  further: FurtherComparison[]
  slices: Slice[]
  combined: Combined | null
  stoppedEarly: string | null
  measures: string
  seed: number
  environment: Record<string, string>
  error: string | null
  createdAt: string
  createdBy: string
  startedAt: string | null
  finishedAt: string | null
}

export type ExperimentArm = {
  arm: string
  label: string
  release: string
  behaviour: Part[]
  rows: number
  failed: number
  scores: Score[]
  latencyMs: { p50: number; p95: number } | null
  costMicroUsd: string | null
  tokens: { input: number; output: number; estimated: boolean }
  seconds: number | null
  reused: number
}

export type ExperimentRow = {
  experiment: string
  organisation: string
  arm: string
  example: string
  exampleNumber: number
  repeat: number
  answer: string
  abstained: boolean
  passages: string[]
  citations: string[]
  invalidCitations: string[]
  scores: Record<string, RowScore>
  error: string | null
  latencyMs: number
  tokens: { input: number; output: number; estimated: boolean }
  costMicroUsd: string | null
  servedBy: string | null
  trace: string | null
  isReused: boolean
  input: string | Turn[]
  expected?: string | string[] | null | undefined
  unanswerable?: boolean | undefined
  split: Split
  cluster?: string | undefined
  isHidden: boolean
  difference: number | null
}

export type ExperimentState = 'queued' | 'running' | 'paused' | 'succeeded' | 'failed' | 'cancelled'

export type FurtherComparison = { arm: string; to: string; comparison: Comparison[] }

export type Quote = {
  calls: number
  costMicroUsd: string | null
  atLeastMicroUsd: string
  unpriced: string[]
  blocked: string | null
  parts: QuotePart[]
  batch: { models: string[]; savesMicroUsd: string | null; hours: number } | null
  minutes: number
  detectableDifference: number | null
  basis: string
}

export type QuotePart = {
  of: 'answers' | 'judges' | 'vectors'
  model: string
  calls: number
  tokens: { input: number; output: number } | null
  costMicroUsd: string | null
}

export type Registration = {
  suiteDigest: string
  datasetDigest: string
  kind: 'prompt' | 'pipeline' | 'application' | null
  n: number
  margin: number
  threshold: number | null
  passAt: number
  evaluators: { key: string; version: number }[]
  slices: string[]
  sliceFloor: number | null
  stopping: { alpha: number; leastPairs: number } | null
  isPublished: boolean
  runsBefore: number
}

export type Reliability = { k: number; passAtK: number; passAllK: number; interval: Interval | null; n: number }

export type RowScore = {
  score: number | null
  detail: string
  error?: string | undefined
  parts?: { name: string; score: number; detail: string }[] | undefined
  costMicroUsd?: string | null | undefined
}

export type Score = {
  evaluator: string
  version: number
  n: number
  missing: number
  errors: number
  mean: number | null
  interval: Interval | null
  kind: 'rate' | 'mean'
  unit: string
  better: 'higher' | 'lower'
  reliability: Reliability[]
}

export type Slice = {
  by: string
  value: string
  n: number
  isEnough: boolean
  isDeclared: boolean
  arms: { arm: string; n: number; mean: number | null; interval: Interval | null }[]
  comparison: Comparison | null
}

export type Variant = {
  name: string
  release?: string | undefined
  models?:
    | Record<
        string,
        { model?: string | undefined; parameters?: Record<string, unknown> | undefined; adapter?: Adapter | undefined }
      >
    | undefined
  prompts?: Record<string, string> | undefined
  target?: Target | undefined
  effort?: { hours: number; note?: string | undefined } | undefined
}

export type CorpusArm = {
  arm: string
  n: number
  examples: number
  missing: number
  errors: number
  figures: CorpusFigure[]
}

export type CorpusComparison = {
  evaluator: 'bleu' | 'chrf' | 'rouge-1' | 'rouge-2' | 'rouge-l'
  n: number
  clusters: number
  difference: number | null
  interval: Interval | null
  verdict: 'better' | 'worse' | 'equivalent' | 'undecided'
  nonInferior: boolean | null
  margin: number
  neededN: number | null
  discordant: { onlyCandidate: number; onlyControl: number } | null
  pValue: number | null
  adjustedP: number | null
  method: string
  excluded: { count: number; examples: string[] }
  bootstrap: { resamples: number; ahead: number; pValue: number } | null
}

export type CorpusComparisons = {
  application: string
  reference: string
  dataset: { name: string; digest: string }
  margin: number
  arms: CorpusArm[]
  comparisons: { arm: string; comparison: CorpusComparison[] }[]
  changed: number
}

export type CorpusFigure = {
  figure: 'bleu' | 'chrf' | 'rouge-1' | 'rouge-2' | 'rouge-l'
  value: number | null
  interval: Interval | null
  signature: string
}

export type CorpusFigures = { experiment: string; arms: CorpusArm[] }

export type Coverage = {
  basis: 'traffic' | 'declared'
  questions: number
  cases: number
  groups: number
  coveredShare: number | null
  interval: Interval | null
  uncovered: CoverageGroup[]
  casesOutside: number
}

export type CoverageGroup = { words: string[]; questions: number; cases: number; isCovered: boolean }

export type Dataset = {
  id: string
  organisation: string
  name: string
  application: string | null
  description: string
  owner: string
  access: DatasetAccess
  card: DatasetCard
  segments: Segment[]
  limits: Partial<
    Record<
      | 'schemaValid'
      | 'duplicateShare'
      | 'nearDuplicateShare'
      | 'acrossSplits'
      | 'inPrompts'
      | 'inKnowledge'
      | 'personalData'
      | 'labelAudit'
      | 'freshnessDays'
      | 'largestLabelShare'
      | 'syntheticShare'
      | 'representativeness'
      | 'intervalHalfWidth',
      number
    >
  >
  qualityEveryDays: number | null
  latest: number
  createdAt: string
  createdBy: string
}

export type DatasetAccess = { readers: Role[]; holdoutReaders: Role[]; holdoutReads: number }

export type DatasetCard = {
  licence: string | null
  origin: string | null
  citation: string | null
  files: { name: string; sha256: string | null }[]
}

export type DatasetRow = { number: number; isCut: boolean; row: Example }

export type HoldoutRead = {
  id: string
  dataset: string
  organisation: string
  version: number
  rows: number
  purpose: string
  by: string
  at: string
}

export type ImportResult = {
  version: VersionSummary | null
  read: number
  entered: number
  unchanged: number
  quarantined: number
  problems: {
    file?: string | undefined
    line?: number | undefined
    field: string
    message: string
    remedy?: string | undefined
  }[]
  notes: string[]
  format: 'jsonl' | 'csv' | 'xlsx' | 'promptfoo' | 'openai-evals' | 'mlflow' | 'huggingface' | 'croissant' | 'parquet'
  encoding: string | null
}

export type ImportedFile = {
  id: string
  dataset: string
  organisation: string
  file: string
  version: number | null
  profile: {
    format: string
    encoding: string | null
    bytes: number
    digest: string
    records: number
    readable: number
    fields: {
      name: string
      types: Partial<Record<'text' | 'number' | 'boolean' | 'list' | 'object', number>>
      missing: number
      distinct: number
      isDistinctCut: boolean
      examples: string[]
    }[]
    furtherFields: number
    quarantined: {
      kind: 'broken' | 'rule' | 'personal' | 'generated'
      field: string
      message: string
      rows: number
      firstLine: number
    }[]
  }
  at: string
  by: string
}

export type Lineage = {
  kind: 'file' | 'trace' | 'generator' | 'annotator' | 'edit' | 'quarantine' | 'git' | 'dvc'
  from: string
  digest: string | null
  format: string | null
  producer: string | null
  steps: PreparationStep[]
}

export type QuarantinedRow = {
  id: string
  dataset: string
  organisation: string
  kind: 'broken' | 'rule' | 'personal' | 'generated'
  file: string
  line: number
  field: string
  message: string
  remedy: string
  text: string
  example: Record<string, unknown> | null
  decision: 'synthetic' | 'allowed' | 'accepted' | 'mended' | 'discarded' | null
  decidedBy: string | null
  reason: string | null
  at: string
}

export type RowChange = {
  id: string
  kind: 'added' | 'removed' | 'changed'
  before: Example | null
  after: Example | null
}

export type Segment = { field: string; shares: Record<string, number> }

export type ServedDataset = {
  id: string
  organisation: string
  name: string
  application: string | null
  description: string
  owner: string
  access: DatasetAccess
  card: DatasetCard
  segments: Segment[]
  limits: Partial<
    Record<
      | 'schemaValid'
      | 'duplicateShare'
      | 'nearDuplicateShare'
      | 'acrossSplits'
      | 'inPrompts'
      | 'inKnowledge'
      | 'personalData'
      | 'labelAudit'
      | 'freshnessDays'
      | 'largestLabelShare'
      | 'syntheticShare'
      | 'representativeness'
      | 'intervalHalfWidth',
      number
    >
  >
  qualityEveryDays: number | null
  latest: number
  createdAt: string
  createdBy: string
  version: VersionSummary | null
  waiting: number
  holdoutReadsLeft: number
  may: { rows: boolean; holdout: boolean; policy: boolean }
}

export type VersionSummary = {
  dataset: string
  organisation: string
  number: number
  digest: string
  rows: number
  splits: Partial<Record<Split, number>>
  synthetic: number
  reason: string
  lineage: Lineage
  added: number
  removed: number
  changed: number
  quarantined: number
  at: string
  by: string
}

export type FigureSet = {
  name: string
  title: string
  source: string
  basis: string
  files: string[]
  sourceFiles: string[]
}

export type PublishedFigure = {
  figure: string
  reference: number | string
  ours: number | string
  isMet: boolean
  deviation: string | null
}

export type CalibrationQuote = {
  answers: number
  calls: number
  costMicroUsd: string | null
  minutes: number
  basis: string
}

export type CorrectedScore = {
  evaluator: string
  judge: string
  arm: string
  n: number
  raw: number
  corrected: number | null
  interval: Interval | null
  difference: { value: number; interval: Interval } | null
  calibration: string | null
  why: string
}

export type JudgeState = {
  evaluator: string
  version: number
  model: string
  parameters: Record<string, unknown>
  prompt: string
  rubric: string
  parser: string
  digest: string
  name: string
  suites: string[]
  calibration: {
    id: string
    organisation: string
    application: string
    judge: string
    judgeName: string
    model: string
    data: string
    trust: 'measured' | 'imported'
    source: string
    result: {
      standing: 'strong' | 'weak' | 'informs' | 'refused'
      why: string[]
      labels: number
      cases: number
      doubleLabelled: number
      unsettled: number
      unreadable: number
      kappa: { value: number | null; n: number; interval: Interval | null }
      alpha: { value: number | null; n: number; interval: Interval | null }
      accuracy: { value: number | null; n: number; interval: Interval | null }
      kappaWithPeople: { value: number | null; n: number; interval: Interval | null }
      sensitivity: { value: number | null; n: number; interval: Interval | null }
      specificity: { value: number | null; n: number; interval: Interval | null }
      counts: { truePositive: number; positives: number; trueNegative: number; negatives: number }
      bias: {
        position: { value: number | null; n: number; interval: Interval | null }
        consistency: { value: number | null; n: number; interval: Interval | null }
        length: { value: number | null; n: number; interval: Interval | null }
        selfPreference: { value: number | null; n: number; interval: Interval | null }
        format: { value: number | null; n: number; interval: Interval | null }
      }
      neededLabels: number | null
    }
    createdAt: string
    createdBy: string
  } | null
  sameFamily: boolean
}

export type MeaningMeasured = {
  evidence: string
  at: string
  falseHits: { value: number | null; n: number; interval?: Interval | undefined }
  hits: { value: number | null; n: number; interval?: Interval | undefined }
  chosenThreshold: number | null
  dimensions: number
}

export type MeaningStanding = {
  release: string
  state: 'none' | 'missing' | 'stale' | 'above' | 'held' | 'off'
  words: string
  model: string | null
  threshold: number | null
  mostFalseHits: number | null
  measured: MeaningMeasured | null
}

export type OutsideRun = {
  producer: { name: 'mlflow' | 'junit'; version: string }
  run: string
  name: string
  state: 'scheduled' | 'running' | 'finished' | 'failed' | 'killed'
  startedAt: string | null
  finishedAt: string | null
  figures: {
    name: string
    value: number | null
    low: number | null
    high: number | null
    n: number | null
    step: number
    at: string | null
  }[]
  parameters: Record<string, string>
  tags: Record<string, string>
  datasets: { name: string; digest: string; source: string; sourceType: string }[]
  tests: {
    suite: string
    name: string
    outcome: 'passed' | 'failed' | 'broken' | 'skipped'
    seconds: number | null
    message: string
  }[]
  counts: { passed: number; failed: number; broken: number; skipped: number } | null
  id: string
  organisation: string
  application: string
  release: string | null
  kind: 'prompt' | 'pipeline' | 'application' | null
  digest: string
  evidence: string[]
  by: string
  at: string
}

export type PatternChange = 'more' | 'less' | 'not-shown' | 'too-few'

export type PatternFigure = {
  kind: 'outcome' | 'intent' | 'stage' | 'feature' | 'team'
  name: string
  now: PatternShare
  before: PatternShare
  difference: number | null
  change: PatternChange
  p: number | null
}

export type PatternPeriod = { since: string; until: string; requests: number; users: number; looked: number }

export type PatternShare = { count: number; n: number; share: number | null; interval: Interval | null }

export type UsagePatterns = {
  application: string
  now: PatternPeriod
  before: PatternPeriod
  days: { day: string; requests: number; users: number }[]
  figures: PatternFigure[]
  drift: { distance: number | null; p: number | null; change: 'changed' | 'not-shown' | 'too-few' }
  lacking: { requests: number; users: number }
}

export type ReportFormat = 'junit' | 'markdown' | 'mlflow' | 'promptfoo'

export type StandIn = {
  name: string
  as: 'fallback' | 'target'
  suite: string | null
  against: string | null
  arms: { meant: string; standIn: string } | null
  comparison: Comparison | null
  words: string
}

export type SuiteRun = {
  experiment: string
  release: string
  at: string
  score: Score | null
  verdict: 'better' | 'worse' | 'equivalent' | 'undecided' | null
}

export type SuiteStanding = {
  name: string
  dataset: string
  splits: Split[]
  primary: string
  margin: number
  description?: string | undefined
  fallback?: string | undefined
  target?: string | undefined
  prompt?: string | undefined
  kind?: 'prompt' | 'pipeline' | 'application' | undefined
  threshold?: number | undefined
  passAt?: number | undefined
  slices?: string[] | undefined
  sliceFloor?: number | undefined
  published?: boolean | undefined
  probe?: boolean | undefined
  digest: string
  evaluators: { key: string; id: string; version: number; judge: { model: string; digest: string } | null }[]
  data: {
    name: string
    digest: string
    rows: number
    splits: Partial<Record<Split, number>>
    from?: DatasetReference | undefined
  } | null
  examples: number
  standing: 'measured' | 'changed' | 'never' | 'running' | 'unusable'
  why: string
  changed: string[]
  runs: SuiteRun[]
}

export type ArmPreference = {
  arm: string
  preferred: number
  tied: number
  bothBad: number
  lost: number
  strength: number | null
  chance: number | null
  interval: Interval | null
}

export type Study = {
  id: string
  organisation: string
  application: string
  name: string
  queue: string
  dataset: { name: string; digest: string }
  arms: { id: string; experiment: string; label: string; release: string; isRelease: boolean; behaviour: Part[] }[]
  margin: number
  plan: StudyPlan
  results: StudyResults | null
  createdAt: string
  createdBy: string
  closedAt: string | null
  closedBy: string | null
}

export type StudyPlan = {
  cases: number
  pairs: number
  same: number
  labels: number
  failed: number
  changed: number
  minutes: number
  detectableDifference: number | null
}

export type StudyResults = {
  cases: number
  labels: number
  untold: number
  unlabelled: number
  arms: ArmPreference[]
  comparisons: { arm: string; comparison: Comparison }[]
  position: { n: number; firstShare: number | null; interval: Interval | null }
  people: { by: string; labels: number; firstShare: number | null; medianMs: number | null }[]
}

export type StudyView = {
  id: string
  organisation: string
  application: string
  name: string
  queue: string
  dataset: { name: string; digest: string }
  arms: { id: string; experiment: string; label: string; release: string; isRelease: boolean; behaviour: Part[] }[]
  margin: number
  plan: StudyPlan
  results: StudyResults | null
  createdAt: string
  createdBy: string
  closedAt: string | null
  closedBy: string | null
  progress: { items: number; labels: number; complete: number; disputed: number }
  agreement: Agreement
}

export type DifferingAnswer = { example: string; before: string; now: string; difference: number | null }

export type ModelSwap = {
  release: string
  against: string | null
  models: {
    name: string
    before: { model: string; parameters: Record<string, unknown> } | null
    now: { model: string; parameters: Record<string, unknown> } | null
  }[]
  prompts: string[]
  set: 'own' | 'default'
  probes: Probe[]
  verdict: 'none' | 'open' | 'better' | 'worse' | 'equivalent' | 'undecided'
  quote: ProbeQuote | null
}

export type Probe = {
  suite: string
  state: 'proposed' | 'running' | 'measured' | 'failed'
  experiment: string | null
  quote: Quote | null
  why: string | null
  comparison: Comparison | null
  unit: string | null
  differing: DifferingAnswer[]
}

export type FailureCluster = {
  id: string
  organisation: string
  experiment: string
  kind: 'error' | 'abstained' | 'wrong'
  label: string
  terms: string[]
  examples: string[]
  n: number
  owner: string | null
  decision: TriageDecision | null
  note: string | null
  decidedBy: string | null
  decidedAt: string | null
}

export type TriageDecision = 'fix' | 'accept' | 'data' | 'evaluator' | 'out-of-scope'

export type Attestation = {
  release: string
  check: string
  facts?: Record<string, Fact> | undefined
  reason: string
  duty: Duty
  example: boolean
}

export type SigningKey = {
  keyid: string
  algorithm: 'ed25519'
  publicKey: string
  generation: number
  since: string | null
  retiredAt: string | null
  revokedFrom: string | null
  reason: string
}

export type ExampleStatus = {
  state: 'off' | 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'
  message: string
  story: string[]
  job: string | null
}

export type AnsweredRelease = {
  answer: string
  abstained: boolean
  passages: { n: number; id: string; title: string; text: string; source: string; score: number }[]
  citations: string[]
  invalidCitations: string[]
  servedBy: string
  fallbacks: string[]
  toolCalls: { id: string; name: string; arguments: Record<string, unknown>; outcome: ToolOutcome }[]
  targets: ChosenTarget[]
  guardrails: GuardVerdict[]
  usage: { inputTokens: number; outputTokens: number; estimated: boolean }
  costMicroUsd: string | null
  latencyMs: number
  trace: string
}

export type ServedAlert = {
  id: string
  organisation: string
  application: string
  kind: 'errors' | 'cost' | 'provider' | 'kpi' | 'kpi-old' | 'freshness' | 'swap' | 'documents' | 'quota' | 'key'
  subject: string
  title: string
  says: string
  openedAt: string
  endedAt: string | null
  acknowledgedAt: string | null
  acknowledgedBy: string | null
  note: string
  state: 'open' | 'seen' | 'over'
  to: string[]
}

export type Brought = {
  files: Record<string, string>
  unsupported: { where: string; what: string }[]
  stage: 'sandbox'
  says: string
  stations: {
    id: 'answers' | 'prompts' | 'cases' | 'measured' | 'baseline' | 'people' | 'plan'
    title: string
    isThere: boolean
    says: string
    next: string
  }[]
}

export type Existing = {
  description: string
  target: Target | null
  model: string | null
  prompts: Record<string, string>
  cases: { file: string; content: string } | null
  sheets: { file: string; content: string }[]
  promptfoo: Record<string, string>
}

export type Adoption = {
  liveOn: string | null
  people: number | null
  goal: number | null
  weeks: { from: string; users: number; requests: number; share: number | null }[]
  isReached: boolean | null
}

export type DataInForce = {
  application: string
  at: string
  sources: ServedSource[]
  stores: {
    name: string
    keptBy: 'airworthy' | 'others'
    provider?: string | null | undefined
    region?: string | null | undefined
    retentionDays?: number | null | undefined
    encryption?: 'at-rest' | 'none' | 'unknown' | null | undefined
    faults: string[]
  }[]
  reached: { of: string; state: 'agrees' | 'differs' | 'not-reachable'; says: string }[]
  uncovered: string[]
  gaps: {
    id: string
    organisation: string
    application: string
    title: string
    reason: string
    dataset: string | null
    askedOf: string | null
    askedAt: string | null
    createdAt: string
    createdBy: string
    state: 'open' | 'requested' | 'closed'
    closedBy: { version: number; at: string } | null
  }[]
  checks: { check: string; verdict: Verdict }[]
}

export type ServedSource = {
  name: string
  covers: string[]
  description?: string | null | undefined
  origin?: 'internal' | 'external' | 'public' | null | undefined
  owner?: string | null | undefined
  legalBasis?: string | null | undefined
  licence?: string | null | undefined
  personalData?: 'none' | 'contact' | 'sensitive' | 'unknown' | null | undefined
  class?: 'public' | 'internal' | 'confidential' | 'restricted' | null | undefined
  readers?: Role[] | null | undefined
  region?: string | null | undefined
  retention?: string | null | undefined
  refresh?: string | null | undefined
  steps?: PreparationStep[] | null | undefined
  freshnessDays?: number | null | undefined
  refreshedOn?: string | null | undefined
  permittedStages?: Stage[] | null | undefined
  missing: string[]
  holds: {
    name: string
    modality: 'documents' | 'questions' | 'conversations'
    rows: number
    labelled: number | null
    labels: { label: string; rows: number }[]
  }[]
  dueOn: string | null
  isOverdue: boolean
  refusedIn: { stage: Stage; why: string }[]
}

export type ServedDisclosure = {
  application: string
  declared: Disclosure | null
  live: { stage: Stage; release: string; disclosure: Disclosure | null; isAsDeclared: boolean }[]
}

export type ServedDocument = {
  document:
    | 'charter'
    | 'assessment'
    | 'decision'
    | 'classification'
    | 'risks'
    | 'approvals'
    | 'inventory'
    | 'roadmap'
    | 'resources'
    | 'task'
    | 'impact'
    | 'oversight'
    | 'dpia'
    | 'card'
    | 'pilot'
    | 'change'
    | 'retirement'
    | 'threats'
  value: Record<string, unknown> | null
  digest: string | null
  bytes: string
}

export type ListedIncident = {
  id: string
  organisation: string
  application: string
  title: string
  severity: 'critical' | 'high' | 'medium' | 'low'
  state: 'open' | 'contained' | 'closed'
  harms: (
    | 'death'
    | 'serious-health'
    | 'critical-infrastructure'
    | 'fundamental-rights'
    | 'property-environment'
    | 'widespread'
    | 'personal-data'
    | 'security'
    | 'wrong-answer'
    | 'offensive-answer'
    | 'money'
    | 'outage'
    | 'none-known'
  )[]
  affected: string | null
  affectedPeople: number | null
  cause: string | null
  owner: string
  release: string | null
  traces: string[]
  occurredAt: string | null
  detectedAt: string
  fix: { dataset: string; example: string; release: string; experiment: string; at: string; by: string } | null
  closedAt: string | null
  createdAt: string
  createdBy: string
  updatedAt: string
  example: boolean
  nextDueAt: string | null
  overdue: number
}

export type ServedIncident = {
  incident: {
    id: string
    organisation: string
    application: string
    title: string
    description: string
    severity: 'critical' | 'high' | 'medium' | 'low'
    state: 'open' | 'contained' | 'closed'
    harms: (
      | 'death'
      | 'serious-health'
      | 'critical-infrastructure'
      | 'fundamental-rights'
      | 'property-environment'
      | 'widespread'
      | 'personal-data'
      | 'security'
      | 'wrong-answer'
      | 'offensive-answer'
      | 'money'
      | 'outage'
      | 'none-known'
    )[]
    affected: string | null
    affectedPeople: number | null
    cause: string | null
    owner: string
    release: string | null
    traces: string[]
    occurredAt: string | null
    detectedAt: string
    timeline: {
      at: string
      writtenAt: string
      by: string
      kind: 'note' | 'measure' | 'change' | 'report' | 'fix' | 'contain' | 'close' | 'reopen'
      text: string
    }[]
    reports: { clock: string; kind: 'made' | 'not-due'; at: string; by: string; note: string }[]
    fix: { dataset: string; example: string; release: string; experiment: string; at: string; by: string } | null
    closedAt: string | null
    createdAt: string
    createdBy: string
    updatedAt: string
    example: boolean
  }
  clocks: {
    id: string
    law: string
    article: string
    title: string
    to: string
    hours: number | null
    after: string | null
    regimes: string[]
    riskClasses: string[] | null
    moreThanPeople: number | null
    harms: (
      | 'death'
      | 'serious-health'
      | 'critical-infrastructure'
      | 'fundamental-rights'
      | 'property-environment'
      | 'widespread'
      | 'personal-data'
      | 'security'
      | 'wrong-answer'
      | 'offensive-answer'
      | 'money'
      | 'outage'
      | 'none-known'
    )[]
    note: string
    source: string
    applies: 'yes' | 'maybe'
    dueAt: string | null
    state: 'waiting' | 'running' | 'overdue' | 'reported' | 'late' | 'not-due'
    reportedAt: string | null
  }[]
  clocksNote: string
  clocksAsOf: string
  similar: { id: string; title: string; state: 'open' | 'contained' | 'closed'; share: number }[]
}

export type Maturity = {
  questionnaire: 'data' | 'ai'
  title: string
  says: string
  levels: string[]
  areas: {
    id: string
    title: string
    items: {
      id: string
      question: string
      levels: string[]
      measure: string | null
      answer: number | null
      measured: { have: number; of: number; level: number | null } | null
    }[]
    said: number | null
    measured: number | null
  }[]
  history: { at: string; by: string; areas: { id: string; said: number | null }[] }[]
}

export type Episode = {
  finding: { evidence: string; release: string | null; at: string; gap: number }
  summary: string
  retests: { evidence: string; release: string | null; at: string; gap: number; isGone: boolean }[]
  isGone: boolean
}

export type Mitigation = {
  finding: { evidence: string; release: string | null; at: string; gap: number }
  summary: string
  retests: { evidence: string; release: string | null; at: string; gap: number; isGone: boolean }[]
  isGone: boolean
  plan: MitigationPlan | null
}

export type MitigationPlan = {
  id: string
  organisation: string
  application: string
  evidence: string
  owner: string
  plan: string
  dueOn: string | null
  updatedAt: string
  updatedBy: string
}

export type ServedPolicy = {
  id: string
  organisation: string
  name: string
  version: number
  title: string
  text: string
  checks: string[]
  isRequired: boolean
  createdAt: string
  createdBy: string
  mine: 'acknowledged' | 'stale' | 'missing'
  people: { actor: string; version: number; at: string; standing: 'acknowledged' | 'stale' | 'missing' }[]
}

export type Remark = {
  id: string
  organisation: string
  about: string
  says: string
  createdAt: string
  createdBy: string
  outcome: 'changed' | 'declined' | 'later' | null
  reason: string
  change: string
  decidedAt: string | null
  decidedBy: string | null
}

export type ShownTestPage = {
  id: string
  organisation: string
  application: string
  release: string | null
  title: string
  key: string
  mostQuestions: number
  questions: number
  lastAskedAt: string | null
  expiresAt: string
  createdAt: string
  createdBy: string
  revokedAt: string | null
  state: 'open' | 'used-up' | 'expired' | 'revoked'
  caps: { requestsPerMinute: number | null; costMicroUsdPerMonth: string | null; spentMicroUsd: string }
}

export type TestAnswer = { answer: string; text: string; abstained: boolean; sources: string[]; questionsLeft: number }

export type Training = {
  groups: {
    group: 'consumers' | 'leaders' | 'builders'
    people: number
    finished: number
    share: number | null
    target: number
    isMet: boolean | null
    staffShare: number
    namedShare: number | null
  }[]
  learners: {
    person: string
    group: 'consumers' | 'leaders' | 'builders'
    oversees: boolean
    isNamed: boolean
    finished: boolean
    missing: string[]
  }[]
  gaps: { duty: Duty; person: string; missing: string[] }[]
  onGap: 'warn' | 'block'
}

export type ServedTrial = {
  trial: {
    id: string
    organisation: string
    application: string
    release: string | null
    title: string
    tasks: { id: string; text: string }[]
    consent: string
    retentionDays: number
    closedAt: string | null
    blankedAt: string | null
    createdAt: string
    createdBy: string
    example: boolean
  }
  report: {
    invited: number
    answeredOfInvited: number
    responseRate: number | null
    answeredOtherwise: number
    answers: number
    rating: number | null
    negative: number
    negativeUpper: Interval | null
    tasks: { id: string; text: string; done: number; withHelp: number; failed: number; minutes: number | null }[]
    themes: { words: string; answers: number; share: number; rating: number; quotes: string[] }[]
  }
}

export type ShownWorkspace = {
  application: string
  organisation: string
  purpose: string
  key: string
  requestsPerMinute: number
  costMicroUsdPerMonth: string
  expiresAt: string
  createdAt: string
  createdBy: string
  closedAt: string | null
  spentMicroUsd: string
}

export type ModelGuardrail = { of: string[]; guard: Guardrail }

export type ModelGuardrails = {
  guardrails: { of: string[]; guard: Guardrail; words: string }[]
  updatedAt: string | null
  updatedBy: string | null
}

export type ModelGuardrailsInput = { guardrails: ModelGuardrail[] }

export type Spoken = { language: string; own: string | null; languages: { language: string; name: string }[] }

export type ListedMail = {
  id: string
  application: string
  to: string
  subject: string
  state: 'waiting' | 'sent' | 'failed'
  attempts: number
  error: string | null
  at: string
  nextAt: string
  sentAt: string | null
}

export type Mail = {
  id: string
  organisation: string
  key: string
  application: string
  to: string
  subject: string
  text: string
  state: 'waiting' | 'sent' | 'failed'
  attempts: number
  error: string | null
  at: string
  nextAt: string
  sentAt: string | null
}

export type MailStanding = { isSet: boolean; from: string | null }

export type Advisory = {
  id: string
  aliases: string[]
  summary: string
  severity: 'critical' | 'high' | 'medium' | 'low' | 'none' | 'unrated'
  modified: string
  withdrawn: string | null
  hits: AdvisoryHit[]
  importedAt: string
}

export type AdvisoryHit = {
  kind: 'package' | 'model'
  name: string
  version: string | null
  touch: 'affected' | 'possible'
  severity: 'critical' | 'high' | 'medium' | 'low' | 'none' | 'unrated'
}

export type StoredAdvisory = {
  organisation: string
  id: string
  modified: string
  withdrawn: string | null
  advisory: {
    schema_version?: string | undefined
    id: string
    modified: unknown
    published?: unknown | undefined
    withdrawn?: unknown | undefined
    aliases?: string[] | null | undefined
    summary?: string | undefined
    details?: string | undefined
    severity?: { type: string; score: string }[] | null | undefined
    affected?:
      | {
          package?: { ecosystem: string; name: string; purl?: string | undefined } | undefined
          severity?: { type: string; score: string }[] | null | undefined
          ranges?:
            | {
                type: string
                events: {
                  introduced?: string | undefined
                  fixed?: string | undefined
                  last_affected?: string | undefined
                  limit?: string | undefined
                }[]
              }[]
            | null
            | undefined
          versions?: string[] | null | undefined
        }[]
      | null
      | undefined
    database_specific?: { severity?: unknown | undefined } | null | undefined
  }
  importedAt: string
  importedBy: string
}

export type ApprovalRequest = {
  model: string
  stages: GatedStage[]
  dataClasses: ('none' | 'contact' | 'sensitive' | 'unknown')[]
  uses: ('commercial' | 'non-commercial')[]
  residency: string[]
  aliasAccepted: boolean
  reason: string
  days: number
}

export type RuleInForce = {
  id: string
  title: string
  applies: {
    stages?: Stage[] | undefined
    uses?: ('commercial' | 'non-commercial')[] | undefined
    dataClasses?: ('none' | 'contact' | 'sensitive' | 'unknown')[] | undefined
    whereResidencyIsSaid?: true | undefined
    unlessAliasAccepted?: true | undefined
  }
  demands:
    | {
        kind: 'known'
        fields: (
          | 'description'
          | 'identity'
          | 'licence'
          | 'licenceLink'
          | 'card'
          | 'modalitiesIn'
          | 'modalitiesOut'
          | 'contextTokens'
          | 'outputTokens'
          | 'tools'
          | 'structuredOutput'
          | 'languages'
          | 'trainingData'
          | 'baseModel'
          | 'tunable'
          | 'tuning'
          | 'parameters'
          | 'architecture'
          | 'quantisation'
          | 'weightsDigest'
          | 'regions'
          | 'trainsOnInputs'
          | 'retentionDays'
          | 'releasedOn'
          | 'deprecatedOn'
          | 'priceInput'
          | 'priceOutput'
          | 'snapshot'
          | 'benchmarks'
        )[]
      }
    | {
        kind: 'equals'
        field:
          | 'description'
          | 'identity'
          | 'licence'
          | 'licenceLink'
          | 'card'
          | 'modalitiesIn'
          | 'modalitiesOut'
          | 'contextTokens'
          | 'outputTokens'
          | 'tools'
          | 'structuredOutput'
          | 'languages'
          | 'trainingData'
          | 'baseModel'
          | 'tunable'
          | 'tuning'
          | 'parameters'
          | 'architecture'
          | 'quantisation'
          | 'weightsDigest'
          | 'regions'
          | 'trainsOnInputs'
          | 'retentionDays'
          | 'releasedOn'
          | 'deprecatedOn'
          | 'priceInput'
          | 'priceOutput'
          | 'snapshot'
          | 'benchmarks'
        value: string | number | boolean
      }
    | {
        kind: 'none-of'
        field:
          | 'description'
          | 'identity'
          | 'licence'
          | 'licenceLink'
          | 'card'
          | 'modalitiesIn'
          | 'modalitiesOut'
          | 'contextTokens'
          | 'outputTokens'
          | 'tools'
          | 'structuredOutput'
          | 'languages'
          | 'trainingData'
          | 'baseModel'
          | 'tunable'
          | 'tuning'
          | 'parameters'
          | 'architecture'
          | 'quantisation'
          | 'weightsDigest'
          | 'regions'
          | 'trainsOnInputs'
          | 'retentionDays'
          | 'releasedOn'
          | 'deprecatedOn'
          | 'priceInput'
          | 'priceOutput'
          | 'snapshot'
          | 'benchmarks'
        values: string[]
      }
    | {
        kind: 'one-of'
        field:
          | 'description'
          | 'identity'
          | 'licence'
          | 'licenceLink'
          | 'card'
          | 'modalitiesIn'
          | 'modalitiesOut'
          | 'contextTokens'
          | 'outputTokens'
          | 'tools'
          | 'structuredOutput'
          | 'languages'
          | 'trainingData'
          | 'baseModel'
          | 'tunable'
          | 'tuning'
          | 'parameters'
          | 'architecture'
          | 'quantisation'
          | 'weightsDigest'
          | 'regions'
          | 'trainsOnInputs'
          | 'retentionDays'
          | 'releasedOn'
          | 'deprecatedOn'
          | 'priceInput'
          | 'priceOutput'
          | 'snapshot'
          | 'benchmarks'
        values: string[]
      }
    | {
        kind: 'at-most'
        field:
          | 'description'
          | 'identity'
          | 'licence'
          | 'licenceLink'
          | 'card'
          | 'modalitiesIn'
          | 'modalitiesOut'
          | 'contextTokens'
          | 'outputTokens'
          | 'tools'
          | 'structuredOutput'
          | 'languages'
          | 'trainingData'
          | 'baseModel'
          | 'tunable'
          | 'tuning'
          | 'parameters'
          | 'architecture'
          | 'quantisation'
          | 'weightsDigest'
          | 'regions'
          | 'trainsOnInputs'
          | 'retentionDays'
          | 'releasedOn'
          | 'deprecatedOn'
          | 'priceInput'
          | 'priceOutput'
          | 'snapshot'
          | 'benchmarks'
        value: number
      }
    | {
        kind: 'at-least'
        field:
          | 'description'
          | 'identity'
          | 'licence'
          | 'licenceLink'
          | 'card'
          | 'modalitiesIn'
          | 'modalitiesOut'
          | 'contextTokens'
          | 'outputTokens'
          | 'tools'
          | 'structuredOutput'
          | 'languages'
          | 'trainingData'
          | 'baseModel'
          | 'tunable'
          | 'tuning'
          | 'parameters'
          | 'architecture'
          | 'quantisation'
          | 'weightsDigest'
          | 'regions'
          | 'trainsOnInputs'
          | 'retentionDays'
          | 'releasedOn'
          | 'deprecatedOn'
          | 'priceInput'
          | 'priceOutput'
          | 'snapshot'
          | 'benchmarks'
        value: number
      }
    | {
        kind: 'within-residency'
        field:
          | 'description'
          | 'identity'
          | 'licence'
          | 'licenceLink'
          | 'card'
          | 'modalitiesIn'
          | 'modalitiesOut'
          | 'contextTokens'
          | 'outputTokens'
          | 'tools'
          | 'structuredOutput'
          | 'languages'
          | 'trainingData'
          | 'baseModel'
          | 'tunable'
          | 'tuning'
          | 'parameters'
          | 'architecture'
          | 'quantisation'
          | 'weightsDigest'
          | 'regions'
          | 'trainsOnInputs'
          | 'retentionDays'
          | 'releasedOn'
          | 'deprecatedOn'
          | 'priceInput'
          | 'priceOutput'
          | 'snapshot'
          | 'benchmarks'
      }
    | {
        kind: 'days-ahead'
        field:
          | 'description'
          | 'identity'
          | 'licence'
          | 'licenceLink'
          | 'card'
          | 'modalitiesIn'
          | 'modalitiesOut'
          | 'contextTokens'
          | 'outputTokens'
          | 'tools'
          | 'structuredOutput'
          | 'languages'
          | 'trainingData'
          | 'baseModel'
          | 'tunable'
          | 'tuning'
          | 'parameters'
          | 'architecture'
          | 'quantisation'
          | 'weightsDigest'
          | 'regions'
          | 'trainsOnInputs'
          | 'retentionDays'
          | 'releasedOn'
          | 'deprecatedOn'
          | 'priceInput'
          | 'priceOutput'
          | 'snapshot'
          | 'benchmarks'
        days: number
      }
  severity: 'fail' | 'warn'
  reason: string
  remedy: string
  enabled: boolean
  origin: 'program' | 'own'
}

export type ShownApproval = {
  stages: GatedStage[]
  dataClasses: ('none' | 'contact' | 'sensitive' | 'unknown')[]
  uses: ('commercial' | 'non-commercial')[]
  residency: string[]
  aliasAccepted: boolean
  id: string
  organisation: string
  model: string
  state: 'requested' | 'approved' | 'refused' | 'withdrawn'
  reason: string
  requestedBy: string
  requestedAt: string
  until: string
  findings: {
    rule: string
    title: string
    verdict: 'PASS' | 'FAIL' | 'WARN' | 'NOT_APPLICABLE'
    reason: string
    remedy: string | null
    rests: {
      field:
        | 'description'
        | 'identity'
        | 'licence'
        | 'licenceLink'
        | 'card'
        | 'modalitiesIn'
        | 'modalitiesOut'
        | 'contextTokens'
        | 'outputTokens'
        | 'tools'
        | 'structuredOutput'
        | 'languages'
        | 'trainingData'
        | 'baseModel'
        | 'tunable'
        | 'tuning'
        | 'parameters'
        | 'architecture'
        | 'quantisation'
        | 'weightsDigest'
        | 'regions'
        | 'trainsOnInputs'
        | 'retentionDays'
        | 'releasedOn'
        | 'deprecatedOn'
        | 'priceInput'
        | 'priceOutput'
        | 'snapshot'
        | 'benchmarks'
      standing: 'verified' | 'self-reported' | 'unknown'
    }[]
  }[]
  decidedBy: string | null
  decidedAt: string | null
  decisionReason: string | null
  withdrawnBy: string | null
  withdrawnAt: string | null
  withdrawalReason: string | null
  obligations: {
    licence: string | null
    state: 'listed' | 'not-listed' | 'unknown'
    title: string | null
    obligations: {
      kind: 'attribution' | 'notice' | 'share-alike' | 'use-restriction' | 'acceptable-use' | 'user-threshold'
      when: 'using' | 'showing' | 'passing-on' | 'deriving' | 'growing'
      text: string
      clause: string
      users?: number | undefined
      url?: string | undefined
    }[]
    sources: { title: string; url: string }[]
    asOf: string
    note: string
  }
  lineage: { complete: boolean; missing: string[] } | null
}

export type ApprovalStanding = {
  state: 'installation' | 'approved' | 'requested' | 'refused' | 'withdrawn' | 'expired' | 'none'
  stages: Stage[]
  until: string | null
}

export type CardFilter = {
  provider?: string | undefined
  text?: string | undefined
  licence?: string | undefined
  takes?: 'text' | 'image' | 'audio' | 'video' | 'file' | 'embedding' | undefined
  contextAtLeast?: number | undefined
  approvedFor?: Stage | undefined
}

export type FullModelCard = {
  model: string
  provider: string
  kind: 'local' | 'replay' | 'scripted' | 'remote'
  works: boolean
  reason: string | null
  completeness: {
    known: number
    verified: number
    of: number
    missing: (
      | 'description'
      | 'identity'
      | 'licence'
      | 'licenceLink'
      | 'card'
      | 'modalitiesIn'
      | 'modalitiesOut'
      | 'contextTokens'
      | 'outputTokens'
      | 'tools'
      | 'structuredOutput'
      | 'languages'
      | 'trainingData'
      | 'baseModel'
      | 'tunable'
      | 'tuning'
      | 'parameters'
      | 'architecture'
      | 'quantisation'
      | 'weightsDigest'
      | 'regions'
      | 'trainsOnInputs'
      | 'retentionDays'
      | 'releasedOn'
      | 'deprecatedOn'
      | 'priceInput'
      | 'priceOutput'
      | 'snapshot'
      | 'benchmarks'
    )[]
  }
  sameAs: { model: string; because: 'identity' | 'name' }[]
  approval: ApprovalStanding
  refreshedAt: string | null
  fields: {
    name:
      | 'description'
      | 'identity'
      | 'licence'
      | 'licenceLink'
      | 'card'
      | 'modalitiesIn'
      | 'modalitiesOut'
      | 'contextTokens'
      | 'outputTokens'
      | 'tools'
      | 'structuredOutput'
      | 'languages'
      | 'trainingData'
      | 'baseModel'
      | 'tunable'
      | 'tuning'
      | 'parameters'
      | 'architecture'
      | 'quantisation'
      | 'weightsDigest'
      | 'regions'
      | 'trainsOnInputs'
      | 'retentionDays'
      | 'releasedOn'
      | 'deprecatedOn'
      | 'priceInput'
      | 'priceOutput'
      | 'snapshot'
      | 'benchmarks'
    value:
      | string
      | number
      | boolean
      | string[]
      | { task: string; dataset: string; metric: string; value: number }[]
      | null
    standing: 'verified' | 'self-reported' | 'unknown'
    source: 'own' | 'installation' | 'weights' | 'training' | 'provider-list' | 'card' | 'price-book' | null
    place: string | null
    at: string | null
    how: string | null
    via: string | null
    otherwise: {
      value: string | number | boolean | string[] | { task: string; dataset: string; metric: string; value: number }[]
      source: 'own' | 'installation' | 'weights' | 'training' | 'provider-list' | 'card' | 'price-book'
      place: string
      at: string
    }[]
  }[]
  obligations: {
    licence: string | null
    state: 'listed' | 'not-listed' | 'unknown'
    title: string | null
    obligations: {
      kind: 'attribution' | 'notice' | 'share-alike' | 'use-restriction' | 'acceptable-use' | 'user-threshold'
      when: 'using' | 'showing' | 'passing-on' | 'deriving' | 'growing'
      text: string
      clause: string
      users?: number | undefined
      url?: string | undefined
    }[]
    sources: { title: string; url: string }[]
    asOf: string
    note: string
  }
  sources: {
    kind: 'own' | 'installation' | 'weights' | 'training' | 'provider-list' | 'card' | 'price-book'
    place: string
    recordedAt: string
    recordedBy: string | null
  }[]
}

export type ModelCardSummary = {
  model: string
  provider: string
  kind: 'local' | 'replay' | 'scripted' | 'remote'
  works: boolean
  reason: string | null
  completeness: {
    known: number
    verified: number
    of: number
    missing: (
      | 'description'
      | 'identity'
      | 'licence'
      | 'licenceLink'
      | 'card'
      | 'modalitiesIn'
      | 'modalitiesOut'
      | 'contextTokens'
      | 'outputTokens'
      | 'tools'
      | 'structuredOutput'
      | 'languages'
      | 'trainingData'
      | 'baseModel'
      | 'tunable'
      | 'tuning'
      | 'parameters'
      | 'architecture'
      | 'quantisation'
      | 'weightsDigest'
      | 'regions'
      | 'trainsOnInputs'
      | 'retentionDays'
      | 'releasedOn'
      | 'deprecatedOn'
      | 'priceInput'
      | 'priceOutput'
      | 'snapshot'
      | 'benchmarks'
    )[]
  }
  sameAs: { model: string; because: 'identity' | 'name' }[]
  approval: ApprovalStanding
  refreshedAt: string | null
  facts: {
    description?: string | undefined
    identity?: string | undefined
    licence?: string | undefined
    licenceLink?: string | undefined
    card?: string | undefined
    modalitiesIn?: ('text' | 'image' | 'audio' | 'video' | 'file' | 'embedding')[] | undefined
    modalitiesOut?: ('text' | 'image' | 'audio' | 'video' | 'file' | 'embedding')[] | undefined
    contextTokens?: number | undefined
    outputTokens?: number | undefined
    tools?: boolean | undefined
    structuredOutput?: boolean | undefined
    languages?: string[] | undefined
    trainingData?: string[] | undefined
    baseModel?: string[] | undefined
    tunable?: boolean | undefined
    tuning?: string[] | undefined
    parameters?: number | undefined
    architecture?: string | undefined
    quantisation?: string | undefined
    weightsDigest?: string | undefined
    regions?: string[] | undefined
    trainsOnInputs?: boolean | undefined
    retentionDays?: number | undefined
    releasedOn?: string | undefined
    deprecatedOn?: string | 'none' | undefined
    priceInput?: string | undefined
    priceOutput?: string | undefined
    snapshot?: boolean | undefined
    benchmarks?: { task: string; dataset: string; metric: string; value: number }[] | undefined
  }
}

export type ModelSourceInput =
  | {
      model: string
      kind: 'own'
      facts: {
        description?: string | undefined
        identity?: string | undefined
        licence?: string | undefined
        licenceLink?: string | undefined
        card?: string | undefined
        modalitiesIn?: ('text' | 'image' | 'audio' | 'video' | 'file' | 'embedding')[] | undefined
        modalitiesOut?: ('text' | 'image' | 'audio' | 'video' | 'file' | 'embedding')[] | undefined
        contextTokens?: number | undefined
        outputTokens?: number | undefined
        tools?: boolean | undefined
        structuredOutput?: boolean | undefined
        languages?: string[] | undefined
        trainingData?: string[] | undefined
        baseModel?: string[] | undefined
        tunable?: boolean | undefined
        tuning?: string[] | undefined
        parameters?: number | undefined
        architecture?: string | undefined
        quantisation?: string | undefined
        weightsDigest?: string | undefined
        regions?: string[] | undefined
        trainsOnInputs?: boolean | undefined
        retentionDays?: number | undefined
        releasedOn?: string | undefined
        deprecatedOn?: string | 'none' | undefined
        priceInput?: string | undefined
        priceOutput?: string | undefined
        snapshot?: boolean | undefined
        benchmarks?: { task: string; dataset: string; metric: string; value: number }[] | undefined
      }
      verified: Partial<
        Record<
          | 'description'
          | 'identity'
          | 'licence'
          | 'licenceLink'
          | 'card'
          | 'modalitiesIn'
          | 'modalitiesOut'
          | 'contextTokens'
          | 'outputTokens'
          | 'tools'
          | 'structuredOutput'
          | 'languages'
          | 'trainingData'
          | 'baseModel'
          | 'tunable'
          | 'tuning'
          | 'parameters'
          | 'architecture'
          | 'quantisation'
          | 'weightsDigest'
          | 'regions'
          | 'trainsOnInputs'
          | 'retentionDays'
          | 'releasedOn'
          | 'deprecatedOn'
          | 'priceInput'
          | 'priceOutput'
          | 'snapshot'
          | 'benchmarks',
          string
        >
      >
    }
  | {
      model: string
      kind: 'card'
      content?: string | undefined
      url?: string | undefined
      identity?: string | undefined
    }

export type ModelCard = {
  model: string
  provider: string
  kind: 'local' | 'replay' | 'scripted' | 'remote'
  title: string
  description: string
  works: boolean
  reason: string | null
  mutable: string | null
  price: ModelPrice | null
  parameters: Record<string, string>
}

export type ModelPrice = {
  input: string
  output: string
  cacheRead: string | null
  cacheWrite: string | null
  cacheWriteHour?: string | undefined
  reasoning?: string | undefined
  inputAudio?: string | undefined
  cacheReadAudio?: string | undefined
  outputAudio?: string | undefined
  inputImage?: string | undefined
  outputImage?: string | undefined
  perThousandPictures?: string | undefined
  perThousandRequests?: string | undefined
  perThousandCalls?: Record<string, string> | undefined
  longContext?:
    | {
        above: number
        applies: 'whole' | 'excess'
        rates: {
          input?: string | undefined
          output?: string | undefined
          cacheRead?: string | null | undefined
          cacheWrite?: string | null | undefined
          cacheWriteHour?: string | undefined
          reasoning?: string | undefined
          inputAudio?: string | undefined
          cacheReadAudio?: string | undefined
          outputAudio?: string | undefined
          inputImage?: string | undefined
          outputImage?: string | undefined
          perThousandPictures?: string | undefined
          perThousandRequests?: string | undefined
          perThousandCalls?: Record<string, string> | undefined
        }
      }[]
    | undefined
  tiers?:
    | Record<
        string,
        {
          input?: string | undefined
          output?: string | undefined
          cacheRead?: string | null | undefined
          cacheWrite?: string | null | undefined
          cacheWriteHour?: string | undefined
          reasoning?: string | undefined
          inputAudio?: string | undefined
          cacheReadAudio?: string | undefined
          outputAudio?: string | undefined
          inputImage?: string | undefined
          outputImage?: string | undefined
          perThousandPictures?: string | undefined
          perThousandRequests?: string | undefined
          perThousandCalls?: Record<string, string> | undefined
          longContext?:
            | {
                above: number
                applies: 'whole' | 'excess'
                rates: {
                  input?: string | undefined
                  output?: string | undefined
                  cacheRead?: string | null | undefined
                  cacheWrite?: string | null | undefined
                  cacheWriteHour?: string | undefined
                  reasoning?: string | undefined
                  inputAudio?: string | undefined
                  cacheReadAudio?: string | undefined
                  outputAudio?: string | undefined
                  inputImage?: string | undefined
                  outputImage?: string | undefined
                  perThousandPictures?: string | undefined
                  perThousandRequests?: string | undefined
                  perThousandCalls?: Record<string, string> | undefined
                }
              }[]
            | undefined
        }
      >
    | undefined
  hours?:
    | {
        from: string
        until: string
        rates: {
          input?: string | undefined
          output?: string | undefined
          cacheRead?: string | null | undefined
          cacheWrite?: string | null | undefined
          cacheWriteHour?: string | undefined
          reasoning?: string | undefined
          inputAudio?: string | undefined
          cacheReadAudio?: string | undefined
          outputAudio?: string | undefined
          inputImage?: string | undefined
          outputImage?: string | undefined
          perThousandPictures?: string | undefined
          perThousandRequests?: string | undefined
          perThousandCalls?: Record<string, string> | undefined
        }
      }[]
    | undefined
  source: string
}

export type Provider = {
  name: string
  dialect: 'openai' | 'anthropic' | 'azure' | 'gemini' | 'vertex' | 'bedrock' | 'cohere'
  baseUrl: string
  speaks: ('chat' | 'responses' | 'messages' | 'count-tokens' | 'embeddings' | 'images')[]
  credentials: Credential[]
  builtIn: boolean
  updatedAt: string | null
}

export type ProviderInput = {
  dialect: 'openai' | 'anthropic' | 'azure' | 'gemini' | 'vertex' | 'bedrock' | 'cohere'
  baseUrl: string
  credential?:
    | string
    | { env: string }
    | { file: string }
    | { aws: 'chain' | 'environment' | 'web-identity' | 'profile' | 'container' | 'instance' }
    | {
        azure: 'chain' | 'workload' | 'app-service' | 'instance'
        clientId?: string | undefined
        scope?: string | undefined
      }
    | { google: 'chain' | 'file' | 'instance' }
    | {
        serviceAccount: {
          type: 'service_account'
          client_email: string
          private_key: string
          private_key_id?: string | undefined
          token_uri: string
        }
      }
    | {
        externalAccount: {
          type: 'external_account'
          audience: string
          subject_token_type: string
          token_url: string
          service_account_impersonation_url?: string | undefined
          service_account_impersonation?: { token_lifetime_seconds?: number | undefined } | undefined
          credential_source: {
            file?: string | undefined
            url?: string | undefined
            headers: Record<string, string>
            format: { type: 'text' } | { type: 'json'; subject_token_field_name: string }
          }
        }
      }
    | { entra: { tenant: string; client_id: string; client_secret: string; authority: string; scope: string } }
    | { folder: string }
    | undefined
  credentials?: NamedCredentialInput[] | undefined
  speaks?: ('chat' | 'responses' | 'messages' | 'count-tokens' | 'embeddings' | 'images')[] | undefined
}

export type ProviderTest =
  | { kind: 'reached'; milliseconds: number; models: string[] }
  | { kind: 'failed'; milliseconds: number; code: string; reason: string }

export type Credential = {
  name: string
  kind: 'stored' | 'env' | 'file' | 'aws' | 'azure' | 'google'
  from: string | null
  inForce: boolean
  state: CredentialState
}

export type CredentialState =
  | { kind: 'ready' }
  | { kind: 'missing'; reason: string }
  | { kind: 'resting'; until: string; reason: string }

export type KeptCredential =
  | { name: string; inForce: boolean; kind: 'env'; env: string }
  | { name: string; inForce: boolean; kind: 'file'; file: string }
  | { name: string; inForce: boolean; kind: 'folder'; folder: string }
  | {
      name: string
      inForce: boolean
      kind: 'aws'
      aws: 'chain' | 'environment' | 'web-identity' | 'profile' | 'container' | 'instance'
    }
  | {
      name: string
      inForce: boolean
      kind: 'azure'
      azure: 'chain' | 'workload' | 'app-service' | 'instance'
      clientId?: string | undefined
      scope?: string | undefined
    }
  | { name: string; inForce: boolean; kind: 'google'; google: 'chain' | 'file' | 'instance' }
  | { name: string; inForce: boolean; kind: 'sealed'; sealed: string }

export type NamedCredentialInput = {
  name: string
  source?:
    | string
    | { env: string }
    | { file: string }
    | { aws: 'chain' | 'environment' | 'web-identity' | 'profile' | 'container' | 'instance' }
    | {
        azure: 'chain' | 'workload' | 'app-service' | 'instance'
        clientId?: string | undefined
        scope?: string | undefined
      }
    | { google: 'chain' | 'file' | 'instance' }
    | {
        serviceAccount: {
          type: 'service_account'
          client_email: string
          private_key: string
          private_key_id?: string | undefined
          token_uri: string
        }
      }
    | {
        externalAccount: {
          type: 'external_account'
          audience: string
          subject_token_type: string
          token_url: string
          service_account_impersonation_url?: string | undefined
          service_account_impersonation?: { token_lifetime_seconds?: number | undefined } | undefined
          credential_source: {
            file?: string | undefined
            url?: string | undefined
            headers: Record<string, string>
            format: { type: 'text' } | { type: 'json'; subject_token_field_name: string }
          }
        }
      }
    | { entra: { tenant: string; client_id: string; client_secret: string; authority: string; scope: string } }
    | { folder: string }
    | undefined
  inForce: boolean
}

export type ExitExport = {
  schema: 'airworthy.exit/1'
  application: string
  release: string
  digest: string
  at: string
  models: {
    name: string
    digest: string
    model: string
    parameters: Record<string, unknown>
    mutable: string | null
    adapter?: AdapterPart | undefined
    endsOn: string | null
  }[]
  prompts: PromptPart[]
  flow: FlowPart
  datasets: { name: string; digest: string; examples: Example[] }[]
  suites: Suite[]
  fallbacks: Fallback[]
}

export type Fallback = {
  release: string
  models: string[]
  experiment: string
  difference: number | null
  low: number
  margin: number
  n: number
}

export type GatewayReport = {
  process: string
  at: string
  underWay: number
  window: {
    seconds: number
    requests: number
    cancelled: number
    errors: Record<string, number>
    latencyMs: { p50: number; p95: number; p99: number } | null
    firstTokenMs: { p50: number; p95: number; p99: number } | null
    overheadMs: { p50: number; p95: number; p99: number } | null
    servedBy: Record<string, number>
    guardrails: Record<string, number>
  }
  perSecond: number[]
  cache: { hits: number; misses: number; shared: number; near: number; entries: number; bytes: number }
  targets: TargetReport[]
  budgets: { provider: string; asked: number; again: number; refused: number }[]
  credentials: { provider: string; name: string; state: CredentialState }[]
}

export type TargetReport = {
  model: string
  breaker: 'closed' | 'open' | 'half-open'
  restsMs: number
  underWay: number
  latencyMs: number | null
  answered: number
  failedBy: Record<string, number>
}

export type KeptPriceBook = { name: string; digest: string; keptAt: string; content: unknown }

export type OwnPrice = {
  model: string
  version: number
  from: string
  rates: {
    input: string
    output: string
    cacheRead?: string | null | undefined
    cacheWrite?: string | null | undefined
    cacheWriteHour?: string | undefined
    reasoning?: string | undefined
    inputAudio?: string | undefined
    cacheReadAudio?: string | undefined
    outputAudio?: string | undefined
    inputImage?: string | undefined
    outputImage?: string | undefined
    perThousandPictures?: string | undefined
    perThousandRequests?: string | undefined
    perThousandCalls?: Record<string, string> | undefined
    longContext?:
      | {
          above: number
          applies: 'whole' | 'excess'
          rates: {
            input?: string | undefined
            output?: string | undefined
            cacheRead?: string | null | undefined
            cacheWrite?: string | null | undefined
            cacheWriteHour?: string | undefined
            reasoning?: string | undefined
            inputAudio?: string | undefined
            cacheReadAudio?: string | undefined
            outputAudio?: string | undefined
            inputImage?: string | undefined
            outputImage?: string | undefined
            perThousandPictures?: string | undefined
            perThousandRequests?: string | undefined
            perThousandCalls?: Record<string, string> | undefined
          }
        }[]
      | undefined
    tiers?:
      | Record<
          string,
          {
            input?: string | undefined
            output?: string | undefined
            cacheRead?: string | null | undefined
            cacheWrite?: string | null | undefined
            cacheWriteHour?: string | undefined
            reasoning?: string | undefined
            inputAudio?: string | undefined
            cacheReadAudio?: string | undefined
            outputAudio?: string | undefined
            inputImage?: string | undefined
            outputImage?: string | undefined
            perThousandPictures?: string | undefined
            perThousandRequests?: string | undefined
            perThousandCalls?: Record<string, string> | undefined
            longContext?:
              | {
                  above: number
                  applies: 'whole' | 'excess'
                  rates: {
                    input?: string | undefined
                    output?: string | undefined
                    cacheRead?: string | null | undefined
                    cacheWrite?: string | null | undefined
                    cacheWriteHour?: string | undefined
                    reasoning?: string | undefined
                    inputAudio?: string | undefined
                    cacheReadAudio?: string | undefined
                    outputAudio?: string | undefined
                    inputImage?: string | undefined
                    outputImage?: string | undefined
                    perThousandPictures?: string | undefined
                    perThousandRequests?: string | undefined
                    perThousandCalls?: Record<string, string> | undefined
                  }
                }[]
              | undefined
          }
        >
      | undefined
    hours?:
      | {
          from: string
          until: string
          rates: {
            input?: string | undefined
            output?: string | undefined
            cacheRead?: string | null | undefined
            cacheWrite?: string | null | undefined
            cacheWriteHour?: string | undefined
            reasoning?: string | undefined
            inputAudio?: string | undefined
            cacheReadAudio?: string | undefined
            outputAudio?: string | undefined
            inputImage?: string | undefined
            outputImage?: string | undefined
            perThousandPictures?: string | undefined
            perThousandRequests?: string | undefined
            perThousandCalls?: Record<string, string> | undefined
          }
        }[]
      | undefined
  } | null
  reason: string
  putAt: string
  putBy: string
}

export type OwnPriceInput = {
  rates: {
    input: string
    output: string
    cacheRead?: string | null | undefined
    cacheWrite?: string | null | undefined
    cacheWriteHour?: string | undefined
    reasoning?: string | undefined
    inputAudio?: string | undefined
    cacheReadAudio?: string | undefined
    outputAudio?: string | undefined
    inputImage?: string | undefined
    outputImage?: string | undefined
    perThousandPictures?: string | undefined
    perThousandRequests?: string | undefined
    perThousandCalls?: Record<string, string> | undefined
    longContext?:
      | {
          above: number
          applies: 'whole' | 'excess'
          rates: {
            input?: string | undefined
            output?: string | undefined
            cacheRead?: string | null | undefined
            cacheWrite?: string | null | undefined
            cacheWriteHour?: string | undefined
            reasoning?: string | undefined
            inputAudio?: string | undefined
            cacheReadAudio?: string | undefined
            outputAudio?: string | undefined
            inputImage?: string | undefined
            outputImage?: string | undefined
            perThousandPictures?: string | undefined
            perThousandRequests?: string | undefined
            perThousandCalls?: Record<string, string> | undefined
          }
        }[]
      | undefined
    tiers?:
      | Record<
          string,
          {
            input?: string | undefined
            output?: string | undefined
            cacheRead?: string | null | undefined
            cacheWrite?: string | null | undefined
            cacheWriteHour?: string | undefined
            reasoning?: string | undefined
            inputAudio?: string | undefined
            cacheReadAudio?: string | undefined
            outputAudio?: string | undefined
            inputImage?: string | undefined
            outputImage?: string | undefined
            perThousandPictures?: string | undefined
            perThousandRequests?: string | undefined
            perThousandCalls?: Record<string, string> | undefined
            longContext?:
              | {
                  above: number
                  applies: 'whole' | 'excess'
                  rates: {
                    input?: string | undefined
                    output?: string | undefined
                    cacheRead?: string | null | undefined
                    cacheWrite?: string | null | undefined
                    cacheWriteHour?: string | undefined
                    reasoning?: string | undefined
                    inputAudio?: string | undefined
                    cacheReadAudio?: string | undefined
                    outputAudio?: string | undefined
                    inputImage?: string | undefined
                    outputImage?: string | undefined
                    perThousandPictures?: string | undefined
                    perThousandRequests?: string | undefined
                    perThousandCalls?: Record<string, string> | undefined
                  }
                }[]
              | undefined
          }
        >
      | undefined
    hours?:
      | {
          from: string
          until: string
          rates: {
            input?: string | undefined
            output?: string | undefined
            cacheRead?: string | null | undefined
            cacheWrite?: string | null | undefined
            cacheWriteHour?: string | undefined
            reasoning?: string | undefined
            inputAudio?: string | undefined
            cacheReadAudio?: string | undefined
            outputAudio?: string | undefined
            inputImage?: string | undefined
            outputImage?: string | undefined
            perThousandPictures?: string | undefined
            perThousandRequests?: string | undefined
            perThousandCalls?: Record<string, string> | undefined
          }
        }[]
      | undefined
  }
  from?: string | undefined
  reason: string
}

export type PriceBookInForce = {
  name: string
  digest: string
  asOf: string
  note: string
  sources: Record<string, string>
  models: number
}

export type PriceOfModel = {
  model: string
  price: ModelPrice | null
  book: { name: string; digest: string }
  own: OwnPrice[]
}

export type Counted = 'requests' | 'tokens' | 'input-tokens' | 'output-tokens'

export type DeclaredLimit = { counted: Counted; per: Per; limit: number | null }

export type Per = 'second' | 'minute' | 'hour' | 'day' | 'month'

export type Quota = {
  target: string
  credential: string | null
  read: { limits: ReadLimit[]; at: string } | null
  declared: { limits: DeclaredLimit[]; at: string; by: string } | null
}

export type QuotaInput = { target: string; credential?: string | undefined; limits: DeclaredLimit[] }

export type ReadLimit = {
  counted: Counted
  per: Per | null
  limit: number
  remaining: number | null
  lowest?: { remaining: number; at: string } | null | undefined
}

export type ModelRound = {
  id: string
  organisation: string
  application: string
  number: number
  title: string
  ledBy: string | null
  steps: RoundStep[]
  outcome: RoundOutcome | null
  createdBy: string
  createdAt: string
}

export type OutcomeKind = 'chosen' | 'kept' | 'adapted' | 'dropped'

export type RoundOutcome = { kind: OutcomeKind; model: string | null; reason: string; by: string; at: string }

export type RoundStep =
  | {
      kind: 'shortlist'
      shortlist: string
      title: string
      looked: number
      left: string[]
      chosen: string | null
      by: string
      at: string
    }
  | {
      suite: string
      evaluator: string | null
      unit: string | null
      better: 'higher' | 'lower' | null
      reference: string | null
      kind: 'comparison'
      items: {
        model: string
        experiment: string
        release: string
        quality: { value: number | null; interval: Interval | null; n: number; errors: number }
        difference: {
          value: number | null
          interval: Interval | null
          verdict: 'better' | 'worse' | 'equivalent' | 'undecided'
          pairs: number
        } | null
        latencyMs: { value: number; n: number } | null
        costPerTaskMicroUsd: string | null
      }[]
      weighing: {
        weights: Partial<Record<'quality' | 'cost' | 'latency' | 'firstToken' | 'effort' | 'approval', number>>
        items: {
          model: string
          total: number | null
          low: number
          high: number
          parts: Partial<
            Record<
              'quality' | 'cost' | 'latency' | 'firstToken' | 'effort' | 'approval',
              { low: number; value: number | null; high: number }
            >
          >
        }[]
        clear: string | null
        turns: {
          criterion: 'quality' | 'cost' | 'latency' | 'firstToken' | 'effort' | 'approval'
          from: number
          to: number
          leads: string
        }[]
      } | null
      by: string
      at: string
    }
  | {
      kind: 'tuning'
      tuning: string
      prompt: string
      suite: string
      evaluator: string
      unit: string
      calls: number
      proposer: string | null
      present: { id: string; title: string; n: number; mean: number | null; interval: Interval | null }
      best: { id: string; title: string; n: number; mean: number | null; interval: Interval | null }
      by: string
      at: string
    }
  | { kind: 'adaptation'; what: string; release: string | null; by: string; at: string }

export type TuningStep = {
  kind: 'tuning'
  tuning: string
  prompt: string
  suite: string
  evaluator: string
  unit: string
  calls: number
  proposer: string | null
  present: { id: string; title: string; n: number; mean: number | null; interval: Interval | null }
  best: { id: string; title: string; n: number; mean: number | null; interval: Interval | null }
}

export type ModelRoute = {
  strategy: RouteStrategy
  targets: RouteTarget[]
  retries?: number | undefined
  timeouts?: RouteTimeouts | undefined
  affinity?: 'prompt' | 'none' | undefined
  onDisconnect: 'cancel' | 'drain'
  cache?: { ttlMs: number; sharedBy: 'key' | 'organisation' } | undefined
  onUnsupported?: 'reject' | 'warn' | 'drop' | undefined
  onUnknownPrice?: 'block' | 'flag' | undefined
  name: string
  updatedAt: string
}

export type ModelRouteInput = {
  strategy: RouteStrategy
  targets: RouteTarget[]
  retries?: number | undefined
  timeouts?: RouteTimeouts | undefined
  affinity?: 'prompt' | 'none' | undefined
  onDisconnect: 'cancel' | 'drain'
  cache?: { ttlMs: number; sharedBy: 'key' | 'organisation' } | undefined
  onUnsupported?: 'reject' | 'warn' | 'drop' | undefined
  onUnknownPrice?: 'block' | 'flag' | undefined
}

export type RouteTarget = { model: string; weight: number; when?: TargetCondition | undefined }

export type RouteTimeouts = {
  connectMs?: number | undefined
  headersMs?: number | undefined
  firstTokenMs?: number | undefined
  idleMs?: number | undefined
  totalMs?: number | undefined
}

export type AttachInput = { address: string; name?: string | undefined; credential?: string | undefined }

export type Attached = {
  provider: Provider
  server: ServerKind
  version: string | null
  models: string[]
  load: ServerLoad
}

export type ServerKind = 'vllm' | 'llamacpp' | 'ollama' | 'tgi' | 'openai-compatible'

export type ServerLoad = {
  server: ServerKind | null
  version: string | null
  healthy: boolean
  reason: string | null
  running: number | null
  waiting: number | null
  capacity: number | null
  cacheUsed: number | null
  tokensPerSecond: number | null
  loaded: string[] | null
  at: string
}

export type ComparedModel = {
  model: string
  servingMode: 'embedded' | 'self-hosted' | 'cloud' | 'api'
  experiment: string
  release: string
  arm: string
  quality: { value: number | null; interval: Interval | null; n: number; errors: number }
  difference: {
    value: number | null
    interval: Interval | null
    verdict: 'better' | 'worse' | 'equivalent' | 'undecided'
    pairs: number
  } | null
  firstTokenMs: { value: number; n: number } | null
  latencyMs: { value: number; n: number } | null
  tokensPerSecond: { value: number; n: number } | null
  costPerTaskMicroUsd: string | null
  effort: { setUpHours: number; hoursPerMonth: number } | null
  compliance: { approval: string; licence: string | null; regions: string[]; trainsOnInputs: boolean | null }
  publicBenchmarks: { dataset: string; metric: string; value: number }[]
}

export type Effort = { model: string; setUpHours: number; hoursPerMonth: number; by: string; at: string }

export type Elimination = { model: string; reason: string; by: string; at: string }

export type ModelComparison = {
  application: string
  suite: string
  evaluator: string | null
  unit: string | null
  better: 'higher' | 'lower' | null
  reference: string | null
  items: ComparedModel[]
  notes: string[]
}

export type Shortlist = {
  id: string
  organisation: string
  title: string
  application: string | null
  criteria: {
    text?: string | undefined
    takes: ('text' | 'image' | 'audio' | 'video' | 'file' | 'embedding')[]
    gives: ('text' | 'image' | 'audio' | 'video' | 'file' | 'embedding')[]
    contextAtLeast?: number | undefined
    outputAtLeast?: number | undefined
    must: ('tools' | 'structuredOutput' | 'tunable' | 'snapshot')[]
    servingModes: ('embedded' | 'self-hosted' | 'cloud' | 'api')[]
    licences: string[]
    use?:
      | {
          stage: Stage
          use: 'commercial' | 'non-commercial'
          dataClass: 'none' | 'contact' | 'sensitive' | 'unknown'
          residency: string[]
        }
      | undefined
    approvedOnly: boolean
    budget?:
      | {
          dollarsPerMonth: string
          volume: {
            requestsPerMonth: { low: number; high: number }
            inputTokens: { low: number; high: number }
            outputTokens: { low: number; high: number }
          }
        }
      | undefined
    measured?:
      | {
          application: string
          suite: string
          quality?: number | undefined
          latencyMsAtMost?: number | undefined
          microUsdPerTaskAtMost?: string | undefined
        }
      | undefined
    sortBy?: 'price' | 'quality' | 'latency' | 'cost' | undefined
  }
  candidates: {
    model: string
    servingMode: 'embedded' | 'self-hosted' | 'cloud' | 'api'
    outcome: 'kept' | 'open' | 'eliminated'
    reasons: { criterion: string; kind: 'out' | 'unknown'; why: string }[]
    monthly: { low: string; high: string } | null
    measured: {
      evaluator: string
      better: 'higher' | 'lower'
      experiment: string
      quality: { value: number | null; interval: Interval | null; n: number }
      latencyMs: { value: number; n: number } | null
      costPerTaskMicroUsd: string | null
    } | null
    approval: string
    known: number
    of: number
  }[]
  eliminations: Elimination[]
  efforts: Effort[]
  decision: ShortlistDecision | null
  createdBy: string
  createdAt: string
}

export type ShortlistDecision = {
  chosen: string
  reasons: string[]
  dissent: string | null
  revisitWhen: string | null
  weighing: {
    weights: Partial<Record<'quality' | 'cost' | 'latency' | 'firstToken' | 'effort' | 'approval', number>>
    items: {
      model: string
      total: number | null
      low: number
      high: number
      parts: Partial<
        Record<
          'quality' | 'cost' | 'latency' | 'firstToken' | 'effort' | 'approval',
          { low: number; value: number | null; high: number }
        >
      >
    }[]
    clear: string | null
    turns: {
      criterion: 'quality' | 'cost' | 'latency' | 'firstToken' | 'effort' | 'approval'
      from: number
      to: number
      leads: string
    }[]
    suite: string
  } | null
  by: string
  at: string
}

export type ModeFigures = {
  mode: TimingMode
  asked: number
  errors: number
  problem: string | null
  atATime: number | null
  wallMs: number
  latencyMs: { n: number; median: number; p95: number; interval: Interval } | null
  firstTokenMs: { n: number; median: number; p95: number; interval: Interval } | null
  tokensPerSecond: number | null
  answersPerMinute: number | null
  costMicroUsd: string | null
}

export type ModelTiming = {
  id: string
  model: string
  application: string
  suite: string
  questions: number
  state: string
  progress: { done: number; total: number | null }
  error: string | null
  modes: ModeFigures[] | null
  createdAt: string
}

export type TimingMode = 'chat' | 'stream' | 'concurrent' | 'batch'

export type TrainingRunSummary = {
  id: string
  organisation: string
  model: string
  digest: string
  mlflowRun: string | null
  method:
    | 'pre-training'
    | 'full'
    | 'LoRA'
    | 'QLoRA'
    | 'DPO'
    | 'RLHF'
    | 'distillation'
    | 'merging'
    | 'quantisation'
    | 'by-provider'
    | 'other'
    | null
  base: string[]
  teacher: string | null
  datasets: (
    | { kind: 'version'; dataset: string; version: number; digest: string; application: string | null }
    | { kind: 'elsewhere'; name: string; digest: string | null; licence: string | null; source: string | null }
  )[]
  code: { repository: string | null; revision: string } | null
  seed: number | null
  frameworks: Record<string, string>
  hardware: { name: string; count: number; hours: number } | null
  costMicroUsd: string | null
  startedAt: string | null
  endedAt: string | null
  figures: { name: string; value: number; n: number | null; low: number | null; high: number | null }[]
  note: string | null
  replaces: string | null
  recordedBy: string
  recordedAt: string
}

export type ModelProbe = {
  id: string
  organisation: string
  model: string
  at: string
  probeSet: string
  answers: {
    prompt: string
    repeat: number
    text: string
    digest: string
    firstTokenMs: number | null
    latencyMs: number
    outputTokens: number
  }[]
  responseModels: string[]
  fingerprints: string[]
  verdict: {
    kind: 'first' | 'same' | 'changed' | 'undecided'
    because: 'version' | 'fingerprint' | 'answers' | null
    why: string
    identical: { value: number; n: number }
    within: number | null
    between: number | null
    pValue: number | null
    level: number
    detects: number
  } | null
  failure: string | null
  costMicroUsd: string | null
  revision: number
  isReference: boolean
}

export type ModelTask = {
  id: string
  organisation: string
  model: string
  kind: TaskKind
  key: string
  title: string
  detail: string
  deadline: string | null
  applications: string[]
  state: 'open' | 'done'
  openedAt: string
  closedBy: string | null
  closedAt: string | null
  resolution: string | null
}

export type TaskKind = 'answers-changed' | 'ends' | 'vanished' | 'terms-changed'

export type Weights = {
  id: string
  organisation: string
  model: string
  path: string
  revision: string | null
  state: 'inspecting' | 'accepted' | 'refused' | 'failed'
  digest: string | null
  bytes: number
  files: {
    format:
      | 'safetensors'
      | 'gguf'
      | 'numpy'
      | 'text'
      | 'code'
      | 'tokenizer'
      | 'picture'
      | 'pickle'
      | 'archive'
      | 'keras'
      | 'program'
      | 'pointer'
      | 'unrecognised'
    verdict: 'accepted' | 'refused'
    reason: string | null
    header: {
      version: number | null
      tensors: number
      parameters: number
      types: Record<string, number>
      name: string | null
      architecture: string | null
      quantisation: string | null
      contextTokens: number | null
      licence: string | null
      metadata: Record<string, string>
    } | null
    path: string
    bytes: number
    sha256: string
    modifiedMs: number
  }[]
  signature: {
    state: 'none' | 'verified' | 'unverified' | 'broken'
    file: string | null
    key: string | null
    claims: string | null
    signedBy: { issuer: string; subject: string } | null
    why: string
  }
  problems: string[]
  expected: Record<string, string>
  trustedKey: string | null
  trustedIdentity: { issuer: string; subject: string; trustedRoot: string } | null
  job: string
  registeredBy: string
  registeredAt: string
  inspectedAt: string | null
}

export type WeightsRegistration = {
  model: string
  path: string
  revision?: string | undefined
  expected: Record<string, string>
  trustedKey?: string | undefined
  trustedIdentity?: { issuer: string; subject: string; trustedRoot: string } | undefined
}

export type WeightsSummary = {
  id: string
  organisation: string
  model: string
  path: string
  revision: string | null
  state: 'inspecting' | 'accepted' | 'refused' | 'failed'
  digest: string | null
  bytes: number
  signature: {
    state: 'none' | 'verified' | 'unverified' | 'broken'
    file: string | null
    key: string | null
    claims: string | null
    signedBy: { issuer: string; subject: string } | null
    why: string
  }
  problems: string[]
  job: string
  registeredBy: string
  registeredAt: string
  inspectedAt: string | null
  fileCount: number
}

export type ServedHeldCall = {
  id: string
  organisation: string
  application: string
  stage: Stage
  release: string
  trace: string
  tool: string
  toolDigest: string
  arguments: string
  user: string | null
  askedBy: string
  at: string
  until: string
  state: 'waiting' | 'making' | 'made' | 'failed' | 'refused' | 'lapsed' | 'unknown'
  result: string | null
  error: string | null
  reason: string
  decidedBy: string | null
  decidedAt: string | null
  yours: boolean
}

export type OversightStanding = {
  application: string
  plan: OversightPlan | null
  overseers: { named: string; actor: string | null }[]
  isOverseer: boolean
  waiting: number
  decided: number
  overruled: number
  lapsed: number
  stopTest: {
    id: string
    organisation: string
    application: string
    release: string
    seconds: number | null
    answersAgain: boolean
    by: string
    at: string
  } | null
  stopped: string | null
}

export type ServedHeldAnswer = {
  id: string
  organisation: string
  application: string
  stage: Stage
  release: string
  trace: string
  kinds: string[]
  mode: 'hold' | 'flag'
  turns: Turn[]
  answer: string
  user: string | null
  askedBy: string
  at: string
  until: string | null
  state: 'waiting' | 'released' | 'edited' | 'refused' | 'lapsed'
  given: string | null
  reason: string
  decidedBy: string | null
  decidedAt: string | null
  yours: boolean
}

export type Posture = { verdict: 'sound' | 'weak' | 'unknown'; at: string; findings: PostureFinding[] }

export type PostureFinding = {
  id: string
  title: string
  verdict: PostureVerdict
  found: string
  remedy: string | null
}

export type PostureVerdict = 'sound' | 'note' | 'weak' | 'unknown'

export type Deletion = {
  id: string
  organisation: string
  state: 'listing' | 'proposed' | 'running' | 'done' | 'failed' | 'withdrawn' | 'expired'
  subject: SubjectMark
  found: { place: string; fate: 'remove' | 'replace' | 'keep'; count: number; why: string | null }[]
  deleted: { place: string; fate: 'remove' | 'replace' | 'keep'; count: number; why: string | null }[]
  proposedBy: string
  proposedAt: string
  confirmedBy: string | null
  confirmedAt: string | null
  finishedAt: string | null
  inForceUntil: string | null
  error: string | null
}

export type Receipt = {
  schema: 'airworthy.deletion-receipt/1'
  id: string
  organisation: string
  subject: SubjectMark
  proposedBy: string
  proposedAt: string
  confirmedBy: string
  confirmedAt: string
  finishedAt: string
  deleted: { place: string; fate: 'remove' | 'replace' | 'keep'; count: number; why: string | null }[]
  kept: { place: string; fate: 'remove' | 'replace' | 'keep'; count: number; why: string | null }[]
  elsewhere: string[]
  backupsUntil: string
}

export type Retention = {
  application: string | null
  purpose: string | null
  lawfulBasis:
    | 'consent'
    | 'contract'
    | 'legal-obligation'
    | 'vital-interests'
    | 'public-task'
    | 'legitimate-interests'
    | null
  tracesDays: number | null
  saidBy: 'blueprint' | 'installation' | 'nobody'
  last: { at: string; before: string; removed: number } | null
}

export type SignedReceipt = { receipt: Receipt; envelope: Envelope }

export type SubjectMark = { user: string | null; identifiers: string[] }

export type LintFinding = {
  code:
    | 'key-unknown'
    | 'model-unused'
    | 'schema-unusable'
    | 'template-unusable'
    | 'role-missing'
    | 'format-missing'
    | 'examples-missing'
    | 'placeholder-unused'
    | 'placeholder-undeclared'
    | 'placeholder-unfilled'
    | 'passages-unnumbered'
    | 'role-bare'
    | 'input-injectable'
    | 'over-context'
    | 'overlong'
    | 'repeated'
    | 'contradictory'
    | 'schema-contradiction'
  severity: 'error' | 'warning' | 'advice'
  prompt: string
  file: string
  line?: number | undefined
  field: string
  message: string
  remedy: string
}

export type PromptLabel = { stage: Stage; number: number; digest: string; release: string; arm: Arm; share: number }

export type PromptSummary = { name: string; versions: number; latest: PromptVersion; labels: PromptLabel[] }

export type PromptUse = { release: string; number: number; flow: 'flow' | 'baseline'; step: string; model: string }

export type PromptVersion = {
  application: string
  name: string
  number: number
  digest: string
  frontMatter: Record<string, unknown>
  body: string
  partials: Record<string, string> | null
  firstRelease: string
  at: string
}

export type PromptVersionWithUse = {
  application: string
  name: string
  number: number
  digest: string
  frontMatter: Record<string, unknown>
  body: string
  partials: Record<string, string> | null
  firstRelease: string
  at: string
  releases: string[]
  labels: PromptLabel[]
}

export type Rendered =
  | { kind: 'rendered'; turns: Turn[]; tokens: number }
  | { kind: 'not-rendered'; code: string; message: string }

export type KeptCase = { turns: Turn[]; expected?: string | undefined }

export type KeptFrom =
  | { kind: 'release'; release: string }
  | { kind: 'model'; model: string; parameters: Record<string, unknown>; system: string }

export type MadeFiles = { application: string; files: Record<string, string | { base64: string }>; suite: string }

export type PromptPattern = { name: string; title: string; when: string; source: string; prompt: string; cases: number }

export type RewordingQuote = {
  calls: number
  variants: number
  there: number
  costMicroUsd: string | null
  basis: string
}

export type RewordingResult = {
  given: number
  kept: number
  dropped: Partial<
    Record<
      | 'missing'
      | 'unasked'
      | 'empty'
      | 'refusal'
      | 'same'
      | 'length'
      | 'number'
      | 'date'
      | 'quotation'
      | 'literal'
      | 'language',
      number
    >
  >
  droppedVariants: {
    of: string
    kind: string
    flaw:
      | 'missing'
      | 'unasked'
      | 'empty'
      | 'refusal'
      | 'same'
      | 'length'
      | 'number'
      | 'date'
      | 'quotation'
      | 'literal'
      | 'language'
    why: string
  }[]
  failed: number
  problem: string | null
  outdated: number
  snapshots: string[]
  spentMicroUsd: string | null
  stoppedEarly: string | null
  suite: string | null
  originals: number
  variants: number
}

export type RewordingState = {
  id: string
  application: string
  suite: string
  model: string
  paraphrases: number
  languages: string[]
  prompt: string
  quote: RewordingQuote
  state: string
  progress: { done: number; total: number | null }
  error: string | null
  createdAt: string
}

export type Stability = {
  stable: number | null
  n: number
  questions: number
  interval: Interval | null
  change: number | null
  missing: number
  by: Record<
    string,
    {
      stable: number | null
      n: number
      questions: number
      interval: Interval | null
      change: number | null
      missing: number
    }
  >
}

export type Origin = 'present' | 'built-in' | 'examples' | 'model'

export type Proposal = { id: string; how: 'add' | 'rewrite'; text: string; why: string; refused: string | null }

export type Proposer = { model: string; parameters: Record<string, unknown>; count: number; task?: string | undefined }

export type Proposing = {
  model: string
  snapshot: string | null
  question: string
  shown: string[]
  questions: number
  problem: string | null
  proposals: Proposal[]
}

export type Questions = { application: number; judge: number; proposer: number }

export type TunedVariant = {
  id: string
  title: string
  origin: Origin | null
  n: number
  mean: number | null
  interval: Interval | null
  costMicroUsd: number | null
  latencyMs: number
  errors: number
  problem: string | null
  outAfter: number | null
  pareto: boolean
}

export type TuningResult = {
  split: 'build'
  evaluator: string
  unit: string
  better: 'higher' | 'lower'
  calls: number
  questions: Questions | null
  rounds: { variants: number; examples: number }[]
  variants: TunedVariant[]
  proposing: Proposing | null
  best: string
  prompt: string
  parameters: Record<string, unknown>
  stopped: string | null
  note: string
}

export type TuningState = {
  id: string
  application: string
  release: string
  suite: string
  prompt: string
  state: string
  progress: { done: number; total: number | null }
  error: string | null
  createdAt: string
}

export type ExportStatus = {
  endpoint: string
  state: 'ok' | 'degraded'
  queued: number
  exported: number
  dropped: number
  rejected: number
  retries: number
  lastError: string | null
}

export type Feedback = {
  id: string
  organisation: string
  traceId: string
  application: string | null
  name: string
  value: boolean | number | string
  comment: string | null
  correction: string | null
  user: string | null
  at: string
}

export type FeedbackDraft = {
  trace?: string | undefined
  response?: string | undefined
  name: string
  value: boolean | number | string
  comment?: string | undefined
  correction?: string | undefined
  user?: string | undefined
}

export type Meaning = {
  provider: string | null
  model: string | null
  inputTokens: number | null
  outputTokens: number | null
  costMicroUsd: string | null
  operation?:
    | 'chat'
    | 'embeddings'
    | 'retrieve'
    | 'rerank'
    | 'tool'
    | 'agent'
    | 'chain'
    | 'guardrail'
    | 'evaluator'
    | undefined
  cachedInputTokens?: number | undefined
  cacheWriteTokens?: number | undefined
  reasoningTokens?: number | undefined
  finishReason?: string | undefined
  messages?: { role: string; content: string }[] | undefined
  toolCalls?: { id: string; name: string; arguments: string }[] | undefined
  session?: string | undefined
  user?: string | undefined
}

export type RecorderStatus = {
  state: 'ok' | 'degraded'
  waitsFor: 'disk' | 'slow-disk' | 'database' | null
  queued: number
  spooled: number
  ingested: number
  dropped: number
  rejected: number
  writeErrors: number
  ingestErrors: number
  lastError: string | null
}

export type Span = {
  spanId: string
  parentSpanId: string | null
  name: string
  kind: SpanKind
  startNs: string
  endNs: string
  status: { code: 'unset' | 'ok' | 'error'; message?: string | undefined }
  attributes: Record<string, unknown>
  events: { name: string; atNs: string; attributes: Record<string, unknown> }[]
  resource: Record<string, unknown>
  scope: { name: string; version: string } | null
  links: { traceId: string; spanId: string; attributes: Record<string, unknown> }[]
  meaning: Meaning
}

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer'

export type TelemetryStatus = {
  state: 'ok' | 'degraded'
  waitsFor: 'disk' | 'slow-disk' | 'database' | null
  queued: number
  spooled: number
  ingested: number
  dropped: number
  rejected: number
  writeErrors: number
  ingestErrors: number
  lastError: string | null
  export: ExportStatus | null
}

export type Trace = {
  traceId: string
  summary: TraceSummary
  input: Turn[]
  output: string
  citations: { id: string; title: string; source: string }[]
  invalidCitations: string[]
  metadata: Record<string, string>
  spans: Span[]
  feedback: Feedback[]
}

export type TraceFilter = {
  application?: string | undefined
  release?: string | undefined
  arm?: Arm | undefined
  rollout?: string | undefined
  stage?: Stage | undefined
  status?: 'complete' | 'errored' | 'cancelled' | undefined
  since?: string | undefined
  until?: string | undefined
  key?: string | undefined
  user?: string | undefined
  model?: string | undefined
  team?: string | undefined
  feature?: string | undefined
  text?: string | undefined
}

export type TraceSummary = {
  traceId: string
  spanId: string
  remoteParent: { traceId: string; spanId: string } | null
  at: string
  organisation: string
  keyId: string | null
  application: string | null
  stage: Stage | null
  release: string | null
  releaseDigest: string | null
  arm: Arm | null
  rollout: { id: string; share: number } | null
  unit: string
  subjectSource: 'header' | 'safety-identifier' | 'user' | 'conversation' | null
  requestedModel: string
  servedBy: string | null
  provider: string | null
  responseId: string | null
  operation: string
  stream: boolean
  status: 'complete' | 'errored' | 'cancelled'
  httpStatus: number | null
  errorCode: string | null
  finishReason: string | null
  latencyMs: number
  firstTokenMs: number | null
  overheadMs: number
  costMicroUsd: string | null
  priceBook: { name: string; digest: string } | null
  abstained: boolean
  user: string | null
  source: 'gateway' | 'otlp'
  inputTokens: number
  outputTokens: number
  estimated: boolean
  question: string
}

export type UsageRow = {
  requests: number
  errors: number
  cancelled: number
  abstained: number
  inputTokens: number
  outputTokens: number
  costMicroUsd: string
  priced: number
  unpriced: number
  unpricedTokens: number
  latencyP50Ms: number | null
  latencyP95Ms: number | null
  release: string | null
  hour: string
}

export type ExportFormat =
  | 'openai-usage-json'
  | 'openai-usage-csv'
  | 'openai-costs-json'
  | 'openai-costs-csv'
  | 'anthropic-usage-json'
  | 'anthropic-usage-csv'
  | 'anthropic-costs-json'
  | 'anthropic-costs-csv'

export type Reckoned = {
  requests: number | null
  inputTokens: number | null
  outputTokens: number | null
  costMicroUsd: string | null
}

export type ReconciledRow = {
  day: string
  model: string | null
  ours: Reckoned | null
  theirs: Reckoned | null
  finding: ReconciliationFinding
  differs: ('inputTokens' | 'outputTokens' | 'costMicroUsd')[]
  estimated: number
  unpriced: number
}

export type Reconciliation = {
  agrees: boolean
  format: ExportFormat
  provider: string
  since: string
  until: string
  taken: { figure: string; from: string }[]
  tolerance: { tokens: number; money: number }
  total: { ours: Reckoned; theirs: Reckoned }
  items: ReconciledRow[]
  notes: string[]
}

export type ReconciliationFinding = 'agrees' | 'differs' | 'missing-here' | 'missing-there' | 'not-by-model'

export type PartTime = { part: string; kind: string; ms: Spread; share: number }

export type ResponseTimes = {
  since: string
  until: string
  n: number
  isCut: boolean
  latencyMs: Spread | null
  firstTokenMs: Spread | null
  tokensPerSecond: Spread | null
  parts: PartTime[]
}

export type Webhook = {
  id: string
  organisation: string
  url: string
  description: string
  events: (
    | 'release.promoted'
    | 'gate.held'
    | 'rollout.started'
    | 'rollout.advanced'
    | 'rollout.held'
    | 'rollout.completed'
    | 'rollout.aborted'
    | 'waiver.requested'
    | 'waiver.decided'
    | 'approval.asked'
    | 'approval.signed'
    | 'finding.opened'
    | 'answer.held'
    | 'answer.decided'
    | 'experiment.finished'
    | 'experiment.paused'
    | 'limit.near'
    | 'limit.reached'
    | 'alert.opened'
    | 'alert.ended'
    | 'switch.changed'
    | 'webhook.test'
  )[]
  application: string | null
  enabled: boolean
  disabledBecause: string | null
  createdAt: string
  createdBy: string
}

export type WebhookDelivery = {
  id: string
  organisation: string
  webhook: string
  event: string
  type:
    | 'release.promoted'
    | 'gate.held'
    | 'rollout.started'
    | 'rollout.advanced'
    | 'rollout.held'
    | 'rollout.completed'
    | 'rollout.aborted'
    | 'waiver.requested'
    | 'waiver.decided'
    | 'approval.asked'
    | 'approval.signed'
    | 'finding.opened'
    | 'answer.held'
    | 'answer.decided'
    | 'experiment.finished'
    | 'experiment.paused'
    | 'limit.near'
    | 'limit.reached'
    | 'alert.opened'
    | 'alert.ended'
    | 'switch.changed'
    | 'webhook.test'
  application: string | null
  state: 'waiting' | 'delivered' | 'failed'
  attempts: { at: string; status: number | null; error: string | null }[]
  nextAt: string | null
  createdAt: string
  deliveredAt: string | null
}

export type Client = {
  /** End a rollout now; all traffic goes back to the release before. `POST /api/v1/rollouts/:id/abort`, permission operate. */
  abortRollout(
    input: { params: { id: string }; body: { reason: string } },
    options?: CallOptions,
  ): Promise<ServedRollout>
  /** Accept the audit log as it is after a restore; the reason and what was found stand in the log. `PUT /api/v1/audit/anchor`, permission administer. */
  acceptAudit(
    input: { body: { reason: string } },
    options?: CallOptions,
  ): Promise<
    | { kind: 'intact'; entries: number; head: string | null; anchor: { entries: number; at: string } | null }
    | {
        kind: 'broken'
        position: number
        fault:
          | 'missing'
          | 'edited'
          | 'moved'
          | 'added'
          | 'truncated'
          | 'head-forged'
          | 'rewound'
          | 'rewritten'
          | 'anchor-unreadable'
        why: string
      }
  >
  /** Let in all cases of a generation that wait; refused until its sample was looked at and nine in ten held. `POST /api/v1/datasets/:dataset/generations/:id/acceptance`, permission attest. */
  acceptGeneration(
    input: { params: { dataset: string; id: string }; body: { reason: string } },
    options?: CallOptions,
  ): Promise<{ accepted: number; version: VersionSummary | null }>
  /** Set the password of an invitation and sign the browser in. `POST /api/v1/invitations/acceptances`, permission open. */
  acceptInvitation(input: { body: { token: string; password: string } }, options?: CallOptions): Promise<Response>
  /** Accept, as technical lead, what the plan of a stage can find out; recorded as evidence. `POST /api/v1/applications/:name/stages/:stage/rollout-plan-acceptances`, permission attest. */
  acceptRolloutPlan(
    input: { params: { name: string; stage: GatedStage }; body: { unitsPerDay?: number | undefined; reason: string } },
    options?: CallOptions,
  ): Promise<Feasibility>
  /** Say that you saw an alert, and what you do about it; it ends by itself when its cause is gone. `POST /api/v1/alerts/:id/acknowledgement`, permission operate. */
  acknowledgeAlert(
    input: { params: { id: string }; body: { note?: string | undefined } },
    options?: CallOptions,
  ): Promise<ServedAlert>
  /** Say that you read a version of a policy; only the newest can be acknowledged. `POST /api/v1/policies/:policy/acknowledgements`, permission view. */
  acknowledgePolicy(
    input: { params: { policy: string }; body: { version: number } },
    options?: CallOptions,
  ): Promise<{ id: string; organisation: string; policy: string; version: number; actor: string; at: string }>
  /** Turn a trace into a case of regress, so that what went wrong once is asked of every release from now on. `POST /api/v1/datasets/:dataset/cases`, permission build. */
  addCase(
    input: {
      params: { dataset: string }
      body: {
        trace: string
        expected?: string | string[] | null | undefined
        unanswerable?: boolean | undefined
        rubric?: string | undefined
        split?: 'regress' | 'build' | 'calibration' | undefined
        personalData?: 'synthetic' | 'allowed' | undefined
        reason: string
      }
    },
    options?: CallOptions,
  ): Promise<{ status: 200; body: { kind: 'unchanged' } } | { status: 201; body: VersionSummary }>
  /** Write down what data is missing, and what for. `POST /api/v1/applications/:name/data-gaps`, permission build. */
  addDataGap(
    input: { params: { name: string }; body: { title: string; reason: string } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    application: string
    title: string
    reason: string
    dataset: string | null
    askedOf: string | null
    askedAt: string | null
    createdAt: string
    createdBy: string
    state: 'open' | 'requested' | 'closed'
    closedBy: { version: number; at: string } | null
  }>
  /** Say what speaks against going on, for one pillar; it stays on the record. `POST /api/v1/approvals/:id/views`, permission attest. */
  addDisconfirmingView(
    input: { params: { id: string }; body: { pillar: Pillar; view: string } },
    options?: CallOptions,
  ): Promise<ServedApproval>
  /** Write down what somebody found, with a severity and an owner. `POST /api/v1/findings`, permission attest. */
  addFinding(
    input: {
      body: {
        release: string
        title: string
        detail: string
        severity: 'critical' | 'high' | 'medium' | 'low'
        owner: string
        example?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<Found>
  /** Say what is good or bad in the governance itself: a check, a policy, a form. `POST /api/v1/remarks`, permission view. */
  addRemark(input: { body: { about: string; says: string } }, options?: CallOptions): Promise<Remark>
  /** Keep a shortlist, a comparison, a tuning or another adaptation in a round, as it stands now. `POST /api/v1/model-rounds/:id/steps`, permission build. */
  addToModelRound(
    input: {
      params: { id: string }
      body:
        | { kind: 'shortlist'; shortlist: string }
        | {
            kind: 'comparison'
            suite: string
            reference?: string | undefined
            shortlist?: string | undefined
            weights?:
              | Partial<Record<'quality' | 'cost' | 'latency' | 'firstToken' | 'effort' | 'approval', number>>
              | undefined
          }
        | { kind: 'tuning'; tuning: string }
        | { kind: 'adaptation'; what: string; release?: string | undefined }
    },
    options?: CallOptions,
  ): Promise<ModelRound>
  /** Decide what holds where people differ; by somebody who did not label the answer. `PUT /api/v1/annotation-items/:id/adjudication`, permission attest. */
  adjudicateAnnotation(
    input: { params: { id: string }; body: { value: string; reason: string } },
    options?: CallOptions,
  ): Promise<QueueItem>
  /** Take the next step as a person, where the plan asks for one and the rule allows it. `POST /api/v1/rollouts/:id/advance`, permission promote. */
  advanceRollout(input: { params: { id: string } }, options?: CallOptions): Promise<ServedRollout>
  /** Uphold or dismiss a challenge that somebody else raised, or withdraw your own. `POST /api/v1/challenges/:id/answer`, permission attest. */
  answerChallenge(
    input: { params: { id: string }; body: { decision: 'uphold' | 'dismiss' | 'withdraw'; answer: string } },
    options?: CallOptions,
  ): Promise<Challenge>
  /** Say how it went; the answer gives back a text with which it can be taken back. `POST /api/v1/feedback-forms/answers`, permission open. */
  answerFeedbackForm(
    input: {
      body: {
        rating: number
        comment?: string | null | undefined
        results?:
          | { task: string; outcome: 'done' | 'with-help' | 'failed'; minutes?: number | null | undefined }[]
          | undefined
        consent: true
        token: string
      }
    },
    options?: CallOptions,
  ): Promise<{ withdrawal: string; keptUntilDaysAfterEnd: number; at: string }>
  /** Say whether the expected answer of a row is right; a later word replaces the earlier one. `POST /api/v1/datasets/:dataset/label-audit/answers`, permission attest. */
  answerLabel(
    input: { params: { dataset: string }; body: { row: string; isRight: boolean; comment?: string | undefined } },
    options?: CallOptions,
  ): Promise<LabelAnswer>
  /** Answer questions of the laws; the answers stand in classification.yaml, and what is not sent stays. `PUT /api/v1/applications/:name/law/answers`, permission build. */
  answerLaw(
    input: { params: { name: string }; body: { answers: Record<string, string | number | null> } },
    options?: CallOptions,
  ): Promise<{
    application: string
    at: string
    caution: string
    laws: {
      law: string
      title: string
      version: string
      asOf: string
      note: string
      sources: { id: string; title: string; url: string; opened: string | null; where?: string | undefined }[]
      milestones: { on: string; says: string; reference: string }[]
      groups: { id: string; title: string }[]
      isOld: boolean
      state: 'applies' | 'may-apply' | 'does-not-apply'
      scope: string
      riskClass: {
        found: {
          id: 'unacceptable' | 'high' | 'limited' | 'minimal'
          title: string
          says: string
          reference: string
        } | null
        mayBe: { id: 'unacceptable' | 'high' | 'limited' | 'minimal'; title: string; says: string; reference: string }[]
      } | null
      screening: {
        criteria: number
        met: string[]
        open: string[]
        due: 'yes' | 'no' | 'unknown'
        says: string
        reference: string
      } | null
      questions: {
        id: string
        group: string
        label: string
        help: string
        reference: string
        options: { value: string; label: string }[]
        answer: string | null
        saidBy: 'person' | 'declaration' | null
      }[]
      obligations: {
        id: string
        title: string
        says: string
        reference: string
        who: ('provider' | 'deployer' | 'controller' | 'processor' | 'business')[]
        state: 'applies' | 'may-apply' | 'does-not-apply'
        from: string
        fromBecause: string | null
        isInForce: boolean
        relevant: { check: string; verdict: Verdict | null }[]
      }[]
    }[]
    unanswered: number
    differences: string[]
  }>
  /** Ask any release, live or not; the answer is traced and belongs to no rollout. `POST /api/v1/releases/:id/answers`, permission infer. */
  answerRelease(
    input: {
      params: { id: string }
      body: { turns: { role: 'system' | 'user' | 'assistant'; content: string }[]; task?: string | undefined }
    },
    options?: CallOptions,
  ): Promise<AnsweredRelease>
  /** Ask what technique answers speak for, and what changing them changes; nothing is kept. `POST /api/v1/advice`, permission view. */
  askAdvice(
    input: {
      body: {
        answers: Record<string, string | number | null>
        before?: Record<string, string | number | null> | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{
    advice: {
      pack: {
        name: string
        version: string
        asOf: string
        reviewBy: string
        isOld: boolean
        note: string
        digest: string
      }
      answer: 'stop' | 'without-generative-ai' | 'go-on' | 'not-enough-known'
      says: string
      rules: {
        id: string
        title: string
        topic: string
        stance: 'adopt' | 'avoid' | 'require'
        choice: string
        recommend: string
        reason: string
        safeguard: boolean
        checks: string[]
        answer: 'stop' | 'without-generative-ai' | null
        state: 'fires' | 'assumed'
        because: { question: string; answer: string }[]
        sources: {
          id: string
          title: string
          authors: string
          url: string
          year: number
          kind: 'law' | 'standard' | 'paper' | 'benchmark' | 'vendor' | 'practice' | 'computed'
          relevance: number
          authority: number
          recency: number
          accuracy: number
          note: string
          opened: string | null
          where: string
        }[]
        confidence: { level: 'low' | 'medium' | 'high'; rests: 'own experiments' | 'sources'; says: string }
        own: { comparisons: number; supports: number; refutes: number; undecided: number } | null
        effort: { days: number; skill: string; heldBy: string[] | null; says: string }
        experiment: {
          control: string
          candidate: string
          measure: string
          refutedWhen: string
          minimumCases: number
          variant:
            | 'without-model'
            | 'with-passages'
            | 'more-passages'
            | 'whole-corpus'
            | 'few-shot'
            | 'step-by-step'
            | 'self-check'
            | 'another-model'
            | null
          supportedBy: ('better' | 'worse' | 'equivalent')[]
        } | null
      }[]
      conflicts: { topic: string; rules: string[]; says: string }[]
      tests: { question: string; label: string; test: string }[]
      ask: { question: string; label: string; rules: string[] }[]
      minimumCases: number
      slices: { least: number; casesEach: number }
      checks: string[]
    }
    difference: {
      added: string[]
      removed: string[]
      answerChanged: boolean
      checksAdded: string[]
      checksRemoved: string[]
    } | null
  }>
  /** Ask the holders of duties to approve a release for a stage, once every other check of the gate is open. `POST /api/v1/approvals`, permission promote. */
  askApproval(
    input: { body: { release: string; into: GatedStage; note?: string | undefined; example?: boolean | undefined } },
    options?: CallOptions,
  ): Promise<ServedApproval>
  /** Ask the application of a test page. `POST /api/v1/test-pages/questions`, permission open. */
  askTestPage(
    input: { body: { token: string; turns: { role: 'user' | 'assistant'; content: string }[] } },
    options?: CallOptions,
  ): Promise<TestAnswer>
  /** Answer a questionnaire anew; what is measured cannot be answered, and earlier answers are kept. `POST /api/v1/maturity/:questionnaire/assessments`, permission attest. */
  assessMaturity(
    input: { params: { questionnaire: 'data' | 'ai' }; body: { answers: Record<string, number> } },
    options?: CallOptions,
  ): Promise<Maturity>
  /** Attach a server of your own (vLLM, llama.cpp, Ollama, TGI) by its address alone. `POST /api/v1/providers`, permission administer. */
  attachProvider(input: { body: AttachInput }, options?: CallOptions): Promise<Attached>
  /** Attest a check that a person may answer, under a duty and with a reason. `POST /api/v1/evidence`, permission attest. */
  attestEvidence(
    input: {
      body: {
        release: string
        check: string
        facts?:
          | Record<
              string,
              {
                value: number | boolean | string | null
                n?: number | undefined
                interval?: { low: number; high: number; method: string; sides: 1 | 2; level: number } | undefined
                unit?: string | undefined
              }
            >
          | undefined
        reason: string
        duty: Duty
        example?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<SignedEvidence>
  /** Make an application of an idea, with its plan filled in from the answers. `POST /api/v1/ideas/:id/application`, permission build. */
  beginApplication(
    input: { params: { id: string }; body: { name: string; template?: string | undefined } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    title: string
    scores: {
      impact: number | null
      feasibility: number | null
      readiness: number | null
      cost: number | null
      risk: number | null
    }
    answers: Record<string, string | number | null>
    application: string | null
    parent: string | null
    origin: {
      kind: 'failed' | 'not-answered' | 'of-no-help'
      words: string[]
      requests: number
      users: number
      traces: string[]
      since: string
    } | null
    createdAt: string
    createdBy: string
    updatedAt: string
  }>
  /** Make a secret for your authenticator app; it is in this answer and nowhere else. `POST /api/v1/second-factor`, permission view. */
  beginSecondFactor(
    input: { body: { code?: string | undefined } },
    options?: CallOptions,
  ): Promise<{ secret: string; uri: string }>
  /** Begin to sign in with the organisation’s own sign-on. `GET /sign-in/oidc`, permission open. */
  beginSignOn(input?: Record<string, never>, options?: CallOptions): Promise<Response>
  /** Make the files of a blueprint from what exists already, and say where on the path that puts it. `POST /api/v1/existing-applications`, permission build. */
  bringExisting(
    input: {
      body: {
        description?: string | undefined
        target?:
          | {
              kind: 'openai' | 'http'
              url: string
              model?: string | undefined
              credential?: string | undefined
              timeoutMs?: number | undefined
            }
          | null
          | undefined
        model?: string | null | undefined
        prompts?: Record<string, string> | undefined
        cases?: { file: string; content: string } | null | undefined
        sheets?: { file: string; content: string }[] | undefined
        promptfoo?: Record<string, string> | undefined
      }
    },
    options?: CallOptions,
  ): Promise<Brought>
  /** Stop an experiment; its rows stay. `POST /api/v1/experiments/:id/cancel`, permission build. */
  cancelExperiment(input: { params: { id: string } }, options?: CallOptions): Promise<Experiment>
  /** Cancel a job that is queued or running. `POST /api/v1/jobs/:id/cancel`, permission operate. */
  cancelJob(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    kind: string
    key: string | null
    input: Record<string, unknown>
    state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'
    progress: { done: number; total: number | null; message: string }
    steps: Record<string, unknown>
    result: unknown
    error: string | null
    attempts: number
    createdAt: string
    finishedAt: string | null
  }>
  /** Doubt a piece of evidence with a reason; its check is inconclusive until somebody else answers. `POST /api/v1/evidence/:id/challenges`, permission view. */
  challengeEvidence(
    input: { params: { id: string }; body: { reason: string } },
    options?: CallOptions,
  ): Promise<Challenge>
  /** Change what is said of a dataset, its owner, who may read it, and what is expected of its rows. `PUT /api/v1/datasets/:dataset`, permission build. */
  changeDataset(
    input: {
      params: { dataset: string }
      body: {
        description?: string | undefined
        owner?: string | undefined
        access?: { readers: Role[]; holdoutReaders: Role[]; holdoutReads: number } | undefined
        segments?: { field: string; shares: Record<string, number> }[] | undefined
        limits?:
          | Partial<
              Record<
                | 'schemaValid'
                | 'duplicateShare'
                | 'nearDuplicateShare'
                | 'acrossSplits'
                | 'inPrompts'
                | 'inKnowledge'
                | 'personalData'
                | 'labelAudit'
                | 'freshnessDays'
                | 'largestLabelShare'
                | 'syntheticShare'
                | 'representativeness'
                | 'intervalHalfWidth',
                number
              >
            >
          | undefined
        qualityEveryDays?: number | null | undefined
      }
    },
    options?: CallOptions,
  ): Promise<ServedDataset>
  /** Change what is known of an incident; what is not sent stays, and the timeline says what changed. `PUT /api/v1/incidents/:id`, permission attest. */
  changeIncident(
    input: {
      params: { id: string }
      body: {
        title?: string | undefined
        description?: string | undefined
        severity?: 'critical' | 'high' | 'medium' | 'low' | undefined
        harms?:
          | (
              | 'death'
              | 'serious-health'
              | 'critical-infrastructure'
              | 'fundamental-rights'
              | 'property-environment'
              | 'widespread'
              | 'personal-data'
              | 'security'
              | 'wrong-answer'
              | 'offensive-answer'
              | 'money'
              | 'outage'
              | 'none-known'
            )[]
          | undefined
        affected?: string | null | undefined
        affectedPeople?: number | null | undefined
        cause?: string | null | undefined
        owner?: string | undefined
        release?: string | null | undefined
        traces?: string[] | undefined
        occurredAt?: string | null | undefined
        detectedAt?: string | undefined
      }
    },
    options?: CallOptions,
  ): Promise<ServedIncident>
  /** Change where and of what a webhook tells, or switch it off and on; what is not said stays. `PUT /api/v1/webhooks/:id`, permission administer. */
  changeWebhook(
    input: {
      params: { id: string }
      body: {
        url?: string | undefined
        description?: string | undefined
        events?:
          | (
              | 'release.promoted'
              | 'gate.held'
              | 'rollout.started'
              | 'rollout.advanced'
              | 'rollout.held'
              | 'rollout.completed'
              | 'rollout.aborted'
              | 'waiver.requested'
              | 'waiver.decided'
              | 'approval.asked'
              | 'approval.signed'
              | 'finding.opened'
              | 'answer.held'
              | 'answer.decided'
              | 'experiment.finished'
              | 'experiment.paused'
              | 'limit.near'
              | 'limit.reached'
              | 'alert.opened'
              | 'alert.ended'
              | 'switch.changed'
            )[]
          | undefined
        application?: string | null | undefined
        enabled?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<Webhook>
  /** Find every mistake in a blueprint without keeping it; without files the stored one. `POST /api/v1/applications/:name/blueprint/check`, permission build. */
  checkBlueprint(
    input: { params: { name: string }; body: { files?: Record<string, string | { base64: string }> | undefined } },
    options?: CallOptions,
  ): Promise<{
    ok: boolean
    digest: string | null
    problems: {
      field: string
      message: string
      remedy?: string | undefined
      file?: string | undefined
      line?: number | undefined
    }[]
    warnings: {
      field: string
      message: string
      remedy?: string | undefined
      file?: string | undefined
      line?: number | undefined
      code: string
      severity: string
    }[]
  }>
  /** Check that a file is the one that DVC's pointer names. `POST /api/v1/datasets/pointer-checks`, permission build. */
  checkDatasetPointer(
    input: { body: { path: string; pointer: string; content: string } },
    options?: CallOptions,
  ): Promise<{ md5: string; size: number; path: string }>
  /** What the rules say of a model for a use, without asking for an approval. `POST /api/v1/model-rules/checks`, permission view. */
  checkModelRules(
    input: {
      body: {
        model: string
        stage?: Stage | undefined
        use?: 'commercial' | 'non-commercial' | undefined
        dataClass?: 'none' | 'contact' | 'sensitive' | 'unknown' | undefined
        residency?: string[] | undefined
        aliasAccepted?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{
    items: {
      rule: string
      title: string
      verdict: 'PASS' | 'FAIL' | 'WARN' | 'NOT_APPLICABLE'
      reason: string
      remedy: string | null
      rests: {
        field:
          | 'description'
          | 'identity'
          | 'licence'
          | 'licenceLink'
          | 'card'
          | 'modalitiesIn'
          | 'modalitiesOut'
          | 'contextTokens'
          | 'outputTokens'
          | 'tools'
          | 'structuredOutput'
          | 'languages'
          | 'trainingData'
          | 'baseModel'
          | 'tunable'
          | 'tuning'
          | 'parameters'
          | 'architecture'
          | 'quantisation'
          | 'weightsDigest'
          | 'regions'
          | 'trainsOnInputs'
          | 'retentionDays'
          | 'releasedOn'
          | 'deprecatedOn'
          | 'priceInput'
          | 'priceOutput'
          | 'snapshot'
          | 'benchmarks'
        standing: 'verified' | 'self-reported' | 'unknown'
      }[]
    }[]
  }>
  /** Close a queue; its labels stay as they are. `POST /api/v1/annotation-queues/:id/close`, permission build. */
  closeAnnotationQueue(input: { params: { id: string } }, options?: CallOptions): Promise<AnnotationQueue>
  /** Close a round with what came of it. `POST /api/v1/model-rounds/:id/outcome`, permission build. */
  closeModelRound(
    input: { params: { id: string }; body: { kind: OutcomeKind; model?: string | undefined; reason: string } },
    options?: CallOptions,
  ): Promise<ModelRound>
  /** Say what was done about a model that changed or ends. `POST /api/v1/model-tasks/:id/resolution`, permission build. */
  closeModelTask(
    input: { params: { id: string }; body: { resolution: string } },
    options?: CallOptions,
  ): Promise<ModelTask>
  /** Take no more choices, say whose answers people prefer, and record the evidence. `POST /api/v1/studies/:id/close`, permission build. */
  closeStudy(input: { params: { id: string } }, options?: CallOptions): Promise<StudyView>
  /** End a trial: its links take no answer any more, and the time runs after which names and comments go. `POST /api/v1/trials/:id/end`, permission build. */
  closeTrial(input: { params: { id: string } }, options?: CallOptions): Promise<ServedTrial>
  /** Let an application leave its workspace: the key ends, the application stays and may go on to other stages. `DELETE /api/v1/sandbox-workspaces/:application`, permission administer. */
  closeWorkspace(input: { params: { application: string } }, options?: CallOptions): Promise<ShownWorkspace>
  /** Arms of several experiments on the same examples, each with the paired difference from one of them. `GET /api/v1/arm-comparisons`, permission view. */
  compareArms(
    input?: { query?: { arms: string; reference?: string | undefined } | undefined },
    options?: CallOptions,
  ): Promise<ArmsComparison>
  /** BLEU, chrF and ROUGE of arms of several experiments, each with the paired difference from one of them. `GET /api/v1/corpus-comparisons`, permission view. */
  compareCorpusFigures(
    input?: { query?: { arms: string; reference?: string | undefined; margin?: number | undefined } | undefined },
    options?: CallOptions,
  ): Promise<CorpusComparisons>
  /** Models compared on the own cases of an application, from experiments that ran, paired by case. `GET /api/v1/model-comparisons`, permission view. */
  compareModels(
    input?: {
      query?:
        | { application: string; suite: string; reference?: string | undefined; shortlist?: string | undefined }
        | undefined
    },
    options?: CallOptions,
  ): Promise<ModelComparison>
  /** See what a new version of a pack changes, and which checks and applications it touches; nothing is kept. `POST /api/v1/pack-changes`, permission view. */
  comparePack(
    input: { body: { kind: 'law' | 'crosswalk' | 'advisor'; pack: Record<string, unknown> } },
    options?: CallOptions,
  ): Promise<{
    kind: 'law' | 'crosswalk' | 'advisor'
    name: string
    before: { version: string; asOf: string } | null
    after: { version: string; asOf: string }
    items: { id: string; title: string; change: 'added' | 'removed' | 'changed'; checks: string[] }[]
    checks: string[]
    applications: { application: string; because: string }[]
  }>
  /** How two versions of a prompt differ, by word: as they are written, and as they are rendered with values. `POST /api/v1/applications/:name/prompts/:prompt/comparisons`, permission view. */
  comparePromptVersions(
    input: {
      params: { name: string; prompt: string }
      body: { from: number; to: number; values?: Record<string, unknown> | undefined }
    },
    options?: CallOptions,
  ): Promise<{
    from: PromptVersion
    to: PromptVersion
    written: { kind: 'same' | 'removed' | 'added'; text: string }[]
    before: Rendered
    after: Rendered
    rendered: { kind: 'same' | 'removed' | 'added'; text: string }[]
  }>
  /** Compute the figures of a published recording from its files, beside what was published. `POST /api/v1/figures/:name`, permission view. */
  computeFigures(
    input: { params: { name: string }; body: { files: Record<string, string> } },
    options?: CallOptions,
  ): Promise<{
    name: string
    title: string
    source: string
    basis: string
    files: string[]
    sourceFiles: string[]
    items: PublishedFigure[]
  }>
  /** Delete what was listed; it cannot be undone. `POST /api/v1/privacy/deletions/:id/confirmation`, permission privacy. */
  confirmDeletion(input: { params: { id: string } }, options?: CallOptions): Promise<Deletion>
  /** Ask the same as a gate: 200 only when the rollout has completed, else 409; for webhooks that wait for a yes. `POST /api/v1/applications/:name/stages/:stage/rollout-verdict`, permission view. */
  confirmRollout(
    input: { params: { name: string; stage: GatedStage } },
    options?: CallOptions,
  ): Promise<
    | {
        status: 200
        body: {
          value: 1 | 0 | -1
          verdict: 'go' | 'wait' | 'roll-back'
          rollout: string | null
          state: RolloutState | null
          share: number | null
          why: string[]
        }
      }
    | {
        status: 409
        body: {
          value: 1 | 0 | -1
          verdict: 'go' | 'wait' | 'roll-back'
          rollout: string | null
          state: RolloutState | null
          share: number | null
          why: string[]
        }
      }
  >
  /** Put your authenticator app in force with its first code; gives recovery codes, this once. `POST /api/v1/second-factor/confirmations`, permission view. */
  confirmSecondFactor(input: { body: { code: string } }, options?: CallOptions): Promise<{ recoveryCodes: string[] }>
  /** Show a code of your authenticator app; approvals are taken in this session for a quarter of an hour. `POST /api/v1/session/confirmations`, permission view. */
  confirmSession(input: { body: { code: string } }, options?: CallOptions): Promise<{ until: string }>
  /** Check rows of CSV or JSON lines and give them as the JSON lines of a blueprint; all bad rows are named. `POST /api/v1/datasets/conversions`, permission build. */
  convertDataset(
    input: { body: { name: string; format: 'csv' | 'jsonl'; content: string } },
    options?: CallOptions,
  ): Promise<{ name: string; digest: string; rows: number; splits: Partial<Record<Split, number>>; content: string }>
  /** A prompt from one form into another, with what is lost, whether it comes back the same, and how to prove it. `POST /api/v1/prompt-conversions`, permission view. */
  convertPrompt(
    input: {
      body: {
        from: 'dotprompt' | 'chat' | 'messages' | 'gemini' | 'langfuse'
        to: 'dotprompt' | 'chat' | 'messages' | 'gemini' | 'langfuse'
        content: string
        placeholders?: 'double' | 'single' | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{
    content: string
    losses: { what: string; why: string }[]
    same: boolean
    turns: { role: 'system' | 'user' | 'assistant'; text: string }[]
    plan: string[]
  }>
  /** Make the files of a blueprint from a promptfoo project, with a list of what has no equivalent. `POST /api/v1/suites/conversions`, permission build. */
  convertPromptfooProject(
    input: { body: { files: Record<string, string> } },
    options?: CallOptions,
  ): Promise<{ files: Record<string, string>; unsupported: { where: string; what: string }[] }>
  /** Copy a pattern with its suite into a blueprint, or begin an application with it. `POST /api/v1/prompt-patterns/:pattern/copies`, permission build. */
  copyPromptPattern(
    input: {
      params: { pattern: string }
      body: {
        application: string
        prompt?: string | undefined
        model?: string | undefined
        dryRun?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{ status: 200; body: MadeFiles } | { status: 201; body: MadeFiles }>
  /** Record new evidence for red.harm from all runs on a release and what was decided so far. `POST /api/v1/releases/:id/harm-counts`, permission attest. */
  countHarmAnswers(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{ standing: HarmStanding; evidence: string[] }>
  /** Add a person with a role. `POST /api/v1/actors`, permission administer. */
  createActor(
    input: { body: { name: string; role: Role; example?: boolean | undefined; signInName?: string | undefined } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    name: string
    kind: 'person' | 'program' | 'system'
    role: Role
    example: boolean
    signInName: string | null
    disabledAt: string | null
    language: string | null
    createdAt: string
  }>
  /** Make a queue of answers for people to label, from rows of an experiment or from what is sent. `POST /api/v1/annotation-queues`, permission build. */
  createAnnotationQueue(
    input: {
      body: {
        application: string
        name: string
        data: string
        guidelines: string
        choices: { value: string; meaning?: string | undefined; isGood: boolean | null }[]
        isOrdered?: boolean | undefined
        labelsPerItem?: number | undefined
        annotators?: string[] | undefined
        feeds?: 'none' | 'bad' | 'all' | undefined
        items?:
          | {
              input: string
              answer: string
              expected?: string | null | undefined
              passages?: string[] | undefined
              source?:
                | {
                    kind: 'experiment' | 'trace' | 'feedback' | 'upload'
                    id: string | null
                    example: string | null
                    release: string | null
                  }
                | undefined
            }[]
          | undefined
        from?: { experiment: string; arm?: string | undefined; most?: number | undefined } | undefined
      }
    },
    options?: CallOptions,
  ): Promise<AnnotationQueue>
  /** Create an application from a template or from the files of a blueprint. `POST /api/v1/applications`, permission build. */
  createApplication(
    input: {
      body: {
        name: string
        template?: string | undefined
        files?: Record<string, string | { base64: string }> | undefined
      }
    },
    options?: CallOptions,
  ): Promise<ServedApplication>
  /** Hold recorded verdicts of a judge against labels of people. `POST /api/v1/applications/:name/calibrations`, permission build. */
  createCalibration(
    input: {
      params: { name: string }
      body: {
        judge: { name: string; model: string; digest: string }
        data: string
        cases: {
          id: string
          labels: { by: string; value: boolean | null }[]
          agreed?: boolean | undefined
          verdict: boolean | null
          swapped?: boolean | null | undefined
          characters?: number | undefined
          otherCharacters?: number | undefined
          ownFamily?: boolean | undefined
          formatted?: boolean | undefined
        }[]
      }
    },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    application: string
    judge: string
    judgeName: string
    model: string
    data: string
    trust: 'measured' | 'imported'
    source: string
    result: {
      standing: 'strong' | 'weak' | 'informs' | 'refused'
      why: string[]
      labels: number
      cases: number
      doubleLabelled: number
      unsettled: number
      unreadable: number
      kappa: { value: number | null; n: number; interval: Interval | null }
      alpha: { value: number | null; n: number; interval: Interval | null }
      accuracy: { value: number | null; n: number; interval: Interval | null }
      kappaWithPeople: { value: number | null; n: number; interval: Interval | null }
      sensitivity: { value: number | null; n: number; interval: Interval | null }
      specificity: { value: number | null; n: number; interval: Interval | null }
      counts: { truePositive: number; positives: number; trueNegative: number; negatives: number }
      bias: {
        position: { value: number | null; n: number; interval: Interval | null }
        consistency: { value: number | null; n: number; interval: Interval | null }
        length: { value: number | null; n: number; interval: Interval | null }
        selfPreference: { value: number | null; n: number; interval: Interval | null }
        format: { value: number | null; n: number; interval: Interval | null }
      }
      neededLabels: number | null
    }
    createdAt: string
    createdBy: string
  }>
  /** Make a dataset of the installation; its rows come by imports and edits. `POST /api/v1/datasets`, permission build. */
  createDataset(
    input: { body: { name: string; application?: string | undefined; description?: string | undefined } },
    options?: CallOptions,
  ): Promise<ServedDataset>
  /** Measure a release with one of its suites, beside its baseline or another release. `POST /api/v1/releases/:id/experiments`, permission build. */
  createExperiment(
    input: {
      params: { id: string }
      body: {
        suite: string
        against?: 'baseline' | string | null | undefined
        variants?:
          | {
              name: string
              release?: string | undefined
              models?:
                | Record<
                    string,
                    {
                      model?: string | undefined
                      parameters?: Record<string, unknown> | undefined
                      adapter?:
                        | {
                            name: string
                            weights?: string | undefined
                            id?: string | undefined
                            base: string
                            data?: (string | { what: string; digest: string })[] | undefined
                          }
                        | undefined
                    }
                  >
                | undefined
              prompts?: Record<string, string> | undefined
              target?:
                | {
                    kind: 'openai' | 'http'
                    url: string
                    model?: string | undefined
                    credential?: string | undefined
                    timeoutMs?: number | undefined
                  }
                | undefined
              effort?: { hours: number; note?: string | undefined } | undefined
            }[]
          | undefined
        repeats?: number | undefined
        reuse?: boolean | undefined
        serving?: ServingMode | undefined
        stopEarly?: boolean | undefined
        tags?: Record<string, string> | undefined
        intervals?: 'clustered-t' | 'bca-bootstrap' | undefined
        dryRun?: boolean | undefined
        maxCostMicroUsd?: string | undefined
      }
    },
    options?: CallOptions,
  ): Promise<
    | { status: 200; body: { kind: 'quote'; quote: Quote } }
    | { status: 201; body: Experiment }
    | { status: 409; body: { kind: 'over-budget'; quote: Quote } }
  >
  /** Write an idea down. `POST /api/v1/ideas`, permission build. */
  createIdea(
    input: {
      body: {
        title: string
        scores?:
          | {
              impact?: number | null | undefined
              feasibility?: number | null | undefined
              readiness?: number | null | undefined
              cost?: number | null | undefined
              risk?: number | null | undefined
            }
          | undefined
        answers?: Record<string, string | number | null> | undefined
        parent?: string | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    title: string
    scores: {
      impact: number | null
      feasibility: number | null
      readiness: number | null
      cost: number | null
      risk: number | null
    }
    answers: Record<string, string | number | null>
    application: string | null
    parent: string | null
    origin: {
      kind: 'failed' | 'not-answered' | 'of-no-help'
      words: string[]
      requests: number
      users: number
      traces: string[]
      since: string
    } | null
    createdAt: string
    createdBy: string
    updatedAt: string
  }>
  /** Make a link by which a person sets their password, once, within three days. `POST /api/v1/invitations`, permission administer. */
  createInvitation(
    input: { body: { actor: string } },
    options?: CallOptions,
  ): Promise<{ url: string; expiresAt: string }>
  /** Make a key; its text is in this answer and nowhere else. `POST /api/v1/keys`, permission administer. */
  createKey(
    input: {
      body: {
        name: string
        role: Role
        actor?: string | undefined
        application?: string | undefined
        stage?: Stage | undefined
        team?: string | undefined
        limits?:
          | {
              requestsPerMinute?: number | null | undefined
              requestsPerDay?: number | null | undefined
              requestsPerMonth?: number | null | undefined
              tokensPerMinute?: number | null | undefined
              tokensPerDay?: number | null | undefined
              tokensPerMonth?: number | null | undefined
              concurrentRequests?: number | null | undefined
              costMicroUsdPerMinute?: string | null | undefined
              costMicroUsdPerDay?: string | null | undefined
              costMicroUsdPerMonth?: string | null | undefined
              onAuthorityAway?: 'refuse' | 'allow' | null | undefined
            }
          | undefined
        permissions?: Permission[] | undefined
        expiresAt?: string | undefined
        expiresInHours?: number | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{
    id: string
    secret: string
    key: {
      id: string
      organisation: string
      name: string
      team: string | null
      role: Role
      actor: string
      application: string | null
      stage: Stage
      limits: {
        requestsPerMinute: number | null
        requestsPerDay: number | null
        requestsPerMonth: number | null
        tokensPerMinute: number | null
        tokensPerDay: number | null
        tokensPerMonth: number | null
        concurrentRequests: number | null
        costMicroUsdPerMinute: string | null
        costMicroUsdPerDay: string | null
        costMicroUsdPerMonth: string | null
        onAuthorityAway: 'refuse' | 'allow' | null
      } | null
      permissions: Permission[] | null
      isOwnerToken: boolean
      isDrill: boolean
      createdAt: string
      revokedAt: string | null
      expiresAt: string | null
      rotatedAt: string | null
      previousUntil: string | null
      previousUsedAt: string | null
      lastUsedAt: string | null
    }
  }>
  /** Keep a search as a shortlist: who was held against what, who fell out, and why. `POST /api/v1/model-shortlists`, permission build. */
  createShortlist(
    input: {
      body: {
        title: string
        application?: string | undefined
        criteria: {
          text?: string | undefined
          takes?: ('text' | 'image' | 'audio' | 'video' | 'file' | 'embedding')[] | undefined
          gives?: ('text' | 'image' | 'audio' | 'video' | 'file' | 'embedding')[] | undefined
          contextAtLeast?: number | undefined
          outputAtLeast?: number | undefined
          must?: ('tools' | 'structuredOutput' | 'tunable' | 'snapshot')[] | undefined
          servingModes?: ('embedded' | 'self-hosted' | 'cloud' | 'api')[] | undefined
          licences?: string[] | undefined
          use?:
            | {
                stage?: Stage | undefined
                use?: 'commercial' | 'non-commercial' | undefined
                dataClass?: 'none' | 'contact' | 'sensitive' | 'unknown' | undefined
                residency?: string[] | undefined
              }
            | undefined
          approvedOnly?: boolean | undefined
          budget?:
            | {
                dollarsPerMonth: string
                volume: {
                  requestsPerMonth: { low: number; high: number }
                  inputTokens: { low: number; high: number }
                  outputTokens: { low: number; high: number }
                }
              }
            | undefined
          measured?:
            | {
                application: string
                suite: string
                quality?: number | undefined
                latencyMsAtMost?: number | undefined
                microUsdPerTaskAtMost?: string | undefined
              }
            | undefined
          sortBy?: 'price' | 'quality' | 'latency' | 'cost' | undefined
        }
      }
    },
    options?: CallOptions,
  ): Promise<Shortlist>
  /** Make a link that signs a browser in, once, within ten minutes. `POST /api/v1/sign-in-links`, permission administer. */
  createSignInLink(
    input: { body: { actor?: string | undefined } },
    options?: CallOptions,
  ): Promise<{ url: string; expiresAt: string }>
  /** Let people choose between two answers to the same question, blind to whose they are. `POST /api/v1/studies`, permission build. */
  createStudy(
    input: {
      body: {
        arms: string[]
        name?: string | undefined
        guidelines: string
        most?: number | undefined
        doubleShare?: number | undefined
        reviewers?: string[] | undefined
        isReferenceShown?: boolean | undefined
        margin?: number | undefined
        dryRun?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<
    { status: 200; body: { kind: 'plan'; plan: StudyPlan } } | { status: 201; body: { kind: 'begun'; study: Study } }
  >
  /** Open a page on which whoever has its link may ask the application; the link is in this answer alone. `POST /api/v1/applications/:name/test-pages`, permission operate. */
  createTestPage(
    input: {
      params: { name: string }
      body: {
        title: string
        release?: string | null | undefined
        expiresInHours?: number | undefined
        mostQuestions?: number | undefined
        questionsPerMinute?: number | undefined
        costMicroUsdPerMonth?: string | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    application: string
    release: string | null
    title: string
    key: string
    mostQuestions: number
    questions: number
    lastAskedAt: string | null
    expiresAt: string
    createdAt: string
    createdBy: string
    revokedAt: string | null
    state: 'open' | 'used-up' | 'expired' | 'revoked'
    caps: { requestsPerMinute: number | null; costMicroUsdPerMonth: string | null; spentMicroUsd: string }
    url: string
  }>
  /** Begin a trial: its tasks, what people agree to, and for how long what they say is kept. `POST /api/v1/applications/:name/trials`, permission build. */
  createTrial(
    input: {
      params: { name: string }
      body: {
        title: string
        release?: string | null | undefined
        tasks?: { id: string; text: string }[] | undefined
        consent: string
        retentionDays?: number | undefined
        example?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<ServedTrial>
  /** Make links to the form: one for each person, good once; or one for many, with how often it may be used. `POST /api/v1/trials/:id/links`, permission build. */
  createTrialLinks(
    input: {
      params: { id: string }
      body: { people?: string[] | undefined; shared?: { label: string; mostUses: number } | undefined }
    },
    options?: CallOptions,
  ): Promise<{
    links: {
      id: string
      organisation: string
      trial: string
      label: string | null
      mostUses: number
      uses: number
      createdAt: string
      createdBy: string
      revokedAt: string | null
      url: string
    }[]
  }>
  /** Tell another server of events; the secret that signs them is in this answer and nowhere else. `POST /api/v1/webhooks`, permission administer. */
  createWebhook(
    input: {
      body: {
        url: string
        description?: string | undefined
        events?:
          | (
              | 'release.promoted'
              | 'gate.held'
              | 'rollout.started'
              | 'rollout.advanced'
              | 'rollout.held'
              | 'rollout.completed'
              | 'rollout.aborted'
              | 'waiver.requested'
              | 'waiver.decided'
              | 'approval.asked'
              | 'approval.signed'
              | 'finding.opened'
              | 'answer.held'
              | 'answer.decided'
              | 'experiment.finished'
              | 'experiment.paused'
              | 'limit.near'
              | 'limit.reached'
              | 'alert.opened'
              | 'alert.ended'
              | 'switch.changed'
            )[]
          | undefined
        application?: string | null | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{ webhook: Webhook; secret: string }>
  /** Say what an answer is, wherever it is given; with the last one, new evidence is recorded. `PUT /api/v1/releases/:id/harm-answers`, permission attest. */
  decideHarmAnswer(
    input: {
      params: { id: string }
      body: { side: 'harm' | 'benign'; digest: string; verdict: 'harmful' | 'harmless' | 'refused' | 'answered' }
    },
    options?: CallOptions,
  ): Promise<{ standing: HarmStanding; evidence: string[] }>
  /** As an overseer: let it out, put your own words in its place, or refuse it, with a reason. `POST /api/v1/held-answers/:id/decision`, permission attest. */
  decideHeldAnswer(
    input: {
      params: { id: string }
      body: { decision: 'release' | 'edit' | 'refuse'; text?: string | undefined; reason: string }
    },
    options?: CallOptions,
  ): Promise<ServedHeldAnswer>
  /** As an overseer: let a call be made, once and now, or refuse it, with a reason. `POST /api/v1/held-calls/:id/decision`, permission attest. */
  decideHeldCall(
    input: { params: { id: string }; body: { decision: 'make' | 'refuse'; reason: string } },
    options?: CallOptions,
  ): Promise<ServedHeldCall>
  /** Approve or refuse a model that somebody else asked for, with a reason. `POST /api/v1/model-approvals/:id/decision`, permission waive. */
  decideModelApproval(
    input: { params: { id: string }; body: { decision: 'approve' | 'refuse'; reason: string } },
    options?: CallOptions,
  ): Promise<ShownApproval>
  /** Let rows in (personal data is synthetic or allowed, what a model made is accepted, or the row is mended), or discard them. `POST /api/v1/datasets/:dataset/quarantine/decisions`, permission attest. */
  decideQuarantine(
    input: {
      params: { dataset: string }
      body: {
        ids: string[]
        decision: 'synthetic' | 'allowed' | 'accepted' | 'mended' | 'discarded'
        example?: Record<string, unknown> | undefined
        reason: string
      }
    },
    options?: CallOptions,
  ): Promise<{ decided: number; version: VersionSummary | null }>
  /** Decide on a remark: what was changed, or why nothing is; whoever wrote it sees the answer. `POST /api/v1/remarks/:id/decision`, permission administer. */
  decideRemark(
    input: {
      params: { id: string }
      body: { outcome: 'changed' | 'declined' | 'later'; reason: string; change?: string | undefined }
    },
    options?: CallOptions,
  ): Promise<Remark>
  /** Choose a model of a shortlist; the others are its alternatives, with why they were not chosen. `POST /api/v1/model-shortlists/:id/decision`, permission build. */
  decideShortlist(
    input: {
      params: { id: string }
      body: {
        chosen: string
        reasons: string[]
        alternatives?: { model: string; reason: string }[] | undefined
        dissent?: string | undefined
        revisitWhen?: string | undefined
        weighing?:
          | {
              suite: string
              weights: Partial<Record<'quality' | 'cost' | 'latency' | 'firstToken' | 'effort' | 'approval', number>>
            }
          | undefined
      }
    },
    options?: CallOptions,
  ): Promise<Shortlist>
  /** Grant or refuse a waiver that somebody else asked for. `POST /api/v1/waivers/:id/decision`, permission waive. */
  decideWaiver(
    input: { params: { id: string }; body: { decision: 'grant' | 'refuse'; note?: string | undefined } },
    options?: CallOptions,
  ): Promise<Waiver>
  /** Declare what a provider or one of its models may be asked, where its answers do not say. `PUT /api/v1/quotas`, permission administer. */
  declareQuota(input: { body: QuotaInput }, options?: CallOptions): Promise<{ items: Quota[] }>
  /** Lend a duty that you hold to another person, for at most 30 days. `POST /api/v1/delegations`, permission attest. */
  delegateDuty(
    input: { body: { application: string; duty: Duty; to: string; reason: string; days: number } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    application: string
    duty: Duty
    from: string
    to: string
    reason: string
    at: string
    until: string
    endedAt: string | null
  }>
  /** Forget an advisory that was imported by mistake. `DELETE /api/v1/advisories/:id`, permission administer. */
  deleteAdvisory(input: { params: { id: string } }, options?: CallOptions): Promise<null>
  /** Remove a route. `DELETE /api/v1/routes/:name`, permission administer. */
  deleteModelRoute(input: { params: { name: string } }, options?: CallOptions): Promise<null>
  /** Remove a rule of your own; one of the program is in force again. `DELETE /api/v1/model-rules/:id`, permission administer. */
  deleteModelRule(input: { params: { id: string } }, options?: CallOptions): Promise<null>
  /** Take back what a source said of a model. `DELETE /api/v1/model-sources`, permission operate. */
  deleteModelSource(
    input?: { query?: { model: string; kind: 'own' | 'card' } | undefined },
    options?: CallOptions,
  ): Promise<null>
  /** Forget registered weights; the files stay where they are. `DELETE /api/v1/model-weights/:id`, permission operate. */
  deleteModelWeights(input: { params: { id: string } }, options?: CallOptions): Promise<null>
  /** Take your price of a model back from now on; what was settled keeps its amount. `DELETE /api/v1/prices/:model*`, permission administer. */
  deleteOwnPrice(input: { params: { model: string } }, options?: CallOptions): Promise<null>
  /** Remove a configured provider; a built-in one goes back to its defaults. `DELETE /api/v1/providers/:name`, permission administer. */
  deleteProvider(input: { params: { name: string } }, options?: CallOptions): Promise<null>
  /** Remove a webhook with its log; what waits is not sent. `DELETE /api/v1/webhooks/:id`, permission administer. */
  deleteWebhook(input: { params: { id: string } }, options?: CallOptions): Promise<null>
  /** Which rows were added, removed and changed between two versions. `GET /api/v1/datasets/:dataset/diffs`, permission view. */
  diffDatasetVersions(
    input: {
      params: { dataset: string }
      query?:
        | { cursor?: string | undefined; limit?: number | undefined; from: number; to?: number | undefined }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{
    items: RowChange[]
    next: string | null
    from: number
    to: number
    added: number
    removed: number
    changed: number
    hidden: number
  }>
  /** Everything but the secrets, as one file for `airworthy restore`. `GET /api/v1/backup`, permission administer. */
  downloadBackup(input?: Record<string, never>, options?: CallOptions): Promise<Response>
  /** Draw lines of alerts elsewhere; one that is not sent goes back to where it is for all. `PUT /api/v1/applications/:name/alert-lines`, permission operate. */
  drawAlertLines(
    input: {
      params: { name: string }
      body: {
        lines: {
          errors?: number | undefined
          leastRequests?: number | undefined
          cost?: number | undefined
          provider?: number | undefined
          leastAsked?: number | undefined
        }
        reason: string
      }
    },
    options?: CallOptions,
  ): Promise<{
    lines: { errors: number; leastRequests: number; cost: number; provider: number; leastAsked: number }
    usual: { errors: number; leastRequests: number; cost: number; provider: number; leastAsked: number }
    history: {
      id: string
      application: string
      lines: { errors: number; leastRequests: number; cost: number; provider: number; leastAsked: number }
      reason: string
      createdAt: string
      createdBy: string
    }[]
  }>
  /** Go back to the release before under load and forward again, for real; recorded as evidence. `POST /api/v1/applications/:name/stages/:stage/rollback-drills`, permission operate. */
  drillRollback(
    input: { params: { name: string; stage: GatedStage } },
    options?: CallOptions,
  ): Promise<{
    isGone: boolean
    from: string
    to: string
    backMs: number | null
    forwardMs: number | null
    requests: number
    errors: number
    compatibility: {
      what: 'index' | 'memory' | 'prompt-inputs' | 'answer-shape' | 'tools' | 'target' | 'routes' | 'fallbacks'
      fits: boolean
      words: string
    }[]
    words: string[]
  }>
  /** Put and remove rows by hand as a new version; refused when somebody else made one meanwhile. `POST /api/v1/datasets/:dataset/edits`, permission build. */
  editRows(
    input: {
      params: { dataset: string }
      body: {
        base: number
        put?: Record<string, unknown>[] | undefined
        remove?: string[] | undefined
        personalData?: 'synthetic' | 'allowed' | undefined
        lineage?:
          | {
              kind: 'edit' | 'generator' | 'annotator' | 'git' | 'dvc'
              from: string
              steps?: { name: string; version: string; detail?: string | undefined }[] | undefined
            }
          | undefined
        reason: string
      }
    },
    options?: CallOptions,
  ): Promise<{ status: 200; body: { kind: 'unchanged' } } | { status: 201; body: VersionSummary }>
  /** Take a model off a shortlist, with the reason. `POST /api/v1/model-shortlists/:id/eliminations`, permission build. */
  eliminateFromShortlist(
    input: { params: { id: string }; body: { model: string; reason: string } },
    options?: CallOptions,
  ): Promise<Shortlist>
  /** Take a duty back that you lent, or give back one that was lent to you. `POST /api/v1/delegations/:id/end`, permission attest. */
  endDelegation(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    application: string
    duty: Duty
    from: string
    to: string
    reason: string
    at: string
    until: string
    endedAt: string | null
  }>
  /** End all your browser sessions but the one that asks. `DELETE /api/v1/sessions`, permission view. */
  endOtherSessions(input?: Record<string, never>, options?: CallOptions): Promise<{ ended: number }>
  /** End a browser session: one of your own, or anybody’s for an owner. `DELETE /api/v1/sessions/:session`, permission view. */
  endSession(input: { params: { session: string } }, options?: CallOptions): Promise<null>
  /** Take back a waiver before its time; the check holds the gate again. `POST /api/v1/waivers/:id/end`, permission attest. */
  endWaiver(input: { params: { id: string }; body: { reason: string } }, options?: CallOptions): Promise<Waiver>
  /** Take away now what is older than it may be; it happens by itself once a day. `POST /api/v1/privacy/retention/runs`, permission privacy. */
  enforceRetention(input?: Record<string, never>, options?: CallOptions): Promise<{ items: Retention[] }>
  /** Say why an answer was given, by the id of its response or of its trace: release, prompt, model, passages, cost. `GET /api/v1/explanations/:id`, permission view. */
  explainAnswer(input: { params: { id: string } }, options?: CallOptions): Promise<Explanation>
  /** What people settled on, as examples of the split calibration with the provenance of each. `GET /api/v1/annotation-queues/:id/examples`, permission build. */
  exportAnnotations(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{ rows: number; unsettled: number; content: string }>
  /** Read the audit log as JSON lines, oldest first, as one stream. `GET /api/v1/audit/export`, permission audit. */
  exportAudit(
    input?: {
      query?:
        | {
            actor?: string | undefined
            action?: string | undefined
            subject?: string | undefined
            application?: string | undefined
            since?: string | undefined
            until?: string | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<Response>
  /** Print the coverage as Markdown, as a page, or as a table. `GET /api/v1/applications/:name/control-coverage/paper`, permission view. */
  exportControlCoverage(
    input: { params: { name: string }; query?: { format?: 'markdown' | 'html' | 'csv' | undefined } | undefined },
    options?: CallOptions,
  ): Promise<Response>
  /** Print the inventory and the gaps as Markdown, as a page, or as a table. `GET /api/v1/applications/:name/data/paper`, permission view. */
  exportDataGovernance(
    input: { params: { name: string }; query?: { format?: 'markdown' | 'html' | 'csv' | undefined } | undefined },
    options?: CallOptions,
  ): Promise<Response>
  /** A version as a file, without the holdout unless that is asked for. `GET /api/v1/datasets/:dataset/exports`, permission view. */
  exportDataset(
    input: {
      params: { dataset: string }
      query?:
        | { format?: 'jsonl' | 'csv' | undefined; version?: number | undefined; split?: Split | undefined }
        | undefined
    },
    options?: CallOptions,
  ): Promise<Response>
  /** Everything on a release in one signed archive, which `airworthy dossier verify` checks without a server. `GET /api/v1/releases/:id/dossier`, permission audit. */
  exportDossier(
    input: { params: { id: string }; query?: { as?: 'json' | 'html' | undefined } | undefined },
    options?: CallOptions,
  ): Promise<Response>
  /** Everything that a move to another model needs: prompts, flow, datasets, suites, and models that passed. `GET /api/v1/releases/:id/exit`, permission view. */
  exportExit(input: { params: { id: string } }, options?: CallOptions): Promise<ExitExport>
  /** Print the impact assessment and what follows from it as Markdown, as a page, or as a table. `GET /api/v1/applications/:name/impact/paper`, permission view. */
  exportImpact(
    input: { params: { name: string }; query?: { format?: 'markdown' | 'html' | 'csv' | undefined } | undefined },
    options?: CallOptions,
  ): Promise<Response>
  /** Print what laws ask as Markdown, as a page, or as a table. `GET /api/v1/applications/:name/law/paper`, permission view. */
  exportLaw(
    input: { params: { name: string }; query?: { format?: 'markdown' | 'html' | 'csv' | undefined } | undefined },
    options?: CallOptions,
  ): Promise<Response>
  /** All rounds of an application as Markdown, the first one first. `GET /api/v1/applications/:name/model-rounds/paper`, permission view. */
  exportModelRounds(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{ file: 'model-rounds.md'; content: string }>
  /** A copy of everything that is kept about a person, as JSON lines. `POST /api/v1/privacy/exports`, permission privacy. */
  exportPersonalData(
    input: { body: { user?: string | null | undefined; identifiers?: string[] | undefined } },
    options?: CallOptions,
  ): Promise<Response>
  /** Print a paper of the plan as Markdown, as a page, or as a table. `GET /api/v1/applications/:name/plan/:paper`, permission view. */
  exportPlan(
    input: {
      params: { name: string; paper: 'charter' | 'decision' | 'roadmap' | 'risks' | 'resources' | 'plan' }
      query?: { format?: 'markdown' | 'html' | 'csv' | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<Response>
  /** Print the comparison of platforms as Markdown, as a page, or as a table. `GET /api/v1/platforms/paper`, permission view. */
  exportPlatforms(
    input?: { query?: { format?: 'markdown' | 'html' | 'csv' | undefined } | undefined },
    options?: CallOptions,
  ): Promise<Response>
  /** Print a card of a release as Markdown or as a page. `GET /api/v1/releases/:id/cards/:card/paper`, permission view. */
  exportReleaseCard(
    input: {
      params: { id: string; card: 'system' | 'models' | 'data' | 'annex-iv' | 'deployer' }
      query?: { format?: 'markdown' | 'html' | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<Response>
  /** The same as a file for calendars (iCalendar, RFC 5545). `GET /api/v1/upkeep.ics`, permission view. */
  exportUpkeep(
    input?: { query?: { application?: string | undefined } | undefined },
    options?: CallOptions,
  ): Promise<Response>
  /** Say that what a review agreed is done. `POST /api/v1/reviews/:id/actions/:action/end`, permission build. */
  finishReviewAction(
    input: { params: { id: string; action: number } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    application: string
    heldAt: string
    sheet: {
      at: string
      figures: { kpis: string[]; risks: string[]; access: string[]; waivers: string[]; cost: string[] }
    }
    notes: { kpis: string; risks: string; access: string; waivers: string; cost: string }
    decision: 'keep' | 'change' | 'retire' | null
    reasons: string
    people: string[]
    actions: { text: string; owner: string; dueOn: string | null; doneAt: string | null }[]
    by: string
    example: boolean
  }>
  /** Come back from the organisation’s sign-on; sets the session cookie. `GET /sign-in/oidc/callback`, permission open. */
  finishSignOn(input?: Record<string, never>, options?: CallOptions): Promise<Response>
  /** Name the regression case of an incident and the release that passes it; both are looked up. `PUT /api/v1/incidents/:id/fix`, permission build. */
  fixIncident(
    input: { params: { id: string }; body: { dataset: string; example: string; release: string } },
    options?: CallOptions,
  ): Promise<ServedIncident>
  /** Say what a plan could find out at the traffic of a stage before it starts; nothing is started. `POST /api/v1/applications/:name/stages/:stage/rollout-forecasts`, permission view. */
  forecastRollout(
    input: {
      params: { name: string; stage: GatedStage }
      body: {
        plan?:
          | {
              strategy?: Strategy | undefined
              audience?: { users?: string[] | undefined; groups?: Record<string, string[]> | undefined } | undefined
              shadow?: { sample?: number | undefined; usd: string } | undefined
              scores?: { suite: string; sample?: number | undefined; usd: string } | undefined
              sessionMinutes?: number | undefined
              endsAt?: string | undefined
              advance?: 'automatic' | 'person' | undefined
              cooldownMinutes?: number | undefined
              steps?: number[] | undefined
              soakMinutes?: number | undefined
              minimumUnits?: number | undefined
              metrics: {
                name: string
                kind: 'event' | 'mean'
                scale?: 'linear' | 'log' | undefined
                margin: number
                critical?: boolean | undefined
                noticeable?: number | undefined
                ceiling?: number | undefined
                tripwire?: number | undefined
              }[]
              alphaRollback?: number | undefined
              alphaPromote?: number | undefined
              alphaSampleRatio?: number | undefined
              plannedUnits?: number | undefined
              holdTimeoutMinutes?: number | undefined
            }
          | undefined
        unitsPerDay?: number | undefined
      }
    },
    options?: CallOptions,
  ): Promise<Feasibility>
  /** Freeze the blueprint into a release; an unchanged one gives the release that is there, with 200. `POST /api/v1/applications/:name/releases`, permission build. */
  freezeRelease(
    input: { params: { name: string }; body: { commit?: string | undefined } },
    options?: CallOptions,
  ): Promise<{ status: 200; body: ServedRelease } | { status: 201; body: ServedRelease }>
  /** How many people use an application each week, beside those who were told of it; measured from requests. `GET /api/v1/applications/:name/adoption`, permission view. */
  getAdoption(input: { params: { name: string } }, options?: CallOptions): Promise<Adoption>
  /** Read what the assessment of an application speaks for, with sources, effort and how to refute it. `GET /api/v1/applications/:name/advice`, permission view. */
  getAdvice(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{
    answers: Record<string, string | number | null>
    advice: {
      pack: {
        name: string
        version: string
        asOf: string
        reviewBy: string
        isOld: boolean
        note: string
        digest: string
      }
      answer: 'stop' | 'without-generative-ai' | 'go-on' | 'not-enough-known'
      says: string
      rules: {
        id: string
        title: string
        topic: string
        stance: 'adopt' | 'avoid' | 'require'
        choice: string
        recommend: string
        reason: string
        safeguard: boolean
        checks: string[]
        answer: 'stop' | 'without-generative-ai' | null
        state: 'fires' | 'assumed'
        because: { question: string; answer: string }[]
        sources: {
          id: string
          title: string
          authors: string
          url: string
          year: number
          kind: 'law' | 'standard' | 'paper' | 'benchmark' | 'vendor' | 'practice' | 'computed'
          relevance: number
          authority: number
          recency: number
          accuracy: number
          note: string
          opened: string | null
          where: string
        }[]
        confidence: { level: 'low' | 'medium' | 'high'; rests: 'own experiments' | 'sources'; says: string }
        own: { comparisons: number; supports: number; refutes: number; undecided: number } | null
        effort: { days: number; skill: string; heldBy: string[] | null; says: string }
        experiment: {
          control: string
          candidate: string
          measure: string
          refutedWhen: string
          minimumCases: number
          variant:
            | 'without-model'
            | 'with-passages'
            | 'more-passages'
            | 'whole-corpus'
            | 'few-shot'
            | 'step-by-step'
            | 'self-check'
            | 'another-model'
            | null
          supportedBy: ('better' | 'worse' | 'equivalent')[]
        } | null
      }[]
      conflicts: { topic: string; rules: string[]; says: string }[]
      tests: { question: string; label: string; test: string }[]
      ask: { question: string; label: string; rules: string[] }[]
      minimumCases: number
      slices: { least: number; casesEach: number }
      checks: string[]
    }
    tried: {
      id: string
      organisation: string
      application: string
      rule: string
      variant: string
      release: string
      experiment: string
      createdAt: string
      createdBy: string
    }[]
  }>
  /** Read from which line on errors, cost and a provider that is down are alerts, and how it was drawn before. `GET /api/v1/applications/:name/alert-lines`, permission view. */
  getAlertLines(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{
    lines: { errors: number; leastRequests: number; cost: number; provider: number; leastAsked: number }
    usual: { errors: number; leastRequests: number; cost: number; provider: number; leastAsked: number }
    history: {
      id: string
      application: string
      lines: { errors: number; leastRequests: number; cost: number; provider: number; leastAsked: number }
      reason: string
      createdAt: string
      createdBy: string
    }[]
  }>
  /** One queue with its progress and how far people agree. `GET /api/v1/annotation-queues/:id`, permission view. */
  getAnnotationQueue(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    application: string
    name: string
    kind: 'answers' | 'pairs'
    data: string
    guidelines: string
    choices: { value: string; meaning: string; isGood: boolean | null }[]
    isOrdered: boolean
    labelsPerItem: number
    annotators: string[]
    feeds: 'none' | 'bad' | 'all'
    datasets: string[]
    holdsDocuments: boolean
    state: 'open' | 'closed'
    createdAt: string
    createdBy: string
    progress: { items: number; labels: number; complete: number; disputed: number }
    agreement: Agreement
  }>
  /** One answer with what the caller said of it, without what others said. `GET /api/v1/annotation-items/:id`, permission attest. */
  getAnnotationTask(input: { params: { id: string } }, options?: CallOptions): Promise<AnnotationTask>
  /** How many answers the caller labelled, and how many are left for the caller. `GET /api/v1/annotation-queues/:id/work`, permission attest. */
  getAnnotationWork(input: { params: { id: string } }, options?: CallOptions): Promise<{ done: number; left: number }>
  /** Read one application. `GET /api/v1/applications/:name`, permission view. */
  getApplication(
    input: { params: { name: string }; query?: { documents?: 'true' | 'false' | undefined } | undefined },
    options?: CallOptions,
  ): Promise<ServedApplication>
  /** Who is to learn for an application, who has, and which duties are held without. `GET /api/v1/applications/:name/training`, permission view. */
  getApplicationTraining(input: { params: { name: string } }, options?: CallOptions): Promise<Training>
  /** Read one approval with its signatures and what it still takes. `GET /api/v1/approvals/:id`, permission view. */
  getApproval(input: { params: { id: string } }, options?: CallOptions): Promise<ServedApproval>
  /** Read the questions of the assessment, in plain words. `GET /api/v1/assessment-questions`, permission view. */
  getAssessmentQuestions(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<{
    name: string
    version: string
    asOf: string
    dimensions: { id: string; title: string; says: string }[]
    questions: {
      id: string
      dimension: string
      label: string
      help: string
      kind: 'choice' | 'number'
      unit: string | null
      options: { value: string; label: string }[]
      worse: 'later' | 'lower' | null
      test: string
      guided: boolean
      requirements: string[]
    }[]
  }>
  /** Read the files of the blueprint. `GET /api/v1/applications/:name/blueprint`, permission view. */
  getBlueprint(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{ files: Record<string, string | { base64: string }>; digest: string; bytes: string }>
  /** One calibration with every figure. `GET /api/v1/calibrations/:id`, permission view. */
  getCalibration(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    application: string
    judge: string
    judgeName: string
    model: string
    data: string
    trust: 'measured' | 'imported'
    source: string
    result: {
      standing: 'strong' | 'weak' | 'informs' | 'refused'
      why: string[]
      labels: number
      cases: number
      doubleLabelled: number
      unsettled: number
      unreadable: number
      kappa: { value: number | null; n: number; interval: Interval | null }
      alpha: { value: number | null; n: number; interval: Interval | null }
      accuracy: { value: number | null; n: number; interval: Interval | null }
      kappaWithPeople: { value: number | null; n: number; interval: Interval | null }
      sensitivity: { value: number | null; n: number; interval: Interval | null }
      specificity: { value: number | null; n: number; interval: Interval | null }
      counts: { truePositive: number; positives: number; trueNegative: number; negatives: number }
      bias: {
        position: { value: number | null; n: number; interval: Interval | null }
        consistency: { value: number | null; n: number; interval: Interval | null }
        length: { value: number | null; n: number; interval: Interval | null }
        selfPreference: { value: number | null; n: number; interval: Interval | null }
        format: { value: number | null; n: number; interval: Interval | null }
      }
      neededLabels: number | null
    }
    createdAt: string
    createdBy: string
  }>
  /** Read the catalogue of checks and gates. `GET /api/v1/catalogue`, permission view. */
  getCatalogue(input?: Record<string, never>, options?: CallOptions): Promise<GateCatalogue>
  /** Say what changed in the catalogue since an earlier version, check by check. `GET /api/v1/catalogue/changes`, permission view. */
  getCatalogueChanges(
    input?: { query?: { since: string } | undefined },
    options?: CallOptions,
  ): Promise<{ since: string; version: string; items: CatalogueChange[] }>
  /** Accuracy, F1, MCC, confusion and calibration of the labels that each arm told, with n and intervals. `GET /api/v1/experiments/:id/class-figures`, permission view. */
  getClassFigures(input: { params: { id: string } }, options?: CallOptions): Promise<ClassFigures>
  /** What somebody of a persona does first, the next three things, and every application with its phase. `GET /api/v1/compass`, permission view. */
  getCompass(
    input?: {
      query?:
        | {
            persona?: Persona | undefined
            phase?: 'discovery' | 'development' | 'deployment' | 'monitoring' | 'improvement' | undefined
            limit?: number | undefined
            workload?: 'customer-service' | 'marketing' | 'product' | 'operations' | 'existing' | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{
    persona: Persona
    first: { task: string; why: string; href: string }
    next: { application: string; what: string; why: string; minutes: number; href: string }[]
    items: {
      application: string
      at: string
      phase: 'discovery' | 'development' | 'deployment' | 'monitoring' | 'improvement'
      stage: Stage | null
      satisfaction: { share: number; n: number; low: number; high: number; until: string } | null
      cost: {
        spentThisMonthUsd: number | null
        forecast: {
          basis: 'metered' | 'stated' | 'none'
          p50Usd: number | null
          p90Usd: number | null
          budgetUsd: number | null
          says: string
          error: {
            days: number
            forecastUsd: number
            actualUsd: number
            share: number | null
            isWithinP90: boolean
          } | null
        }
      }
      returns: { low: number; high: number; months: number } | null
      meteredReturns: { range: { low: number; high: number } | null; months: number; says: string }
      use: { requests: number; errors: number }
      alerts: {
        kind: 'errors' | 'cost' | 'provider'
        title: string
        state: 'quiet' | 'firing' | 'unknown'
        says: string
      }[]
      next: { application: string; what: string; why: string; minutes: number; href: string }[]
    }[]
    isCut: boolean
    phases: Record<string, number>
  }>
  /** Read which controls of NIST, ISO, OWASP and ATLAS have evidence in an application. `GET /api/v1/applications/:name/control-coverage`, permission view. */
  getControlCoverage(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{
    application: string
    at: string
    caution: string
    frameworks: {
      framework: string
      title: string
      edition: string
      version: string
      asOf: string
      note: string
      source: { title: string; url: string }
      counts: { evidence: number; partly: number; open: number; 'not-asked': number; 'no-check': number }
      controls: {
        id: string
        group: string
        says: string
        state: 'evidence' | 'partly' | 'open' | 'not-asked' | 'no-check'
        checks: { check: string; verdict: Verdict | null }[]
      }[]
    }[]
  }>
  /** BLEU, chrF and ROUGE over all answers of each arm, with n, an interval and the signature. `GET /api/v1/experiments/:id/corpus-figures`, permission view. */
  getCorpusFigures(input: { params: { id: string } }, options?: CallOptions): Promise<CorpusFigures>
  /** Forecast the cost of the next 30 days, with the error of a forecast like it, and what would cost less. `GET /api/v1/applications/:name/forecast`, permission view. */
  getCostForecast(
    input: {
      params: { name: string }
      query?: { priceFactor?: number | undefined; requestsPerDay?: number | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{
    basis: 'metered' | 'stated' | 'none'
    says: string
    p50Usd: number | null
    p90Usd: number | null
    requestsPerDay: number | null
    answerUsd: number | null
    answerFrom: 'metered' | 'estimated' | null
    days: number
    budgetUsd: number | null
    p90OfBudget: number | null
    error: { days: number; forecastUsd: number; actualUsd: number; share: number | null; isWithinP90: boolean } | null
    earlier: {
      days: number
      forecastUsd: number
      actualUsd: number
      share: number | null
      isWithinP90: boolean
      at: string
    } | null
    priceBook: { name: string; digest: string }
    priceFactor: number
    savings: {
      part: string
      from: string
      to: string
      monthlyUsd: number
      prove: string
      quality: {
        suite: string
        evaluator: string
        margin: number
        cases: number
        measured: {
          experiment: string
          difference: number | null
          interval: Interval | null
          n: number
          verdict: 'better' | 'worse' | 'equivalent' | 'undecided'
          nonInferior: boolean | null
          errors: { cheaper: number; present: number }
        } | null
        neededN: number | null
        says: string
      }[]
      isProven: boolean
    }[]
  }>
  /** What people ask in groups of words, and how many cases of the suites each group has. `GET /api/v1/releases/:id/coverage`, permission view. */
  getCoverage(
    input: { params: { id: string }; query?: { stage?: Stage | undefined } | undefined },
    options?: CallOptions,
  ): Promise<Coverage>
  /** Read what data an application uses: owner, right of use, freshness, permitted stages, and what is missing. `GET /api/v1/applications/:name/data`, permission view. */
  getDataGovernance(input: { params: { name: string } }, options?: CallOptions): Promise<DataInForce>
  /** The data sheet: what it is, where it comes from, who may read it, its quality and its versions. `GET /api/v1/datasets/:dataset/sheet`, permission view. */
  getDataSheet(
    input: { params: { dataset: string }; query?: { format?: 'md' | 'html' | undefined } | undefined },
    options?: CallOptions,
  ): Promise<Response>
  /** One dataset with its newest version, and what the caller may do with it. `GET /api/v1/datasets/:dataset`, permission view. */
  getDataset(input: { params: { dataset: string } }, options?: CallOptions): Promise<ServedDataset>
  /** DVC's pointer to a dataset of the newest release, and its digest here. `GET /api/v1/applications/:name/datasets/:dataset/pointer`, permission view. */
  getDatasetPointer(
    input: { params: { name: string; dataset: string } },
    options?: CallOptions,
  ): Promise<{ dataset: string; digest: string; file: string; content: string }>
  /** One row, whole. `GET /api/v1/datasets/:dataset/rows/:row`, permission view. */
  getDatasetRow(
    input: { params: { dataset: string; row: string }; query?: { version?: number | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{ number: number; isCut: boolean; row: Example; version: number }>
  /** List what will cost more later: unused prompts, ending models, waivers, stale evidence, open challenges. `GET /api/v1/applications/:name/debt`, permission view. */
  getDebt(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{
    items: {
      kind: 'unused-prompt' | 'ending-model' | 'aliased-model' | 'waiver' | 'stale-evidence' | 'challenge'
      what: string
      why: string
      remedy: string
    }[]
  }>
  /** Read the one page to decide on: what is bound, waivers, responsible use and economics, dissent. `GET /api/v1/approvals/:id/sheet`, permission view. */
  getDecisionSheet(input: { params: { id: string } }, options?: CallOptions): Promise<DecisionSheet>
  /** Get a deletion: what was found, what went, how far it is. `GET /api/v1/privacy/deletions/:id`, permission privacy. */
  getDeletion(input: { params: { id: string } }, options?: CallOptions): Promise<Deletion>
  /** The signed receipt of a deletion, without personal data. `GET /api/v1/privacy/deletions/:id/receipt`, permission privacy. */
  getDeletionReceipt(input: { params: { id: string } }, options?: CallOptions): Promise<SignedReceipt>
  /** How candidate and control differ on all examples, as a picture of at most 400 bars. `GET /api/v1/experiments/:id/differences`, permission view. */
  getDifferences(
    input: { params: { id: string }; query?: { evaluator?: string | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{
    n: number
    lower: number
    same: number
    higher: number
    largest: number
    bars: { mean: number; cases: number; example: string }[]
  }>
  /** Read what people have to be told before they use an application, and how what it makes is marked. `GET /api/v1/applications/:name/disclosure`, permission infer. */
  getDisclosure(input: { params: { name: string } }, options?: CallOptions): Promise<ServedDisclosure>
  /** Read a document that people answer for, such as the charter. `GET /api/v1/applications/:name/documents/:document`, permission view. */
  getDocument(
    input: {
      params: {
        name: string
        document:
          | 'charter'
          | 'assessment'
          | 'decision'
          | 'classification'
          | 'risks'
          | 'approvals'
          | 'inventory'
          | 'roadmap'
          | 'resources'
          | 'task'
          | 'impact'
          | 'oversight'
          | 'dpia'
          | 'card'
          | 'pilot'
          | 'change'
          | 'retirement'
          | 'threats'
      }
    },
    options?: CallOptions,
  ): Promise<ServedDocument>
  /** Read the JSON schema of a document, for editors and other programs. `GET /api/v1/document-schemas/:document`, permission view. */
  getDocumentSchema(
    input: {
      params: {
        document:
          | 'charter'
          | 'assessment'
          | 'decision'
          | 'classification'
          | 'risks'
          | 'approvals'
          | 'inventory'
          | 'roadmap'
          | 'resources'
          | 'task'
          | 'impact'
          | 'oversight'
          | 'dpia'
          | 'card'
          | 'pilot'
          | 'change'
          | 'retirement'
          | 'threats'
      }
    },
    options?: CallOptions,
  ): Promise<Record<string, unknown>>
  /** Read one piece of evidence with its signed statement. `GET /api/v1/evidence/:id`, permission view. */
  getEvidence(input: { params: { id: string } }, options?: CallOptions): Promise<SignedEvidence>
  /** How far the example is, and what it told. `GET /api/v1/example`, permission view. */
  getExample(input?: Record<string, never>, options?: CallOptions): Promise<ExampleStatus>
  /** One experiment with progress, scores and comparison. `GET /api/v1/experiments/:id`, permission view. */
  getExperiment(input: { params: { id: string } }, options?: CallOptions): Promise<Experiment>
  /** One experiment as JUnit XML, Markdown for a pull request, an MLflow run, or promptfoo results. `GET /api/v1/experiments/:id/report`, permission view. */
  getExperimentReport(
    input: { params: { id: string }; query?: { format?: ReportFormat | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{ format: ReportFormat; mediaType: string; content: string }>
  /** Report lead times, split by machine and person, and how often releases go out and come back. `GET /api/v1/applications/:name/flow`, permission view. */
  getFlow(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{
    leadTimes: {
      into: Stage
      from: string
      to: string | null
      totalMs: number
      personMs: number
      machineMs: number
      readyMs: number
      checks: Waited[]
      release: string
      number: number
    }[]
    promotionsIn30Days: number
    rollbackRate: number | null
    restoreMs: number | null
    friction: { asks: number; decisions: number }
    waivers: { granted: number; open: number; inForce: number }
  }>
  /** Judge a release at the gate into a stage: the decision with every finding. `GET /api/v1/releases/:id/gates/:stage`, permission view. */
  getGate(input: { params: { id: string; stage: GatedStage } }, options?: CallOptions): Promise<GateDecision>
  /** Read one kept decision with everything that it read. `GET /api/v1/gate-decisions/:id`, permission view. */
  getGateDecision(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    application: string
    release: string
    into: Stage
    occasion: 'asked' | 'run' | 'held' | 'promoted' | 'approved'
    decision: GateDecision
    snapshot: {
      parts: Part[]
      evidence: string[]
      waivers: Waiver[]
      challenges: Challenge[]
      applicability: Applicability
      inStageSince: string | null
    }
    gate: string
    by: string
    at: string
  }>
  /** Read a kept decision as a signed verdict, which `airworthy verdict verify` checks without a server. `GET /api/v1/gate-decisions/:id/verdict`, permission view. */
  getGateVerdict(input: { params: { id: string } }, options?: CallOptions): Promise<Envelope>
  /** One generation with the sample of its cases that a person looks at before the rest is let in. `GET /api/v1/datasets/:dataset/generations/:id`, permission view. */
  getGeneration(
    input: { params: { dataset: string; id: string } },
    options?: CallOptions,
  ): Promise<{
    id: string
    dataset: string
    application: string
    release: string
    model: string
    split: 'build' | 'regress' | 'calibration'
    counts: { fact: number; 'multi-hop': number; 'out-of-scope': number }
    personas: string[]
    inputTypes: string[]
    prompts: { fact: string; 'multi-hop': string; 'out-of-scope': string }
    quote: GenerationQuote
    state: string
    progress: { done: number; total: number | null }
    error: string | null
    result: GenerationResult | null
    createdAt: string
    sample: QuarantinedRow[]
    waiting: number
    accepted: number
    discarded: number
  }>
  /** Read the steps and fields of the guided plan, in plain words. `GET /api/v1/guide`, permission view. */
  getGuide(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<{
    name: string
    language: string
    version: string
    asOf: string
    templates: { id: string; title: string; says: string }[]
    steps: {
      id: string
      title: string
      says: string
      fields: {
        id: string
        kind: 'text' | 'long' | 'number' | 'choice' | 'question' | 'template' | 'kpi'
        question: string | null
        label: string
        help: string
        example: string
        options: { value: string; label: string }[]
      }[]
    }[]
    fields: number
  }>
  /** Whether the process answers. `GET /healthz`, permission open. */
  getHealth(input?: Record<string, never>, options?: CallOptions): Promise<{ status: 'ok'; version: string }>
  /** Read one with its question and what was decided. `GET /api/v1/held-answers/:id`, permission view. */
  getHeldAnswer(input: { params: { id: string } }, options?: CallOptions): Promise<ServedHeldAnswer>
  /** Read a held call with its arguments, what was decided, and what the tool gave. `GET /api/v1/held-calls/:id`, permission view. */
  getHeldCall(input: { params: { id: string } }, options?: CallOptions): Promise<ServedHeldCall>
  /** For whoever asked: whether the call was made, and what it gave. `GET /api/v1/held-calls/:id/outcome`, permission infer. */
  getHeldCallOutcome(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    id: string
    state: 'waiting' | 'making' | 'made' | 'failed' | 'refused' | 'lapsed' | 'unknown'
    result: string | null
    error: string | null
    until: string
  }>
  /** For whoever asked: the answer that a person let out, and nothing of it before. `GET /api/v1/held-answers/:id/outcome`, permission infer. */
  getHeldOutcome(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    id: string
    state: 'waiting' | 'released' | 'edited' | 'refused' | 'lapsed'
    text: string | null
    until: string | null
  }>
  /** Read an idea with how it was scored over time. `GET /api/v1/ideas/:id`, permission view. */
  getIdea(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    idea: {
      id: string
      organisation: string
      title: string
      scores: {
        impact: number | null
        feasibility: number | null
        readiness: number | null
        cost: number | null
        risk: number | null
      }
      answers: Record<string, string | number | null>
      application: string | null
      parent: string | null
      origin: {
        kind: 'failed' | 'not-answered' | 'of-no-help'
        words: string[]
        requests: number
        users: number
        traces: string[]
        since: string
      } | null
      createdAt: string
      createdBy: string
      updatedAt: string
    }
    scorings: {
      id: string
      organisation: string
      idea: string
      scores: {
        impact: number | null
        feasibility: number | null
        readiness: number | null
        cost: number | null
        risk: number | null
      }
      createdAt: string
      createdBy: string
    }[]
  }>
  /** The ideas that an application came from, up to the first, and those that came from its users. `GET /api/v1/applications/:name/idea-lineage`, permission view. */
  getIdeaLineage(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{
    application: string
    from: {
      application: string
      idea: string
      title: string
      parent: string | null
      origin: {
        kind: 'failed' | 'not-answered' | 'of-no-help'
        words: string[]
        requests: number
        users: number
        traces: string[]
        since: string
      } | null
      createdAt: string
    }[]
    ledTo: {
      id: string
      title: string
      application: string | null
      origin: {
        kind: 'failed' | 'not-answered' | 'of-no-help'
        words: string[]
        requests: number
        users: number
        traces: string[]
        since: string
      } | null
      createdAt: string
    }[]
  }>
  /** See which risks and suites follow from the impact assessment. `GET /api/v1/applications/:name/impact`, permission view. */
  getImpact(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{
    answered: number
    of: number
    risks: {
      id: string
      title: string
      description: string
      category: 'ethics' | 'data-bias' | 'security'
      controls: string[]
      isKept: boolean
    }[]
    suites: { name: string; because: string; cases: number; files: string[]; isKept: boolean }[]
  }>
  /** Read an incident with its timeline, its deadlines and what sounds alike. `GET /api/v1/incidents/:id`, permission view. */
  getIncident(input: { params: { id: string } }, options?: CallOptions): Promise<ServedIncident>
  /** How far a job is. `GET /api/v1/jobs/:id`, permission view. */
  getJob(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    kind: string
    key: string | null
    input: Record<string, unknown>
    state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'
    progress: { done: number; total: number | null; message: string }
    steps: Record<string, unknown>
    result: unknown
    error: string | null
    attempts: number
    createdAt: string
    finishedAt: string | null
  }>
  /** A price book that was in force, by its digest. `GET /api/v1/price-books/:digest`, permission view. */
  getKeptPriceBook(input: { params: { digest: string } }, options?: CallOptions): Promise<KeptPriceBook>
  /** Measure the documents of a release by themselves: duplicates, near duplicates, length, personal data. `GET /api/v1/releases/:id/knowledge-quality`, permission view. */
  getKnowledgeQuality(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    release: string
    index: string
    documents: number
    passages: number
    verdict: MeasureVerdict
    measures: Measure[]
  }>
  /** Read in which language the caller is spoken to, and which there are. `GET /api/v1/language`, permission open. */
  getLanguage(input?: Record<string, never>, options?: CallOptions): Promise<Spoken>
  /** Read what laws ask of an application, from when, and which evidence is relevant; no legal advice. `GET /api/v1/applications/:name/law`, permission view. */
  getLaw(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{
    application: string
    at: string
    caution: string
    laws: {
      law: string
      title: string
      version: string
      asOf: string
      note: string
      sources: { id: string; title: string; url: string; opened: string | null; where?: string | undefined }[]
      milestones: { on: string; says: string; reference: string }[]
      groups: { id: string; title: string }[]
      isOld: boolean
      state: 'applies' | 'may-apply' | 'does-not-apply'
      scope: string
      riskClass: {
        found: {
          id: 'unacceptable' | 'high' | 'limited' | 'minimal'
          title: string
          says: string
          reference: string
        } | null
        mayBe: { id: 'unacceptable' | 'high' | 'limited' | 'minimal'; title: string; says: string; reference: string }[]
      } | null
      screening: {
        criteria: number
        met: string[]
        open: string[]
        due: 'yes' | 'no' | 'unknown'
        says: string
        reference: string
      } | null
      questions: {
        id: string
        group: string
        label: string
        help: string
        reference: string
        options: { value: string; label: string }[]
        answer: string | null
        saidBy: 'person' | 'declaration' | null
      }[]
      obligations: {
        id: string
        title: string
        says: string
        reference: string
        who: ('provider' | 'deployer' | 'controller' | 'processor' | 'business')[]
        state: 'applies' | 'may-apply' | 'does-not-apply'
        from: string
        fromBecause: string | null
        isInForce: boolean
        relevant: { check: string; verdict: Verdict | null }[]
      }[]
    }[]
    unanswered: number
    differences: string[]
  }>
  /** Limits of an application and how far they are used. `GET /api/v1/applications/:name/limits`, permission view. */
  getLimits(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{
    scope: 'organisation' | 'team' | 'key' | 'application' | 'release' | 'model'
    name: string
    limits: {
      requestsPerMinute: number | null
      requestsPerDay: number | null
      requestsPerMonth: number | null
      tokensPerMinute: number | null
      tokensPerDay: number | null
      tokensPerMonth: number | null
      concurrentRequests: number | null
      costMicroUsdPerMinute: string | null
      costMicroUsdPerDay: string | null
      costMicroUsdPerMonth: string | null
      onAuthorityAway: 'refuse' | 'allow' | null
    }
    isDefault: boolean
    caps: {
      kind:
        | 'requests-per-minute'
        | 'requests-per-day'
        | 'requests-per-month'
        | 'tokens-per-minute'
        | 'tokens-per-day'
        | 'tokens-per-month'
        | 'concurrent-requests'
        | 'cost-per-minute'
        | 'cost-per-day'
        | 'cost-per-month'
      cap: number | string
      used: number | string
      held: number | string
      share: number
      state: 'ok' | 'near' | 'reached'
      opensAt: string | null
    }[]
    application: string
    requests: { inLastMinute: number; share: number | null; state: 'ok' | 'near' | 'reached' }
    cost: {
      month: string
      spentMicroUsd: string
      reservedMicroUsd: string
      share: number | null
      state: 'ok' | 'near' | 'reached'
      opensAt: string
    }
  }>
  /** Read which release answers in which stage, and how rollouts split the traffic. `GET /api/v1/live`, permission view. */
  getLive(input?: Record<string, never>, options?: CallOptions): Promise<LiveTable>
  /** Who is asking, with role and permissions. `GET /api/v1/me`, permission view. */
  getMe(input?: Record<string, never>, options?: CallOptions): Promise<Me>
  /** Whether a release may give answers again to questions in other words, and what its false hits are. `GET /api/v1/releases/:id/cache-by-meaning`, permission view. */
  getMeaningStanding(input: { params: { id: string } }, options?: CallOptions): Promise<MeaningStanding>
  /** Metrics for Prometheus, in its text format or as OpenMetrics. `GET /metrics`, permission view. */
  getMetrics(input?: Record<string, never>, options?: CallOptions): Promise<Response>
  /** One approval of a model, with what the rules said. `GET /api/v1/model-approvals/:id`, permission view. */
  getModelApproval(input: { params: { id: string } }, options?: CallOptions): Promise<ShownApproval>
  /** One model, field by field: value, source, date, and whether it is verified, self-reported or unknown. `GET /api/v1/model-cards/:model*`, permission view. */
  getModelCard(input: { params: { model: string } }, options?: CallOptions): Promise<FullModelCard>
  /** Guardrails on models that are asked directly or by a route. `GET /api/v1/model-guardrails`, permission view. */
  getModelGuardrails(input?: Record<string, never>, options?: CallOptions): Promise<ModelGuardrails>
  /** What a model was made from, part by part, and exactly what is missing. `GET /api/v1/model-lineage/:model*`, permission view. */
  getModelLineage(
    input: { params: { model: string } },
    options?: CallOptions,
  ): Promise<{
    complete: boolean
    missing: string[]
    model: string
    own: boolean
    run: string | null
    parts: {
      part: 'run' | 'method' | 'base' | 'data' | 'code' | 'parameters' | 'seed' | 'weights'
      state: 'known' | 'missing'
      says: string
    }[]
    bases: { said: string; model: string | null; licence: string | null; own: boolean }[]
    data: (
      | { kind: 'version'; dataset: string; version: number; digest: string; application: string | null }
      | { kind: 'elsewhere'; name: string; digest: string | null; licence: string | null; source: string | null }
    )[]
    notes: string[]
  }>
  /** One route. `GET /api/v1/routes/:name`, permission view. */
  getModelRoute(input: { params: { name: string } }, options?: CallOptions): Promise<ModelRoute>
  /** Which models and prompts are others than in the release before, and what probes on both say or would take. `GET /api/v1/releases/:id/model-swap`, permission view. */
  getModelSwap(input: { params: { id: string } }, options?: CallOptions): Promise<ModelSwap>
  /** Registered weights file by file: digest, format, what the header says, and why one is refused. `GET /api/v1/model-weights/:id`, permission view. */
  getModelWeights(input: { params: { id: string } }, options?: CallOptions): Promise<Weights>
  /** Say what to do next at a gate: grouped by what is done, with who, how long and what it costs. `GET /api/v1/releases/:id/gates/:stage/next`, permission view. */
  getNextSteps(
    input: { params: { id: string; stage: GatedStage }; query?: { persona?: Persona | undefined } | undefined },
    options?: CallOptions,
  ): Promise<NextSteps>
  /** This API as an OpenAPI 3.1 document. `GET /api/openapi.json`, permission open. */
  getOpenApi(input?: Record<string, never>, options?: CallOptions): Promise<Record<string, unknown>>
  /** One run of another program with its figures and tests. `GET /api/v1/outside-runs/:id`, permission view. */
  getOutsideRun(input: { params: { id: string } }, options?: CallOptions): Promise<OutsideRun>
  /** The run in the form of MLflow again; what came in goes out without loss. `GET /api/v1/outside-runs/:id/report`, permission view. */
  getOutsideRunReport(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{ file: string; content: string }>
  /** Who oversees an application, which answers wait for them, and when the stop was last tried. `GET /api/v1/applications/:name/oversight`, permission view. */
  getOversight(input: { params: { name: string } }, options?: CallOptions): Promise<OversightStanding>
  /** See in one view how an application does: satisfaction, total cost, return, alerts and the next three things. `GET /api/v1/applications/:name/overview`, permission view. */
  getOverview(
    input: { params: { name: string }; query?: { persona?: Persona | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{
    application: string
    at: string
    phase: 'discovery' | 'development' | 'deployment' | 'monitoring' | 'improvement'
    stage: Stage | null
    satisfaction: { share: number; n: number; low: number; high: number; until: string } | null
    cost: {
      spentThisMonthUsd: number | null
      forecast: {
        basis: 'metered' | 'stated' | 'none'
        p50Usd: number | null
        p90Usd: number | null
        budgetUsd: number | null
        says: string
        error: {
          days: number
          forecastUsd: number
          actualUsd: number
          share: number | null
          isWithinP90: boolean
        } | null
      }
    }
    returns: { low: number; high: number; months: number } | null
    meteredReturns: { range: { low: number; high: number } | null; months: number; says: string }
    use: { requests: number; errors: number }
    alerts: {
      kind: 'errors' | 'cost' | 'provider'
      title: string
      state: 'quiet' | 'firing' | 'unknown'
      says: string
    }[]
    next: { application: string; what: string; why: string; minutes: number; href: string }[]
  }>
  /** Read one passage of the index of a release, for example one that an answer cites. `GET /api/v1/releases/:id/passages/:passage`, permission view. */
  getPassage(
    input: { params: { id: string; passage: string } },
    options?: CallOptions,
  ): Promise<{ id: string; title: string; text: string; source: string }>
  /** Read the plan: charter, advice, roadmap, risks and resources, each with where it stands now. `GET /api/v1/applications/:name/plan`, permission view. */
  getPlan(
    input: { params: { name: string }; query?: { priceFactor?: number | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{
    application: string
    at: string
    charter: {
      isKept: boolean
      charter: {
        example: boolean
        problem?: string | null | undefined
        users?: string | string[] | null | undefined
        affected?: string[] | null | undefined
        intendedUse?: string | null | undefined
        outOfScope?: string[] | null | undefined
        foreseeableMisuse?: string[] | null | undefined
        kpis?:
          | {
              name: string
              preset?: string | null | undefined
              family?: 'efficiency' | 'experience' | 'advantage' | 'cost' | null | undefined
              baseline?: number | string | null | undefined
              baselineN?: number | null | undefined
              target?: number | string | null | undefined
              targetDate?: string | null | undefined
              unit?: string | null | undefined
              source?: string | null | undefined
              formula?: string | null | undefined
              owner?: string | null | undefined
              because?: string | null | undefined
              floor?: number | string | null | undefined
              everyDays?: number | null | undefined
              fromEvents?: 'mean' | 'median' | 'sum' | 'share' | 'count' | null | undefined
              alertAt?: number | string | null | undefined
              killAt?: number | string | null | undefined
            }[]
          | null
          | undefined
        value?: string | null | undefined
        stakeholders?:
          | {
              name: string
              role?: string | null | undefined
              interest?: string | null | undefined
              requirements?: { id: string; text: string }[] | null | undefined
            }[]
          | null
          | undefined
        budget?:
          | {
              usdPerMonth?: number | string | null | undefined
              tokensPerMonth?: number | string | null | undefined
              personDays?: number | string | null | undefined
              oneOff?: number | string | null | undefined
            }
          | null
          | undefined
        alternativeWithoutAi?: string | null | undefined
        owner?: string | null | undefined
        sponsor?: string | null | undefined
        nonGoals?: string[] | null | undefined
        stopCriteria?: string[] | null | undefined
        successCriteria?: string[] | null | undefined
        jurisdictions?: string[] | null | undefined
        dataNeeded?: string[] | null | undefined
        autonomy?: 'suggests' | 'drafts' | 'acts-with-approval' | 'acts' | null | undefined
      }
      kpis: {
        name: string
        preset?: string | null | undefined
        family?: 'efficiency' | 'experience' | 'advantage' | 'cost' | null | undefined
        baseline?: number | string | null | undefined
        baselineN?: number | null | undefined
        target?: number | string | null | undefined
        targetDate?: string | null | undefined
        unit?: string | null | undefined
        source?: string | null | undefined
        formula?: string | null | undefined
        owner?: string | null | undefined
        because?: string | null | undefined
        floor?: number | string | null | undefined
        everyDays?: number | null | undefined
        fromEvents?: 'mean' | 'median' | 'sum' | 'share' | 'count' | null | undefined
        alertAt?: number | string | null | undefined
        killAt?: number | string | null | undefined
        smart: {
          point: 'specific' | 'measurable' | 'achievable' | 'relevant' | 'timeBound'
          holds: boolean
          says: string
        }[]
        isSmart: boolean
        actual: {
          value: number
          n: number | null
          low: number | null
          high: number | null
          measuredAt: string
          source: string
        } | null
        progress: number | null
        state: 'not-measured' | 'old' | 'on-its-way' | 'reached' | 'alert' | 'stop'
      }[]
      filled: number
      of: number
      requirements: { id: string; text: string; from: string; cases: string[] }[]
    }
    decision: {
      isKept: boolean
      decision: {
        example: boolean
        context?: string | null | undefined
        assessment?:
          | Partial<
              Record<
                | 'domainKnowledge'
                | 'domainExperts'
                | 'steps'
                | 'variability'
                | 'dataAvailable'
                | 'dataPrivacy'
                | 'reasoning'
                | 'explanations'
                | 'deployment',
                string | number | boolean | { unknown: true; test: string } | null
              >
            >
          | null
          | undefined
        chosen?: { option: string; reasons?: string[] | null | undefined } | null | undefined
        rejected?: { option: string; reasons?: string[] | null | undefined }[] | null | undefined
        baseline?: string | null | undefined
        experiments?: string[] | null | undefined
        dissent?: string | null | undefined
        revisitWhen?: string | null | undefined
        revisitOn?: string | null | undefined
        signers?: string[] | null | undefined
        hosting?:
          | {
              chosen?: 'api' | 'cloud' | 'self-hosted' | null | undefined
              reasons?: string[] | null | undefined
              weights?: Partial<Record<'cost' | 'control' | 'privacy' | 'effort' | 'speed', number>> | null | undefined
              marks?:
                | Partial<
                    Record<
                      'api' | 'cloud' | 'self-hosted',
                      Partial<Record<'cost' | 'control' | 'privacy' | 'effort' | 'speed', number>>
                    >
                  >
                | null
                | undefined
              cloudUsdPerMonth?: number | string | null | undefined
              selfHostedUsdPerMonth?: number | string | null | undefined
              exit?: string | null | undefined
            }
          | null
          | undefined
      }
      hosting: {
        chosen: 'api' | 'cloud' | 'self-hosted' | null
        reasons: string[]
        ranking: {
          option: 'api' | 'cloud' | 'self-hosted'
          score: number | null
          missing: ('cost' | 'control' | 'privacy' | 'effort' | 'speed')[]
          usdPerMonth: number | null
          breakEvenTokensPerMonth: number | null
        }[]
        apiUsdPerMillionTokens: number | null
        tokensPerMonth: number | null
        says: string
      }
    }
    advice: {
      pack: {
        name: string
        version: string
        asOf: string
        reviewBy: string
        isOld: boolean
        note: string
        digest: string
      }
      answer: 'stop' | 'without-generative-ai' | 'go-on' | 'not-enough-known'
      says: string
      rules: {
        id: string
        title: string
        topic: string
        stance: 'adopt' | 'avoid' | 'require'
        choice: string
        recommend: string
        reason: string
        safeguard: boolean
        checks: string[]
        answer: 'stop' | 'without-generative-ai' | null
        state: 'fires' | 'assumed'
        because: { question: string; answer: string }[]
        sources: {
          id: string
          title: string
          authors: string
          url: string
          year: number
          kind: 'law' | 'standard' | 'paper' | 'benchmark' | 'vendor' | 'practice' | 'computed'
          relevance: number
          authority: number
          recency: number
          accuracy: number
          note: string
          opened: string | null
          where: string
        }[]
        confidence: { level: 'low' | 'medium' | 'high'; rests: 'own experiments' | 'sources'; says: string }
        own: { comparisons: number; supports: number; refutes: number; undecided: number } | null
        effort: { days: number; skill: string; heldBy: string[] | null; says: string }
        experiment: {
          control: string
          candidate: string
          measure: string
          refutedWhen: string
          minimumCases: number
          variant:
            | 'without-model'
            | 'with-passages'
            | 'more-passages'
            | 'whole-corpus'
            | 'few-shot'
            | 'step-by-step'
            | 'self-check'
            | 'another-model'
            | null
          supportedBy: ('better' | 'worse' | 'equivalent')[]
        } | null
      }[]
      conflicts: { topic: string; rules: string[]; says: string }[]
      tests: { question: string; label: string; test: string }[]
      ask: { question: string; label: string; rules: string[] }[]
      minimumCases: number
      slices: { least: number; casesEach: number }
      checks: string[]
    }
    roadmap: {
      isKept: boolean
      rows: {
        id: string
        phase: string
        activity: string
        timeline?: string | null | undefined
        resources?: string | null | undefined
        metrics?: string | null | undefined
        risks?: string | null | undefined
        mitigation?: string | null | undefined
        owner?: string | null | undefined
        dependsOn?: string[] | null | undefined
        gate?: Stage | '' | null | undefined
        checks?: string[] | null | undefined
        riskIds?: string[] | null | undefined
        start?: string | null | undefined
        end?: string | null | undefined
        done?: boolean | null | undefined
        status: {
          state: 'done' | 'under-way' | 'held' | 'not-begun' | 'open'
          from: 'gate' | 'person'
          passed: number
          of: number
          isLate: boolean
          says: string
        }
        waitsFor: string[]
        linkedRisks: string[]
      }[]
      scope?:
        | { what: string; kpis?: string[] | null | undefined; cases?: string[] | null | undefined }[]
        | null
        | undefined
      uncoveredKpis: string[]
    }
    risks: {
      isKept: boolean
      appetite: number
      formula: string
      scales: {
        likelihood: { value: number; label: string; says: string }[]
        severity: { value: number; label: string; says: string }[]
        levels: { from: number; level: 'low' | 'medium' | 'high' | 'critical' }[]
      }
      risks: {
        id: string
        title: string
        description?: string | null | undefined
        category:
          | 'data-bias'
          | 'security'
          | 'expertise'
          | 'cost'
          | 'integration'
          | 'ethics'
          | 'cbrn'
          | 'confabulation'
          | 'dangerous-content'
          | 'data-privacy'
          | 'environment'
          | 'harmful-bias'
          | 'human-ai-configuration'
          | 'information-integrity'
          | 'information-security'
          | 'intellectual-property'
          | 'obscene-content'
          | 'value-chain'
          | 'other'
        source?: string | null | undefined
        affected?: string[] | null | undefined
        owner?: string | null | undefined
        likelihood?: number | null | undefined
        severity?: number | null | undefined
        treatment?: 'avoid' | 'reduce' | 'transfer' | 'accept' | null | undefined
        measures?: string[] | null | undefined
        controls?: string[] | null | undefined
        residualLikelihood?: number | null | undefined
        residualSeverity?: number | null | undefined
        acceptedBy?: string | null | undefined
        acceptedUntil?: string | null | undefined
        earlyWarning?: string | null | undefined
        contingency?: string | null | undefined
        nextReview?: string | null | undefined
        status?: 'open' | 'treating' | 'accepted' | 'closed' | 'materialised' | null | undefined
        score: number | null
        level: 'unrated' | 'low' | 'medium' | 'high' | 'critical'
        residual: number | null
        residualLevel: 'unrated' | 'low' | 'medium' | 'high' | 'critical'
        isAboveAppetite: boolean
        controlVerdicts: { check: string; verdict: Verdict | null }[]
        alarm: string | null
        rows: string[]
      }[]
      suggestions: {
        id: string
        title: string
        category: string
        from: 'module' | 'gate' | 'advisor' | 'classification' | 'impact' | 'incident'
        because: string
      }[]
    }
    resources: {
      isKept: boolean
      months: number
      rows: {
        id: string
        type: string
        category: 'person' | 'model-api' | 'compute' | 'storage' | 'data' | 'licence' | 'training' | 'audit' | 'other'
        quantity?: string | null | undefined
        cost?: number | null | undefined
        costLow?: number | null | undefined
        costHigh?: number | null | undefined
        period: 'once' | 'month' | 'year'
        source?: string | null | undefined
        who?: string | null | undefined
        skill?: string | null | undefined
        riskIfMissing?: string | null | undefined
        monthly: { low: number; likely: number; high: number } | null
        actualThisMonth: number | null
      }[]
      cost: { low: number; likely: number; high: number }
      benefit: { low: number; likely: number; high: number }
      benefits: {
        name: string
        low: number
        high: number
        period: 'once' | 'month' | 'year'
        kpi?: string | null | undefined
        usdPerUnit?: number | null | undefined
        casesPerMonth?: number | null | undefined
        monthly: { low: number; likely: number; high: number }
        basis: 'measured' | 'expected'
        measuredAt: string | null
        says: string
      }[]
      roi: { low: number; high: number } | null
      metered: {
        days: number
        requests: number
        monthly: { low: number; likely: number; high: number } | null
        says: string
        planned: { low: number; likely: number; high: number }
        cost: { low: number; likely: number; high: number } | null
        roi: { low: number; high: number } | null
      } | null
      paysBackInMonths: number | null
      unknown: string[]
      priceFactor: number
    }
    standing: {
      release: string | null
      stage: Stage | null
      gates: { into: Stage; checks: { check: string; title: string; verdict: Verdict }[] }[]
    }
    digests: Record<string, string>
    signed: { charter: string[] }
    progress: { done: number; of: number; parts: { part: string; done: number; of: number; next: string }[] }
  }>
  /** The seven pillars over applications, by their newest releases, a page of them at a time. `GET /api/v1/portfolio`, permission view. */
  getPortfolio(
    input?: { query?: { cursor?: string | undefined; limit?: number | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{
    items: PortfolioItem[]
    pillars: { pillar: Pillar; counts: Partial<Record<Status, number>> }[]
    unfrozen: string[]
    next: string | null
    at: string
  }>
  /** Look at how safely this installation is set up: what is sound, what is weak, and what to do about it. `GET /api/v1/posture`, permission audit. */
  getPosture(input?: Record<string, never>, options?: CallOptions): Promise<Posture>
  /** What a model costs now, who says so, and what you have said about it. `GET /api/v1/prices/:model*`, permission view. */
  getPrice(input: { params: { model: string } }, options?: CallOptions): Promise<PriceOfModel>
  /** The price book in force: its digest, its date and its sources. `GET /api/v1/price-books/current`, permission view. */
  getPriceBook(input?: Record<string, never>, options?: CallOptions): Promise<PriceBookInForce>
  /** One provider. `GET /api/v1/providers/:name`, permission view. */
  getProvider(input: { params: { name: string } }, options?: CallOptions): Promise<Provider>
  /** How much a server of your own has to do, asked of it now. `GET /api/v1/providers/:name/load`, permission view. */
  getProviderLoad(input: { params: { name: string } }, options?: CallOptions): Promise<ServerLoad>
  /** Whether it can do its work, with what was looked at. `GET /readyz`, permission open. */
  getReadiness(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<
    | { status: 200; body: { ready: boolean; checks: { name: string; ok: boolean; detail: string }[] } }
    | { status: 503; body: { ready: boolean; checks: { name: string; ok: boolean; detail: string }[] } }
  >
  /** Read a release: stage, manifest, scorecard. `GET /api/v1/releases/:id`, permission view. */
  getRelease(input: { params: { id: string } }, options?: CallOptions): Promise<ServedRelease>
  /** Read a card of a release, each field computed, referenced or authored: system, models, data, annex-iv, deployer. `GET /api/v1/releases/:id/cards/:card`, permission view. */
  getReleaseCard(
    input: { params: { id: string; card: 'system' | 'models' | 'data' | 'annex-iv' | 'deployer' } },
    options?: CallOptions,
  ): Promise<{
    kind: 'system' | 'models' | 'data' | 'annex-iv' | 'deployer'
    title: string
    application: string
    release: string
    digest: string
    at: string
    caution: string
    sections: {
      title: string
      fields: {
        label: string
        origin: 'computed' | 'referenced' | 'authored'
        lines: string[]
        from: string
        isRequired: boolean
      }[]
    }[]
    empty: string[]
  }>
  /** Say in words what changed since another release, by default the one frozen before. `GET /api/v1/releases/:id/changes`, permission view. */
  getReleaseChanges(
    input: { params: { id: string }; query?: { since?: string | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{ since: string | null; items: Change[] }>
  /** Say whether a release can take over from another and give back again, by default the one frozen before. `GET /api/v1/releases/:id/compatibility`, permission view. */
  getReleaseCompatibility(
    input: { params: { id: string }; query?: { since?: string | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{
    since: string | null
    forward: {
      what: 'index' | 'memory' | 'prompt-inputs' | 'answer-shape' | 'tools' | 'target' | 'routes' | 'fallbacks'
      fits: boolean
      words: string
    }[]
    back: {
      what: 'index' | 'memory' | 'prompt-inputs' | 'answer-shape' | 'tools' | 'target' | 'routes' | 'fallbacks'
      fits: boolean
      words: string
    }[]
  }>
  /** Report how ready a release is, over seven areas and seven pillars; the whole is as ready as the weakest. `GET /api/v1/releases/:id/readiness`, permission view. */
  getReleaseReadiness(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{ status: Status; weakest: Pillar[]; pillars: PillarStatus[]; areas: AreaStatus[]; at: string }>
  /** Response times by percentile, with n and intervals: as a whole, to the first token, and by part of the flow. `GET /api/v1/applications/:name/response-times`, permission view. */
  getResponseTimes(
    input: {
      params: { name: string }
      query?:
        | {
            stage?: Stage | undefined
            release?: string | undefined
            run?: string | undefined
            since?: string | undefined
            until?: string | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<ResponseTimes>
  /** What a review has before it today: KPIs, risks, access, waivers and cost, in sentences. `GET /api/v1/applications/:name/review-sheet`, permission view. */
  getReviewSheet(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{
    at: string
    figures: { kpis: string[]; risks: string[]; access: string[]; waivers: string[]; cost: string[] }
  }>
  /** How far a rewording is, what was kept, and why the rest was not. `GET /api/v1/applications/:name/rewordings/:id`, permission view. */
  getRewording(
    input: { params: { name: string; id: string } },
    options?: CallOptions,
  ): Promise<{
    id: string
    application: string
    suite: string
    model: string
    paraphrases: number
    languages: string[]
    prompt: string
    quote: RewordingQuote
    state: string
    progress: { done: number; total: number | null }
    error: string | null
    createdAt: string
    result: RewordingResult | null
  }>
  /** Read a rollout with its statistics and latest decision. `GET /api/v1/rollouts/:id`, permission view. */
  getRollout(input: { params: { id: string } }, options?: CallOptions): Promise<ServedRollout>
  /** Read how the evidence of a rollout grew, point by point, for the plot. `GET /api/v1/rollouts/:id/history`, permission view. */
  getRolloutHistory(input: { params: { id: string } }, options?: CallOptions): Promise<{ items: RolloutPoint[] }>
  /** Read the rollout of a stage as one figure: 1 go on, 0 wait, -1 roll back. `GET /api/v1/applications/:name/stages/:stage/rollout-verdict`, permission view. */
  getRolloutVerdict(
    input: { params: { name: string; stage: GatedStage } },
    options?: CallOptions,
  ): Promise<{
    value: 1 | 0 | -1
    verdict: 'go' | 'wait' | 'roll-back'
    rollout: string | null
    state: RolloutState | null
    share: number | null
    why: string[]
  }>
  /** Limits of a key, team, release, model, application or the organisation, and how far they are used. `GET /api/v1/limits/:scope/:name`, permission view. */
  getScopeLimits(
    input: { params: { scope: 'organisation' | 'team' | 'key' | 'application' | 'release' | 'model'; name: string } },
    options?: CallOptions,
  ): Promise<{
    scope: 'organisation' | 'team' | 'key' | 'application' | 'release' | 'model'
    name: string
    limits: {
      requestsPerMinute: number | null
      requestsPerDay: number | null
      requestsPerMonth: number | null
      tokensPerMinute: number | null
      tokensPerDay: number | null
      tokensPerMonth: number | null
      concurrentRequests: number | null
      costMicroUsdPerMinute: string | null
      costMicroUsdPerDay: string | null
      costMicroUsdPerMonth: string | null
      onAuthorityAway: 'refuse' | 'allow' | null
    }
    isDefault: boolean
    caps: {
      kind:
        | 'requests-per-minute'
        | 'requests-per-day'
        | 'requests-per-month'
        | 'tokens-per-minute'
        | 'tokens-per-day'
        | 'tokens-per-month'
        | 'concurrent-requests'
        | 'cost-per-minute'
        | 'cost-per-day'
        | 'cost-per-month'
      cap: number | string
      used: number | string
      held: number | string
      share: number
      state: 'ok' | 'near' | 'reached'
      opensAt: string | null
    }[]
  }>
  /** Whether you have an authenticator app here, and whether it is demanded. `GET /api/v1/second-factor`, permission view. */
  getSecondFactor(input?: Record<string, never>, options?: CallOptions): Promise<SecondFactorStatus>
  /** Requests, users, errors, latency and cost over time, by release and arm. `GET /api/v1/applications/:name/series`, permission view. */
  getSeries(
    input: {
      params: { name: string }
      query?:
        | {
            stage?: Stage | undefined
            rollout?: string | undefined
            since?: string | undefined
            until?: string | undefined
            points?: number | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{
    since: string
    until: string
    stepMs: number
    items: {
      release: string
      arm: Arm | null
      points: {
        at: string
        requests: number
        users: number
        errors: number
        refused: number
        guardHits: number
        abstained: number
        latencyP50Ms: number | null
        latencyP95Ms: number | null
        firstTokenP50Ms: number | null
        costMicroUsd: string
        priced: number
      }[]
    }[]
  }>
  /** One shortlist of models with every elimination and its reason. `GET /api/v1/model-shortlists/:id`, permission view. */
  getShortlist(input: { params: { id: string } }, options?: CallOptions): Promise<Shortlist>
  /** The decision of a shortlist as the lines of decision.yaml that it answers. `GET /api/v1/model-shortlists/:id/decision`, permission view. */
  getShortlistDecision(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{ file: 'decision.yaml'; content: string }>
  /** How steady the answers of an experiment were when questions were asked in other ways, with n and interval. `GET /api/v1/experiments/:id/stability`, permission view. */
  getStability(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{ experiment: string; evaluator: string; margin: number; measured: Part[]; stability: Stability }>
  /** Read the standards of the organisation: allowed models and templates, defaults, and what is fixed. `GET /api/v1/standards`, permission view. */
  getStandards(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<{
    standards: {
      id: string
      organisation: string
      version: number
      content: {
        models: string[]
        templates: string[]
        defaults: {
          profile?:
            | {
                industry?: string | undefined
                users?: string[] | undefined
                audience?: 'internal' | 'customers' | 'public' | undefined
                personalData?: 'none' | 'contact' | 'sensitive' | 'unknown' | undefined
                commercial?: boolean | undefined
                residency?: string[] | undefined
                geography?: string[] | undefined
                regimes?: string[] | undefined
                securityStandards?: string[] | undefined
                domain?: string | undefined
                deployment?: 'hosted-model' | 'managed-service' | 'own-cloud' | 'on-premises' | 'device' | undefined
                autonomy?: 'answers' | 'suggests' | 'acts-with-approval' | 'acts-alone' | undefined
              }
            | undefined
          privacy?:
            | {
                purpose?: string | undefined
                lawfulBasis?:
                  | 'consent'
                  | 'contract'
                  | 'legal-obligation'
                  | 'vital-interests'
                  | 'public-task'
                  | 'legitimate-interests'
                  | undefined
                retention: { tracesDays?: number | undefined }
              }
            | undefined
          disclosure?: Disclosure | undefined
          limits?: { requestsPerMinute?: number | undefined; usdPerMonth?: string | undefined } | undefined
          gates?: Partial<Record<Stage, { add: string[]; tighten: Record<string, Tighter> }>> | undefined
          duties?: Partial<Record<Duty, string>> | undefined
        }
        fixed: ('profile' | 'privacy' | 'disclosure' | 'limits' | 'gates' | 'duties')[]
      }
      createdAt: string
      createdBy: string
    } | null
  }>
  /** Judge what a release in production has to keep up. `GET /api/v1/releases/:id/standing-checks`, permission view. */
  getStandingChecks(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{ sound: boolean; findings: Finding[] }>
  /** One study: how far it is and how far people agree; what they prefer once it is closed. `GET /api/v1/studies/:id`, permission view. */
  getStudy(input: { params: { id: string } }, options?: CallOptions): Promise<StudyView>
  /** How the recorder and the export are doing: queue, spool, what was lost. `GET /api/v1/telemetry/status`, permission view. */
  getTelemetryStatus(input?: Record<string, never>, options?: CallOptions): Promise<TelemetryStatus>
  /** Read the threat model: where data flows, which known threats apply, and what holds each off. `GET /api/v1/applications/:name/threats`, permission view. */
  getThreatModel(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{
    isKept: boolean
    asOf: string
    sources: string[]
    flow: { from: string; to: string; what: string; crosses: string | null }[]
    dataFlowRead: boolean
    notes: string
    traits: ('always' | 'data' | 'retrieval' | 'tools' | 'agent' | 'agents')[]
    threats: {
      id: string
      list: string
      title: string
      says: string
      appliesTo: 'always' | 'data' | 'retrieval' | 'tools' | 'agent' | 'agents'
      state: 'mitigated' | 'accepted' | 'absent' | 'open'
      checks: { check: string; verdict: Verdict | null }[]
      isHeld: boolean
      reason: string
      by: string
      until: string | null
    }[]
    open: number
  }>
  /** Get one trace with its spans, sources and feedback. `GET /api/v1/traces/:id`, permission view. */
  getTrace(input: { params: { id: string } }, options?: CallOptions): Promise<Trace>
  /** Compute a request's cost again under its price book of that day. `GET /api/v1/traces/:id/cost`, permission view. */
  getTraceCost(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    traceId: string
    kind: 'priced' | 'price_unknown'
    costMicroUsd: string | null
    priceBook: { name: string; digest: string } | null
    again: 'agrees' | 'differs' | 'cannot'
    againMicroUsd: string | null
    charges: { model: string; at: string; usage: Usage; costMicroUsd: string | null }[]
  }>
  /** How many of each group have finished, over all applications. `GET /api/v1/training-completion`, permission view. */
  getTrainingCompletion(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<{
    groups: {
      group: 'consumers' | 'leaders' | 'builders'
      people: number
      finished: number
      share: number | null
      target: number
      isMet: boolean | null
      staffShare: number
      namedShare: number | null
    }[]
  }>
  /** Read the learning paths, what each duty needs, and what a gap does. `GET /api/v1/training-policy`, permission view. */
  getTrainingPolicy(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<{
    paths: {
      group: 'consumers' | 'leaders' | 'builders'
      staffShare: number
      target: number
      validDays: number
      needs: 'one' | 'all'
      modules: { id: string; link?: string | undefined }[]
    }[]
    duties: Partial<Record<Duty, string[]>>
    gaps: 'warn' | 'block'
  }>
  /** One training run with its parameters and the digests of what came out. `GET /api/v1/model-training-runs/:id`, permission view. */
  getTrainingRun(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    model: string
    digest: string
    mlflowRun: string | null
    method:
      | 'pre-training'
      | 'full'
      | 'LoRA'
      | 'QLoRA'
      | 'DPO'
      | 'RLHF'
      | 'distillation'
      | 'merging'
      | 'quantisation'
      | 'by-provider'
      | 'other'
      | null
    base: string[]
    teacher: string | null
    datasets: (
      | { kind: 'version'; dataset: string; version: number; digest: string; application: string | null }
      | { kind: 'elsewhere'; name: string; digest: string | null; licence: string | null; source: string | null }
    )[]
    code: { repository: string | null; revision: string } | null
    parameters: Record<string, string | number | boolean | null | (string | number | boolean | null)[]>
    seed: number | null
    frameworks: Record<string, string>
    hardware: { name: string; count: number; hours: number } | null
    costMicroUsd: string | null
    startedAt: string | null
    endedAt: string | null
    figures: { name: string; value: number; n: number | null; low: number | null; high: number | null }[]
    weights: { file: string | null; digest: string }[]
    note: string | null
    replaces: string | null
    recordedBy: string
    recordedAt: string
  }>
  /** Read a trial with its links and every answer. `GET /api/v1/trials/:id`, permission attest. */
  getTrial(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    trial: {
      id: string
      organisation: string
      application: string
      release: string | null
      title: string
      tasks: { id: string; text: string }[]
      consent: string
      retentionDays: number
      closedAt: string | null
      blankedAt: string | null
      createdAt: string
      createdBy: string
      example: boolean
    }
    report: {
      invited: number
      answeredOfInvited: number
      responseRate: number | null
      answeredOtherwise: number
      answers: number
      rating: number | null
      negative: number
      negativeUpper: Interval | null
      tasks: { id: string; text: string; done: number; withHelp: number; failed: number; minutes: number | null }[]
      themes: { words: string; answers: number; share: number; rating: number; quotes: string[] }[]
    }
    links: {
      id: string
      organisation: string
      trial: string
      label: string | null
      mostUses: number
      uses: number
      createdAt: string
      createdBy: string
      revokedAt: string | null
    }[]
    answers: {
      id: string
      organisation: string
      trial: string
      link: string | null
      kind: 'form' | 'interview'
      who: string | null
      rating: number
      results: { task: string; outcome: 'done' | 'with-help' | 'failed'; minutes: number | null }[]
      comment: string | null
      at: string
    }[]
  }>
  /** How far a tuning is, and what it found: every variant with its score, cost and time. `GET /api/v1/tunings/:id`, permission view. */
  getTuning(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    id: string
    application: string
    release: string
    suite: string
    prompt: string
    state: string
    progress: { done: number; total: number | null }
    error: string | null
    createdAt: string
    result: TuningResult | null
  }>
  /** Requests, errors, tokens, cost and latency by release and hour. `GET /api/v1/applications/:name/usage`, permission view. */
  getUsage(
    input: {
      params: { name: string }
      query?: { since?: string | undefined; release?: string | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{
    since: string
    total: {
      requests: number
      errors: number
      cancelled: number
      abstained: number
      inputTokens: number
      outputTokens: number
      costMicroUsd: string
      priced: number
      unpriced: number
      unpricedTokens: number
      latencyP50Ms: number | null
      latencyP95Ms: number | null
    }
    items: UsageRow[]
  }>
  /** Requests, tokens, cost and latency by application, key, team, user, feature, model, release or day. `GET /api/v1/usage`, permission view. */
  getUsageBy(
    input?: {
      query?:
        | {
            by?: string | undefined
            since?: string | undefined
            until?: string | undefined
            application?: string | undefined
            release?: string | undefined
            model?: string | undefined
            latencies?: 'true' | 'false' | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{
    since: string
    until: string
    by: ('application' | 'key' | 'team' | 'user' | 'feature' | 'model' | 'release' | 'day')[]
    total: {
      requests: number
      errors: number
      cancelled: number
      abstained: number
      inputTokens: number
      outputTokens: number
      costMicroUsd: string
      priced: number
      unpriced: number
      unpricedTokens: number
      latencyP50Ms: number | null
      latencyP95Ms: number | null
      keptAnswers: number
      keptByMeaning: number
      keptShare: number | null
      savedMicroUsd: string | null
      savedUnpriced: number
    }
    items: {
      requests: number
      errors: number
      cancelled: number
      abstained: number
      inputTokens: number
      outputTokens: number
      costMicroUsd: string
      priced: number
      unpriced: number
      unpricedTokens: number
      latencyP50Ms: number | null
      latencyP95Ms: number | null
      keptAnswers: number
      keptByMeaning: number
      keptShare: number | null
      savedMicroUsd: string | null
      savedUnpriced: number
      group: Partial<
        Record<'application' | 'key' | 'team' | 'user' | 'feature' | 'model' | 'release' | 'day', string | null>
      >
      cacheReadTokens: number
      traces: string | null
    }[]
    isCut: boolean
  }>
  /** The same as a table for a spreadsheet. `GET /api/v1/usage.csv`, permission view. */
  getUsageCsv(
    input?: {
      query?:
        | {
            by?: string | undefined
            since?: string | undefined
            until?: string | undefined
            application?: string | undefined
            release?: string | undefined
            model?: string | undefined
            latencies?: 'true' | 'false' | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<Response>
  /** Who asks what and how it went, and what of it changed since the period before. `GET /api/v1/applications/:name/usage-patterns`, permission view. */
  getUsagePatterns(
    input: { params: { name: string }; query?: { days?: number | undefined } | undefined },
    options?: CallOptions,
  ): Promise<UsagePatterns>
  /** Get one delivery with the payload that was sent. `GET /api/v1/webhook-deliveries/:id`, permission operate. */
  getWebhookDelivery(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    webhook: string
    event: string
    type:
      | 'release.promoted'
      | 'gate.held'
      | 'rollout.started'
      | 'rollout.advanced'
      | 'rollout.held'
      | 'rollout.completed'
      | 'rollout.aborted'
      | 'waiver.requested'
      | 'waiver.decided'
      | 'approval.asked'
      | 'approval.signed'
      | 'finding.opened'
      | 'answer.held'
      | 'answer.decided'
      | 'experiment.finished'
      | 'experiment.paused'
      | 'limit.near'
      | 'limit.reached'
      | 'alert.opened'
      | 'alert.ended'
      | 'switch.changed'
      | 'webhook.test'
    application: string | null
    state: 'waiting' | 'delivered' | 'failed'
    attempts: { at: string; status: number | null; error: string | null }[]
    nextAt: string | null
    createdAt: string
    deliveredAt: string | null
    payload: {
      type:
        | 'release.promoted'
        | 'gate.held'
        | 'rollout.started'
        | 'rollout.advanced'
        | 'rollout.held'
        | 'rollout.completed'
        | 'rollout.aborted'
        | 'waiver.requested'
        | 'waiver.decided'
        | 'approval.asked'
        | 'approval.signed'
        | 'finding.opened'
        | 'answer.held'
        | 'answer.decided'
        | 'experiment.finished'
        | 'experiment.paused'
        | 'limit.near'
        | 'limit.reached'
        | 'alert.opened'
        | 'alert.ended'
        | 'switch.changed'
        | 'webhook.test'
      timestamp: string
      data: { application: string | null; subject: string; actor: string | null; detail: Record<string, unknown> }
    }
  }>
  /** How much the wording of a prompt matters: each other wording beside the prompt as it is, and the spread. `GET /api/v1/experiments/:id/wording-stability`, permission view. */
  getWordingStability(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    experiment: string
    evaluator: string
    margin: number
    measured: Part[]
    wordings: {
      arm: string
      stable: number | null
      n: number
      clusters: number
      interval: Interval | null
      missing: number
      change: number | null
      changeInterval: Interval | null
      verdict: 'STEADY' | 'MOVED' | 'INCONCLUSIVE'
      moreNeeded: number | null
    }[]
    spread: {
      best: string
      worst: string
      difference: number
      n: number
      interval: Interval | null
      verdict: 'STEADY' | 'MOVED' | 'INCONCLUSIVE'
    } | null
  }>
  /** Sign a quarterly review as business owner: what was said of each part, and what was decided. `POST /api/v1/applications/:name/reviews`, permission attest. */
  holdReview(
    input: {
      params: { name: string }
      body: {
        notes: {
          kpis?: string | undefined
          risks?: string | undefined
          access?: string | undefined
          waivers?: string | undefined
          cost?: string | undefined
        }
        decision: 'keep' | 'change' | 'retire'
        reasons: string
        people?: string[] | undefined
        actions?: { text: string; owner: string; dueOn: string | null }[] | undefined
        example?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    application: string
    heldAt: string
    sheet: {
      at: string
      figures: { kpis: string[]; risks: string[]; access: string[]; waivers: string[]; cost: string[] }
    }
    notes: { kpis: string; risks: string; access: string; waivers: string; cost: string }
    decision: 'keep' | 'change' | 'retire' | null
    reasons: string
    people: string[]
    actions: { text: string; owner: string; dueOn: string | null; doneAt: string | null }[]
    by: string
    example: boolean
  }>
  /** Import advisories in the OSV form: one, a list, or one a line; a newer one replaces the older. `POST /api/v1/advisories`, permission operate. */
  importAdvisories(
    input: { body: { content: string } },
    options?: CallOptions,
  ): Promise<{ added: number; updated: number; unchanged: number; hits: number }>
  /** Import a tool's own report as evidence. `POST /api/v1/evidence/imports`, permission attest. */
  importEvidence(
    input: {
      body: {
        tool: string
        release: string
        content: string
        check?: string | undefined
        figures?: Record<string, number | boolean> | undefined
        example?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{ items: Evidence[] }>
  /** Bring in a signed report from outside the team: its findings become records, and it answers red.full. `POST /api/v1/findings/reports`, permission attest. */
  importFindingsReport(
    input: {
      body: {
        release: string
        envelope: { payloadType: string; payload: string; signatures: { keyid: string; sig: string }[] }
        publicKey: string
        owner: string
        example?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{
    report: {
      id: string
      organisation: string
      application: string
      release: string
      author: string
      independent: boolean
      keyid: string
      statement: string
      envelope: Envelope
      importedBy: string
      at: string
      example: boolean
    }
    findings: Found[]
  }>
  /** Take in what KPIs became from a table (kpi, value, n, measuredAt, source); all or none. `POST /api/v1/applications/:name/kpi-values/imports`, permission build. */
  importKpiValues(
    input: { params: { name: string }; body: { csv: string } },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      organisation: string
      application: string
      kpi: string
      value: number
      n: number | null
      low: number | null
      high: number | null
      measuredAt: string
      source: string
      createdAt: string
      createdBy: string
    }[]
  }>
  /** Take in runs of other programs: an MLflow run, a search for runs or an mlruns folder, or JUnit XML. `POST /api/v1/applications/:name/outside-runs`, permission build. */
  importOutsideRuns(
    input: {
      params: { name: string }
      body: {
        tool: 'mlflow' | 'junit'
        content?: string | undefined
        files?: Record<string, string> | undefined
        kind?: 'prompt' | 'pipeline' | 'application' | undefined
        release?: string | undefined
        check?: string | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{ items: OutsideRun[] }>
  /** Take in a roadmap, risks or resources that were edited elsewhere; rows are changed or added, never taken away. `POST /api/v1/applications/:name/plan/:table/imports`, permission build. */
  importPaper(
    input: { params: { name: string; table: 'roadmap' | 'risks' | 'resources' }; body: { text: string } },
    options?: CallOptions,
  ): Promise<{ changed: number; added: number }>
  /** Import a file: good rows enter as a new version, bad ones wait in quarantine with line and reason. `POST /api/v1/datasets/:dataset/imports`, permission build. */
  importRows(
    input: {
      params: { dataset: string }
      query?:
        | {
            reason: string
            file?: string | undefined
            format?:
              | 'jsonl'
              | 'csv'
              | 'xlsx'
              | 'promptfoo'
              | 'openai-evals'
              | 'mlflow'
              | 'huggingface'
              | 'croissant'
              | 'parquet'
              | undefined
            encoding?: string | undefined
            sheet?: string | undefined
            mode?: 'append' | 'merge' | 'replace' | undefined
            split?: Split | undefined
            columns?: string | undefined
            synthetic?: 'true' | 'false' | undefined
            steps?: string | undefined
            git?: string | undefined
            dvc?: string | undefined
          }
        | undefined
      body: Blob | Uint8Array<ArrayBuffer> | string
    },
    options?: CallOptions,
  ): Promise<{ status: 200; body: ImportResult } | { status: 201; body: ImportResult }>
  /** Import training records from CSV (person, module, score, date) or JSON; all or none. `POST /api/v1/training-records/imports`, permission attest. */
  importTrainingRecords(
    input: { body: { content: string; example?: boolean | undefined } },
    options?: CallOptions,
  ): Promise<{ imported: number }>
  /** Keep a session as an application: its prompt, model and parameters, and its questions as cases. `POST /api/v1/playground/applications`, permission build. */
  keepAsApplication(
    input: {
      body: {
        name: string
        from:
          | { kind: 'release'; release: string }
          | {
              kind: 'model'
              model: string
              parameters?: Record<string, unknown> | undefined
              system?: string | undefined
            }
        cases: { turns: { role: 'system' | 'user' | 'assistant'; content: string }[]; expected?: string | undefined }[]
      }
    },
    options?: CallOptions,
  ): Promise<{ name: string; files: string[]; cases: number; notes: string[] }>
  /** Judge a release at a gate and keep the decision with everything that it read. `POST /api/v1/releases/:id/gates/:stage/decisions`, permission build. */
  keepGateDecision(
    input: { params: { id: string; stage: GatedStage } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    application: string
    release: string
    into: Stage
    occasion: 'asked' | 'run' | 'held' | 'promoted' | 'approved'
    decision: GateDecision
    snapshot: {
      parts: Part[]
      evidence: string[]
      waivers: Waiver[]
      challenges: Challenge[]
      applicability: Applicability
      inStageSince: string | null
    }
    gate: string
    by: string
    at: string
  }>
  /** Say what an answer is; a second word of the same person replaces the first. `PUT /api/v1/annotation-items/:id/label`, permission attest. */
  labelAnnotation(
    input: {
      params: { id: string }
      body: { value: string | null; comment?: string | undefined; tookMs?: number | null | undefined }
    },
    options?: CallOptions,
  ): Promise<ItemLabel>
  /** Say what is likely wrong with the prompts of a blueprint, by code; without files of the stored one. `POST /api/v1/applications/:name/prompt-findings`, permission build. */
  lintPrompts(
    input: { params: { name: string }; body: { files?: Record<string, string | { base64: string }> | undefined } },
    options?: CallOptions,
  ): Promise<{ prompts: number; items: LintFinding[] }>
  /** List people and programs with their roles. `GET /api/v1/actors`, permission view. */
  listActors(
    input?: { query?: { cursor?: string | undefined; limit?: number | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      organisation: string
      name: string
      kind: 'person' | 'program' | 'system'
      role: Role
      example: boolean
      signInName: string | null
      disabledAt: string | null
      language: string | null
      createdAt: string
    }[]
    next: string | null
  }>
  /** List advisories, with what of this installation each is about. `GET /api/v1/advisories`, permission view. */
  listAdvisories(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            about?: 'anything' | 'ours' | undefined
            model?: string | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: Advisory[]; next: string | null; newestImport: string | null; packages: number }>
  /** List alerts, the newest first: errors, cost, a provider that is down, KPIs, and sources past their day. `GET /api/v1/alerts`, permission view. */
  listAlerts(
    input?: { query?: { application?: string | undefined; state?: 'open' | 'seen' | 'over' | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{ items: ServedAlert[] }>
  /** The datasets of the installation, by name. `GET /api/v1/datasets`, permission view. */
  listAllDatasets(
    input?: {
      query?: { cursor?: string | undefined; limit?: number | undefined; application?: string | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: Dataset[]; next: string | null }>
  /** The answers of a queue in their order: where each stands, and what the caller said. `GET /api/v1/annotation-queues/:id/items`, permission attest. */
  listAnnotationItems(
    input: {
      params: { id: string }
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            show?: 'all' | 'mine' | 'open' | 'disputed' | 'decided' | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: AnnotationLine[]; next: string | null }>
  /** Queues of answers to label, the newest first. `GET /api/v1/annotation-queues`, permission view. */
  listAnnotationQueues(
    input?: {
      query?: { cursor?: string | undefined; limit?: number | undefined; application?: string | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: AnnotationQueue[]; next: string | null }>
  /** List what applications are called, all of them at once. `GET /api/v1/application-names`, permission view. */
  listApplicationNames(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<{ items: { name: string; description: string }[] }>
  /** List applications with their stages, by name. `GET /api/v1/applications`, permission view. */
  listApplications(
    input?: { query?: { cursor?: string | undefined; limit?: number | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{ items: ServedApplication[]; next: string | null }>
  /** List approvals, newest first; with yours only those that the caller may sign now. `GET /api/v1/approvals`, permission view. */
  listApprovals(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            application?: string | undefined
            release?: string | undefined
            state?: 'asked' | 'given' | 'refused' | 'withdrawn' | undefined
            yours?: 'true' | 'false' | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: ServedApproval[]; next: string | null }>
  /** How long approvals waited for each person, and what waits for whom now; of the newest thousand approvals. `GET /api/v1/approvers`, permission view. */
  listApprovers(
    input?: { query?: { application?: string | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{
    items: {
      name: string
      signed: number
      medianMs: number | null
      longestMs: number | null
      waiting: { approval: string; application: string; release: string; into: string; duties: Duty[]; forMs: number }[]
    }[]
  }>
  /** The last attack runs of a release with what got through, newest first; answers are for who may build or sign. `GET /api/v1/releases/:id/attack-runs`, permission view. */
  listAttackRuns(input: { params: { id: string } }, options?: CallOptions): Promise<{ items: AttackRun[] }>
  /** List the audit log, newest first. `GET /api/v1/audit`, permission audit. */
  listAudit(
    input?: {
      query?:
        | {
            actor?: string | undefined
            action?: string | undefined
            subject?: string | undefined
            application?: string | undefined
            since?: string | undefined
            until?: string | undefined
            cursor?: string | undefined
            limit?: number | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{
    items: {
      position: number
      organisation: string
      at: string
      actor: string
      action: string
      subject: string
      application: string | null
      detail: Record<string, unknown>
      previous: string | null
      digest: string
    }[]
    next: string | null
  }>
  /** What people and the judge said, case by case. `GET /api/v1/calibrations/:id/cases`, permission view. */
  listCalibrationCases(
    input: { params: { id: string }; query?: { cursor?: string | undefined; limit?: number | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      labels: { by: string; value: boolean | null }[]
      agreed?: boolean | undefined
      verdict: boolean | null
      swapped?: boolean | null | undefined
      characters?: number | undefined
      otherCharacters?: number | undefined
      ownFamily?: boolean | undefined
      formatted?: boolean | undefined
    }[]
    next: string | null
  }>
  /** Calibrations, the newest first. `GET /api/v1/calibrations`, permission view. */
  listCalibrations(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            application?: string | undefined
            judge?: string | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      organisation: string
      application: string
      judge: string
      judgeName: string
      model: string
      data: string
      trust: 'measured' | 'imported'
      source: string
      result: {
        standing: 'strong' | 'weak' | 'informs' | 'refused'
        why: string[]
        labels: number
        cases: number
        doubleLabelled: number
        unsettled: number
        unreadable: number
        kappa: { value: number | null; n: number; interval: Interval | null }
        alpha: { value: number | null; n: number; interval: Interval | null }
        accuracy: { value: number | null; n: number; interval: Interval | null }
        kappaWithPeople: { value: number | null; n: number; interval: Interval | null }
        sensitivity: { value: number | null; n: number; interval: Interval | null }
        specificity: { value: number | null; n: number; interval: Interval | null }
        counts: { truePositive: number; positives: number; trueNegative: number; negatives: number }
        bias: {
          position: { value: number | null; n: number; interval: Interval | null }
          consistency: { value: number | null; n: number; interval: Interval | null }
          length: { value: number | null; n: number; interval: Interval | null }
          selfPreference: { value: number | null; n: number; interval: Interval | null }
          format: { value: number | null; n: number; interval: Interval | null }
        }
        neededLabels: number | null
      }
      createdAt: string
      createdBy: string
    }[]
    next: string | null
  }>
  /** List challenges of evidence, newest first. `GET /api/v1/challenges`, permission view. */
  listChallenges(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            application?: string | undefined
            evidence?: string | undefined
            state?: 'open' | 'upheld' | 'dismissed' | 'withdrawn' | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: Challenge[]; next: string | null }>
  /** What judges scored, and the share of answers that people would call good, with the errors of the judges taken out. `GET /api/v1/experiments/:id/corrected-scores`, permission view. */
  listCorrectedScores(input: { params: { id: string } }, options?: CallOptions): Promise<{ items: CorrectedScore[] }>
  /** The rows of a version in their order, without the holdout; the holdout by its name alone, counted. `GET /api/v1/datasets/:dataset/rows`, permission view. */
  listDatasetRows(
    input: {
      params: { dataset: string }
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            version?: number | undefined
            split?: Split | undefined
            text?: string | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: DatasetRow[]; next: string | null; version: number; hidden: number }>
  /** The versions of a dataset, the newest first, each with its reason and where its rows come from. `GET /api/v1/datasets/:dataset/versions`, permission view. */
  listDatasetVersions(
    input: {
      params: { dataset: string }
      query?: { cursor?: number | undefined; limit?: number | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: VersionSummary[]; next: string | null }>
  /** The datasets of an application, as its newest release froze them. `GET /api/v1/applications/:name/datasets`, permission view. */
  listDatasets(input: { params: { name: string } }, options?: CallOptions): Promise<{ items: DatasetPart[] }>
  /** List duties that are or were lent, newest first. `GET /api/v1/delegations`, permission view. */
  listDelegations(
    input?: { query?: { application?: string | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      organisation: string
      application: string
      duty: Duty
      from: string
      to: string
      reason: string
      at: string
      until: string
      endedAt: string | null
    }[]
  }>
  /** List deletions, the newest first. `GET /api/v1/privacy/deletions`, permission privacy. */
  listDeletions(
    input?: { query?: { cursor?: string | undefined; limit?: number | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{ items: Deletion[]; next: string | null }>
  /** Complete answers on which people differ, with what each said. `GET /api/v1/annotation-queues/:id/disputes`, permission attest. */
  listDisputes(
    input: { params: { id: string }; query?: { cursor?: string | undefined; limit?: number | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      queue: string
      number: number
      input: string
      answer: string
      other: string | null
      expected: string | null
      passages: string[]
      source: {
        kind: 'experiment' | 'trace' | 'feedback' | 'upload'
        id: string | null
        example: string | null
        release: string | null
      }
      labelsAsked: number
      labelCount: number
      valueCount: number
      adjudicated: { value: string; by: string; reason: string; at: string } | null
      labels: ItemLabel[]
    }[]
    next: string | null
  }>
  /** List what a document was, the newest first. `GET /api/v1/applications/:name/documents/:document/versions`, permission view. */
  listDocumentVersions(
    input: {
      params: {
        name: string
        document:
          | 'charter'
          | 'assessment'
          | 'decision'
          | 'classification'
          | 'risks'
          | 'approvals'
          | 'inventory'
          | 'roadmap'
          | 'resources'
          | 'task'
          | 'impact'
          | 'oversight'
          | 'dpia'
          | 'card'
          | 'pilot'
          | 'change'
          | 'retirement'
          | 'threats'
      }
      query?: { cursor?: string | undefined; limit?: number | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      organisation: string
      application: string
      document:
        | 'charter'
        | 'assessment'
        | 'decision'
        | 'classification'
        | 'risks'
        | 'approvals'
        | 'inventory'
        | 'roadmap'
        | 'resources'
        | 'task'
        | 'impact'
        | 'oversight'
        | 'dpia'
        | 'card'
        | 'pilot'
        | 'change'
        | 'retirement'
        | 'threats'
      digest: string
      value: Record<string, unknown>
      createdAt: string
      createdBy: string
    }[]
    next: string | null
  }>
  /** What each document of a release gave: its format, who read it, and the passages that it became. `GET /api/v1/releases/:id/documents`, permission view. */
  listDocuments(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    items: {
      source: string
      format: string
      isPacked: boolean
      reader: string | null
      passages: number
      words: number
      shortest: number
      longest: number
      untitled: number
    }[]
  }>
  /** What a dossier of this release would hold, section by section, without its contents. `GET /api/v1/releases/:id/dossier/sections`, permission view. */
  listDossierSections(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{ items: { name: string; title: string; entries: string[] }[] }>
  /** The evaluators that suites can use. `GET /api/v1/evaluators`, permission view. */
  listEvaluators(input?: Record<string, never>, options?: CallOptions): Promise<{ items: EvaluatorInfo[] }>
  /** List evidence, newest first. `GET /api/v1/evidence`, permission view. */
  listEvidence(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            application?: string | undefined
            release?: string | undefined
            check?: string | undefined
            trust?: Trust | undefined
            producer?: string | undefined
            since?: string | undefined
            until?: string | undefined
            against?: string | undefined
            holds?: 'true' | 'false' | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      organisation: string
      application: string
      release: string | null
      check: string
      summary: string
      facts: Record<string, Fact>
      inputs: Part[]
      producer: { name: string; version: string }
      trust: Trust
      by: string
      duty: Duty | null
      source: string | null
      costMicroUsd: string
      example: boolean
      at: string
      stale: string[] | null
    }[]
    next: string | null
  }>
  /** List the public keys that verify evidence. `GET /api/v1/evidence/keys`, permission view. */
  listEvidenceKeys(input?: Record<string, never>, options?: CallOptions): Promise<{ items: SigningKey[] }>
  /** The examples of a dataset in file order. `GET /api/v1/applications/:name/datasets/:dataset/examples`, permission view. */
  listExamples(
    input: {
      params: { name: string; dataset: string }
      query?: { cursor?: string | undefined; limit?: number | undefined; split?: Split | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: Example[]; next: string | null }>
  /** The rows of an experiment: what was asked, answered and scored. `GET /api/v1/experiments/:id/rows`, permission view. */
  listExperimentRows(
    input: {
      params: { id: string }
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            arm?: string | undefined
            example?: string | undefined
            evaluator?: string | undefined
            order?: 'dataset' | 'worst-difference-first' | undefined
            failed?: 'true' | 'false' | undefined
            holdout?: 'true' | 'false' | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: ExperimentRow[]; next: string | null }>
  /** Experiments, the newest first. `GET /api/v1/experiments`, permission view. */
  listExperiments(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            application?: string | undefined
            release?: string | undefined
            suite?: string | undefined
            state?: ExperimentState | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: Experiment[]; next: string | null }>
  /** What did not pass, by what is alike in it, the largest first, with owner and decision. `GET /api/v1/experiments/:id/failure-clusters`, permission view. */
  listFailureClusters(input: { params: { id: string } }, options?: CallOptions): Promise<{ items: FailureCluster[] }>
  /** The last drills of faults of a release, with what users saw of each fault, newest first. `GET /api/v1/releases/:id/fault-drills`, permission view. */
  listFaultDrills(input: { params: { id: string } }, options?: CallOptions): Promise<{ items: FaultDrill[] }>
  /** List all feedback on a trace, what was replaced too, oldest first. `GET /api/v1/traces/:id/feedback`, permission view. */
  listFeedback(input: { params: { id: string } }, options?: CallOptions): Promise<{ items: Feedback[] }>
  /** Published recordings whose figures this program computes again, with the files that it needs. `GET /api/v1/figures`, permission view. */
  listFigures(input?: Record<string, never>, options?: CallOptions): Promise<{ items: FigureSet[] }>
  /** List findings of security audits and attack campaigns, newest first. `GET /api/v1/findings`, permission view. */
  listFindings(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            application?: string | undefined
            state?: 'open' | 'fixed' | 'retested' | 'accepted' | undefined
            severity?: 'critical' | 'high' | 'medium' | 'low' | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: Found[]; next: string | null }>
  /** List the checks of a gate as this release is asked them, with its tier and its overlay. `GET /api/v1/releases/:id/gates/:stage/checks`, permission view. */
  listGateChecks(
    input: { params: { id: string; stage: GatedStage } },
    options?: CallOptions,
  ): Promise<{ tier: Tier; graceDays: number; items: Check[] }>
  /** List the kept decisions about a release, newest first. `GET /api/v1/releases/:id/decisions`, permission view. */
  listGateDecisions(
    input: {
      params: { id: string }
      query?: { cursor?: string | undefined; limit?: number | undefined; into?: GatedStage | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      organisation: string
      application: string
      release: string
      into: Stage
      occasion: 'asked' | 'run' | 'held' | 'promoted' | 'approved'
      decision: GateDecision
      snapshot: {
        parts: Part[]
        evidence: string[]
        waivers: Waiver[]
        challenges: Challenge[]
        applicability: Applicability
        inStageSince: string | null
      }
      gate: string
      by: string
      at: string
    }[]
    next: string | null
  }>
  /** How each gateway and its targets are doing, some seconds old at most; empty for a key of one application. `GET /api/v1/gateways`, permission view. */
  listGatewayReports(input?: Record<string, never>, options?: CallOptions): Promise<{ items: GatewayReport[] }>
  /** The last generations of cases for a dataset, newest first. `GET /api/v1/datasets/:dataset/generations`, permission view. */
  listGenerations(input: { params: { dataset: string } }, options?: CallOptions): Promise<{ items: Generation[] }>
  /** Answers of harm runs that rules could not tell, or what was refused; texts are for who may build or sign. `GET /api/v1/releases/:id/harm-answers`, permission view. */
  listHarmAnswers(
    input: {
      params: { id: string }
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            show?: 'open' | 'decided' | 'harmful' | 'refused' | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: HarmAnswer[]; next: string | null }>
  /** The last harm runs of a release, newest first, and how all of them stand together. `GET /api/v1/releases/:id/harm-runs`, permission view. */
  listHarmRuns(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{ items: HarmRun[]; standing: HarmStanding | null }>
  /** List answers that a person looks at, before they are given or after, newest first. `GET /api/v1/held-answers`, permission view. */
  listHeldAnswers(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            application?: string | undefined
            state?: 'waiting' | 'released' | 'edited' | 'refused' | undefined
            mode?: 'hold' | 'flag' | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: ServedHeldAnswer[]; next: string | null }>
  /** List calls of tools that wait for an overseer before they are made, and those that were decided, newest first. `GET /api/v1/held-calls`, permission view. */
  listHeldCalls(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            application?: string | undefined
            state?: 'waiting' | 'making' | 'made' | 'failed' | 'refused' | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: ServedHeldCall[]; next: string | null }>
  /** Who read the holdout, when and for what, and how many reads are left. `GET /api/v1/datasets/:dataset/holdout-reads`, permission view. */
  listHoldoutReads(
    input: { params: { dataset: string } },
    options?: CallOptions,
  ): Promise<{ items: HoldoutRead[]; left: number }>
  /** What users asked for in four weeks and did not get, in groups of words: requests that failed, were not answered or helped nobody. `GET /api/v1/applications/:name/idea-suggestions`, permission view. */
  listIdeaSuggestions(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{
    items: {
      kind: 'failed' | 'not-answered' | 'of-no-help'
      words: string[]
      requests: number
      users: number
      traces: string[]
      since: string
      key: string
      application: string
      share: number
      until: string
      idea: string | null
    }[]
  }>
  /** List ideas, the best first by the weights that are sent. `GET /api/v1/ideas`, permission view. */
  listIdeas(
    input?: {
      query?:
        | {
            impact?: number | undefined
            feasibility?: number | undefined
            readiness?: number | undefined
            cost?: number | undefined
            risk?: number | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{
    weights: { impact: number; feasibility: number; readiness: number; cost: number; risk: number }
    items: {
      id: string
      organisation: string
      title: string
      scores: {
        impact: number | null
        feasibility: number | null
        readiness: number | null
        cost: number | null
        risk: number | null
      }
      answers: Record<string, string | number | null>
      application: string | null
      parent: string | null
      origin: {
        kind: 'failed' | 'not-answered' | 'of-no-help'
        words: string[]
        requests: number
        users: number
        traces: string[]
        since: string
      } | null
      createdAt: string
      createdBy: string
      updatedAt: string
      rank: number | null
      doable: number | null
      worthwhile: number | null
    }[]
  }>
  /** What each imported file held: form, encoding, size, records, fields, and what was not taken and why. `GET /api/v1/datasets/:dataset/files`, permission view. */
  listImportedFiles(
    input: {
      params: { dataset: string }
      query?: { cursor?: string | undefined; limit?: number | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: ImportedFile[]; next: string | null }>
  /** List incidents, newest first, with their next deadline; also by a trace, or by the release that fixed them. `GET /api/v1/incidents`, permission view. */
  listIncidents(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            application?: string | undefined
            state?: 'open' | 'contained' | 'closed' | undefined
            severity?: 'critical' | 'high' | 'medium' | 'low' | undefined
            trace?: string | undefined
            fixedBy?: string | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: ListedIncident[]; next: string | null }>
  /** List what an application is connected with: programs that ask it, models and targets that it asks, webhooks. `GET /api/v1/applications/:name/integrations`, permission view. */
  listIntegrations(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{
    application: string
    at: string
    items: {
      direction: 'asks-it' | 'is-asked' | 'is-told'
      name: string
      host: string | null
      requests: number | null
      lastUsedAt: string | null
      says: string
    }[]
  }>
  /** The judges of an application, each with its newest calibration. `GET /api/v1/applications/:name/judges`, permission view. */
  listJudges(input: { params: { name: string } }, options?: CallOptions): Promise<{ items: JudgeState[] }>
  /** List keys, without their texts. `GET /api/v1/keys`, permission audit. */
  listKeys(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            application?: string | undefined
            actor?: string | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      organisation: string
      name: string
      team: string | null
      role: Role
      actor: string
      application: string | null
      stage: Stage
      limits: {
        requestsPerMinute: number | null
        requestsPerDay: number | null
        requestsPerMonth: number | null
        tokensPerMinute: number | null
        tokensPerDay: number | null
        tokensPerMonth: number | null
        concurrentRequests: number | null
        costMicroUsdPerMinute: string | null
        costMicroUsdPerDay: string | null
        costMicroUsdPerMonth: string | null
        onAuthorityAway: 'refuse' | 'allow' | null
      } | null
      permissions: Permission[] | null
      isOwnerToken: boolean
      isDrill: boolean
      createdAt: string
      revokedAt: string | null
      expiresAt: string | null
      rotatedAt: string | null
      previousUntil: string | null
      previousUsedAt: string | null
      lastUsedAt: string | null
    }[]
    next: string | null
  }>
  /** List KPIs to begin with, each with its formula. `GET /api/v1/kpi-presets`, permission view. */
  listKpiPresets(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<{
    name: string
    version: string
    asOf: string
    families: { id: 'efficiency' | 'experience' | 'advantage' | 'cost'; title: string }[]
    presets: {
      id: string
      family: 'efficiency' | 'experience' | 'advantage' | 'cost'
      name: string
      title: string
      unit: string
      better: 'higher' | 'lower'
      formula: string
      operation: 'mean' | 'median' | 'sum' | 'share' | 'per-distinct'
      column: string
      equals: string | null
      example: string
    }[]
  }>
  /** Rows whose expected answer the caller has not looked at yet, in a random order that stays the same. `GET /api/v1/datasets/:dataset/label-audit`, permission view. */
  listLabelSample(
    input: { params: { dataset: string }; query?: { limit?: number | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{ version: number; items: Example[]; answered: number; right: number }>
  /** List the laws that are here as data, with their questions, dates and sources; no legal advice. `GET /api/v1/laws`, permission view. */
  listLaws(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<{
    items: {
      law: string
      title: string
      version: string
      asOf: string
      reviewBy: string
      note: string
      sources: { id: string; title: string; url: string; opened: string | null; where?: string | undefined }[]
      milestones: { on: string; says: string; reference: string }[]
      groups: { id: string; title: string }[]
      questions: {
        id: string
        group: string
        label: string
        help: string
        reference: string
        options: { value: string; label: string }[]
      }[]
    }[]
  }>
  /** Every limit and how far it is used: of the organisation, teams, keys, applications, releases and models. `GET /api/v1/limits`, permission view. */
  listLimits(
    input?: {
      query?: { scope?: 'organisation' | 'team' | 'key' | 'application' | 'release' | 'model' | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{
    items: {
      scope: 'organisation' | 'team' | 'key' | 'application' | 'release' | 'model'
      name: string
      limits: {
        requestsPerMinute: number | null
        requestsPerDay: number | null
        requestsPerMonth: number | null
        tokensPerMinute: number | null
        tokensPerDay: number | null
        tokensPerMonth: number | null
        concurrentRequests: number | null
        costMicroUsdPerMinute: string | null
        costMicroUsdPerDay: string | null
        costMicroUsdPerMonth: string | null
        onAuthorityAway: 'refuse' | 'allow' | null
      }
      isDefault: boolean
      caps: {
        kind:
          | 'requests-per-minute'
          | 'requests-per-day'
          | 'requests-per-month'
          | 'tokens-per-minute'
          | 'tokens-per-day'
          | 'tokens-per-month'
          | 'concurrent-requests'
          | 'cost-per-minute'
          | 'cost-per-day'
          | 'cost-per-month'
        cap: number | string
        used: number | string
        held: number | string
        share: number
        state: 'ok' | 'near' | 'reached'
        opensAt: string | null
      }[]
    }[]
  }>
  /** The last load runs of a release with their figures and the capacity that follows, newest first. `GET /api/v1/releases/:id/load-runs`, permission view. */
  listLoadRuns(input: { params: { id: string } }, options?: CallOptions): Promise<{ items: LoadRun[] }>
  /** List mails to people, newest first, with what the server said; without their texts. `GET /api/v1/mails`, permission operate. */
  listMails(
    input?: { query?: { cursor?: string | undefined; limit?: number | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{ items: ListedMail[]; next: string | null; isSet: boolean; from: string | null }>
  /** Read the maturity in data and in AI: what people said beside what is measured, with the history. `GET /api/v1/maturity`, permission view. */
  listMaturity(input?: Record<string, never>, options?: CallOptions): Promise<{ items: Maturity[] }>
  /** Bias that was found, each with what is done about it and its re-tests; it opens and ends by measurement. `GET /api/v1/applications/:name/mitigations`, permission view. */
  listMitigations(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{ limit: number; items: Mitigation[] }>
  /** List approvals of models, newest first: asked for, decided and withdrawn. `GET /api/v1/model-approvals`, permission view. */
  listModelApprovals(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            model?: string | undefined
            state?: 'requested' | 'approved' | 'refused' | 'withdrawn' | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: ShownApproval[]; next: string | null }>
  /** List what is known of each model, joined from all sources, with its approval. `GET /api/v1/model-cards`, permission view. */
  listModelCards(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            provider?: string | undefined
            text?: string | undefined
            licence?: string | undefined
            takes?: 'text' | 'image' | 'audio' | 'video' | 'file' | 'embedding' | undefined
            contextAtLeast?: number | undefined
            approvedFor?: Stage | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: ModelCardSummary[]; next: string | null }>
  /** When each provider's list of models was last read, and what had appeared, vanished and changed. `GET /api/v1/model-list-readings`, permission view. */
  listModelListReadings(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<{
    items: {
      organisation: string
      provider: string
      readAt: string | null
      failure: string | null
      triedAt: string
      models: string[]
      appeared: string[]
      vanished: string[]
      changed: {
        model: string
        fields: (
          | 'description'
          | 'identity'
          | 'licence'
          | 'licenceLink'
          | 'card'
          | 'modalitiesIn'
          | 'modalitiesOut'
          | 'contextTokens'
          | 'outputTokens'
          | 'tools'
          | 'structuredOutput'
          | 'languages'
          | 'trainingData'
          | 'baseModel'
          | 'tunable'
          | 'tuning'
          | 'parameters'
          | 'architecture'
          | 'quantisation'
          | 'weightsDigest'
          | 'regions'
          | 'trainsOnInputs'
          | 'retentionDays'
          | 'releasedOn'
          | 'deprecatedOn'
          | 'priceInput'
          | 'priceOutput'
          | 'snapshot'
          | 'benchmarks'
        )[]
      }[]
    }[]
  }>
  /** List sentinel probes, the newest first: what each model answered, and whether it still answers as before. `GET /api/v1/model-probes`, permission view. */
  listModelProbes(
    input?: {
      query?: { cursor?: string | undefined; limit?: number | undefined; model?: string | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: ModelProbe[]; next: string | null }>
  /** The rounds in which models were chosen and adapted for an application, the newest first. `GET /api/v1/applications/:name/model-rounds`, permission view. */
  listModelRounds(input: { params: { name: string } }, options?: CallOptions): Promise<{ items: ModelRound[] }>
  /** List the routes: names of your own for several models. `GET /api/v1/routes`, permission view. */
  listModelRoutes(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<{ items: ModelRoute[]; next: string | null }>
  /** List the rules that models are held to, those of the program and your own. `GET /api/v1/model-rules`, permission view. */
  listModelRules(input?: Record<string, never>, options?: CallOptions): Promise<{ items: RuleInForce[] }>
  /** List what somebody has to do about models that changed or end, the nearest deadline first. `GET /api/v1/model-tasks`, permission view. */
  listModelTasks(
    input?: { query?: { state?: 'open' | 'done' | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{ items: ModelTask[] }>
  /** The last hundred timings of models on the questions of an application, newest first. `GET /api/v1/applications/:name/model-timings`, permission view. */
  listModelTimings(input: { params: { name: string } }, options?: CallOptions): Promise<{ items: ModelTiming[] }>
  /** List registered weights, the newest first. `GET /api/v1/model-weights`, permission view. */
  listModelWeights(
    input?: {
      query?: { cursor?: string | undefined; limit?: number | undefined; model?: string | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: WeightsSummary[]; next: string | null }>
  /** Every model that is known here, with its card, price and whether it works now. `GET /api/v1/models`, permission view. */
  listModels(input?: Record<string, never>, options?: CallOptions): Promise<{ items: ModelCard[]; next: string | null }>
  /** List ideas, releases, experiments, approvals, rollouts, alerts, incidents and mitigations with their phase, the newest of each kind; releases and mitigations of one application. `GET /api/v1/objects`, permission view. */
  listObjects(
    input?: {
      query?:
        | {
            phase?: 'discovery' | 'development' | 'deployment' | 'monitoring' | 'improvement' | undefined
            kind?:
              | 'idea'
              | 'release'
              | 'experiment'
              | 'approval'
              | 'rollout'
              | 'alert'
              | 'incident'
              | 'mitigation'
              | undefined
            application?: string | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{
    items: {
      kind: 'idea' | 'release' | 'experiment' | 'approval' | 'rollout' | 'alert' | 'incident' | 'mitigation'
      id: string
      title: string
      application: string | null
      phase: 'discovery' | 'development' | 'deployment' | 'monitoring' | 'improvement'
      state: string
      at: string
      href: string
    }[]
    phases: Record<string, number>
  }>
  /** Runs of other programs, the newest first, without their tests. `GET /api/v1/applications/:name/outside-runs`, permission view. */
  listOutsideRuns(
    input: {
      params: { name: string }
      query?: { cursor?: string | undefined; limit?: number | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{
    items: {
      producer: { name: 'mlflow' | 'junit'; version: string }
      run: string
      name: string
      state: 'scheduled' | 'running' | 'finished' | 'failed' | 'killed'
      startedAt: string | null
      finishedAt: string | null
      figures: {
        name: string
        value: number | null
        low: number | null
        high: number | null
        n: number | null
        step: number
        at: string | null
      }[]
      parameters: Record<string, string>
      tags: Record<string, string>
      datasets: { name: string; digest: string; source: string; sourceType: string }[]
      counts: { passed: number; failed: number; broken: number; skipped: number } | null
      id: string
      organisation: string
      application: string
      release: string | null
      kind: 'prompt' | 'pipeline' | 'application' | null
      digest: string
      evidence: string[]
      by: string
      at: string
    }[]
    next: string | null
  }>
  /** Of every application that has an oversight.yaml: who oversees it, what waits, and how its stop stands. `GET /api/v1/oversight`, permission view. */
  listOversight(input?: Record<string, never>, options?: CallOptions): Promise<{ items: OversightStanding[] }>
  /** Prices of your own, every version, newest first. `GET /api/v1/prices`, permission view. */
  listOwnPrices(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<{ items: OwnPrice[]; next: string | null }>
  /** Compare platforms: who runs them, region, calls, models, price, and how they did here in 28 days. `GET /api/v1/platforms`, permission view. */
  listPlatforms(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<{
    items: {
      provider: string
      runs: 'inside' | 'own' | 'others'
      host: string | null
      region: string | null
      isEncrypted: boolean | null
      dialect: string | null
      calls: string[]
      works: boolean
      models: number
      priced: number
      mutable: number
      cheapestUsdPerMillion: number | null
      requests: number
      errorShare: number | null
      latencyP50Ms: number | null
    }[]
  }>
  /** List the policies in force, with who acknowledged which version. `GET /api/v1/policies`, permission view. */
  listPolicies(input?: Record<string, never>, options?: CallOptions): Promise<{ items: ServedPolicy[] }>
  /** List the versions of a policy, the newest first. `GET /api/v1/policies/:policy/versions`, permission view. */
  listPolicyVersions(
    input: { params: { policy: string } },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      organisation: string
      name: string
      version: number
      title: string
      text: string
      checks: string[]
      isRequired: boolean
      createdAt: string
      createdBy: string
    }[]
  }>
  /** What becomes of requests to models whose price is unknown, where somebody said so. `GET /api/v1/price-policies`, permission view. */
  listPricePolicies(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<{
    items: {
      scope: 'organisation' | 'application'
      name: string
      onUnknownPrice: 'block' | 'flag'
      reason: string
      setAt: string
      setBy: string
    }[]
  }>
  /** List promotions, newest first. `GET /api/v1/promotions`, permission view. */
  listPromotions(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            application?: string | undefined
            release?: string | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      organisation: string
      application: string
      release: string
      from: Stage
      into: Stage
      gate: GateDecision
      by: string
      at: string
    }[]
    next: string | null
  }>
  /** Patterns of prompts for tasks that are hard to say: few-shot, decompose, chain of thought and others. `GET /api/v1/prompt-patterns`, permission view. */
  listPromptPatterns(input?: Record<string, never>, options?: CallOptions): Promise<{ items: PromptPattern[] }>
  /** The steps that use a prompt, in the newest release and in those that are live. `GET /api/v1/applications/:name/prompts/:prompt/uses`, permission view. */
  listPromptUses(
    input: { params: { name: string; prompt: string } },
    options?: CallOptions,
  ): Promise<{ items: PromptUse[] }>
  /** Every version of a prompt, newest first, with the releases that use it and the stages where it is live. `GET /api/v1/applications/:name/prompts/:prompt/versions`, permission view. */
  listPromptVersions(
    input: { params: { name: string; prompt: string } },
    options?: CallOptions,
  ): Promise<{ items: PromptVersionWithUse[]; next: string | null }>
  /** The prompts of an application that were ever frozen, each with its latest version and where it is live. `GET /api/v1/applications/:name/prompts`, permission view. */
  listPrompts(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{ items: PromptSummary[]; next: string | null }>
  /** Providers of models, built in and configured. `GET /api/v1/providers`, permission view. */
  listProviders(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<{ items: Provider[]; next: string | null }>
  /** Quality runs of a dataset, the newest first, each with its measures and a profile. `GET /api/v1/datasets/:dataset/quality-runs`, permission view. */
  listQualityRuns(
    input: {
      params: { dataset: string }
      query?: { cursor?: string | undefined; limit?: number | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: QualityRun[]; next: string | null }>
  /** Rows that did not enter and wait, each with file, line, what was found and what to do. `GET /api/v1/datasets/:dataset/quarantine`, permission view. */
  listQuarantine(
    input: {
      params: { dataset: string }
      query?: { cursor?: string | undefined; limit?: number | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{
    items: QuarantinedRow[]
    next: string | null
    counts: { kind: 'broken' | 'rule' | 'personal' | 'generated'; count: number }[]
  }>
  /** What providers let us ask: as their answers said last, and as declared; empty for a key of one application. `GET /api/v1/quotas`, permission view. */
  listQuotas(input?: Record<string, never>, options?: CallOptions): Promise<{ items: Quota[] }>
  /** List the releases of an application, newest first, without their manifests. `GET /api/v1/applications/:name/releases`, permission view. */
  listReleases(
    input: {
      params: { name: string }
      query?: { cursor?: string | undefined; limit?: number | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: ReleaseSummary[]; next: string | null }>
  /** List remarks on the governance, those that nobody decided first, each with what became of it. `GET /api/v1/remarks`, permission view. */
  listRemarks(input?: Record<string, never>, options?: CallOptions): Promise<{ items: Remark[] }>
  /** What data each application keeps, what for, and for how long. `GET /api/v1/privacy/retention`, permission view. */
  listRetention(input?: Record<string, never>, options?: CallOptions): Promise<{ items: Retention[] }>
  /** List the quarterly reviews of an application, newest first. `GET /api/v1/applications/:name/reviews`, permission view. */
  listReviews(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      organisation: string
      application: string
      heldAt: string
      sheet: {
        at: string
        figures: { kpis: string[]; risks: string[]; access: string[]; waivers: string[]; cost: string[] }
      }
      notes: { kpis: string; risks: string; access: string; waivers: string; cost: string }
      decision: 'keep' | 'change' | 'retire' | null
      reasons: string
      people: string[]
      actions: { text: string; owner: string; dueOn: string | null; doneAt: string | null }[]
      by: string
      example: boolean
    }[]
  }>
  /** The last hundred times that a model worded questions of an application anew, newest first. `GET /api/v1/applications/:name/rewordings`, permission view. */
  listRewordings(input: { params: { name: string } }, options?: CallOptions): Promise<{ items: RewordingState[] }>
  /** List rollouts, newest first. `GET /api/v1/rollouts`, permission view. */
  listRollouts(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            application?: string | undefined
            stage?: Stage | undefined
            release?: string | undefined
            state?: RolloutState | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: ServedRollout[]; next: string | null }>
  /** List your own browser sessions, or everybody’s for an owner. `GET /api/v1/sessions`, permission view. */
  listSessions(
    input?: { query?: { everybody?: 'true' | 'false' | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      actor: string
      method: 'link' | 'password' | 'oidc'
      device: string
      createdAt: string
      lastSeenAt: string
      expiresAt: string
      confirmedAt: string | null
      idleUntil: string
      current: boolean
    }[]
  }>
  /** List shortlists of models, the newest first. `GET /api/v1/model-shortlists`, permission view. */
  listShortlists(
    input?: {
      query?: { cursor?: string | undefined; limit?: number | undefined; application?: string | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: Shortlist[]; next: string | null }>
  /** How people can sign in here, beside the link. `GET /api/v1/sign-in-methods`, permission open. */
  listSignInMethods(input?: Record<string, never>, options?: CallOptions): Promise<SignInMethods>
  /** How much worse fallbacks and targets of routes are than the models that are meant, pair by pair. `GET /api/v1/releases/:id/stand-ins`, permission view. */
  listStandIns(input: { params: { id: string } }, options?: CallOptions): Promise<{ items: StandIn[] }>
  /** Studies of what people prefer, the newest first. `GET /api/v1/studies`, permission view. */
  listStudies(
    input?: {
      query?: { cursor?: string | undefined; limit?: number | undefined; application?: string | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      organisation: string
      application: string
      name: string
      queue: string
      dataset: { name: string; digest: string }
      arms: { id: string; experiment: string; label: string; release: string; isRelease: boolean; behaviour: Part[] }[]
      margin: number
      plan: StudyPlan
      results: StudyResults | null
      createdAt: string
      createdBy: string
      closedAt: string | null
      closedBy: string | null
      progress: { items: number; labels: number; complete: number; disputed: number }
    }[]
    next: string | null
  }>
  /** The suites of the newest release: what each measures, its last runs, and what changed without a run. `GET /api/v1/applications/:name/suites`, permission view. */
  listSuites(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{ release: string | null; items: SuiteStanding[] }>
  /** List what is switched off, since when, by whom and why. `GET /api/v1/switches`, permission view. */
  listSwitches(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<{
    items: {
      organisation: string
      kind: 'application' | 'release' | 'model' | 'provider' | 'cache'
      name: string
      reason: string
      offBy: string
      offAt: string
    }[]
  }>
  /** List the templates that an application can start from. `GET /api/v1/templates`, permission view. */
  listTemplates(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<{ items: { name: string; title: string; description: string; files: string[] }[] }>
  /** List the test pages of an application, newest first, with what was asked on them. `GET /api/v1/applications/:name/test-pages`, permission view. */
  listTestPages(input: { params: { name: string } }, options?: CallOptions): Promise<{ items: ShownTestPage[] }>
  /** List traces, newest first. `GET /api/v1/traces`, permission view. */
  listTraces(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            application?: string | undefined
            release?: string | undefined
            arm?: Arm | undefined
            rollout?: string | undefined
            stage?: Stage | undefined
            status?: 'complete' | 'errored' | 'cancelled' | undefined
            since?: string | undefined
            until?: string | undefined
            key?: string | undefined
            user?: string | undefined
            model?: string | undefined
            team?: string | undefined
            feature?: string | undefined
            text?: string | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: TraceSummary[]; next: string | null; searchedTo: string | null }>
  /** List the modules that come with the program, and what the caller has passed. `GET /api/v1/training-modules`, permission view. */
  listTrainingModules(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      version: string
      title: string
      groups: ('consumers' | 'leaders' | 'builders')[]
      minutes: number
      says: string
      sections: { title: string; text: string[] }[]
      questions: { id: string; ask: string; options: string[] }[]
      isPassed: boolean
    }[]
  }>
  /** List training records, of one person or of all. `GET /api/v1/training-records`, permission view. */
  listTrainingRecords(
    input?: {
      query?: { cursor?: string | undefined; limit?: number | undefined; person?: string | undefined } | undefined
    },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      organisation: string
      person: string
      module: string
      score: number
      completedAt: string
      expiresAt: string | null
      source: 'quiz' | 'import'
      version: string | null
      example: boolean
      importedAt: string
      importedBy: string
    }[]
    next: string | null
  }>
  /** Training runs, the newest first: of one model, or of all that learned from a dataset. `GET /api/v1/model-training-runs`, permission view. */
  listTrainingRuns(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            model?: string | undefined
            dataset?: string | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: TrainingRunSummary[]; next: string | null }>
  /** List the trials of an application with their results, newest first; themes without quotes. `GET /api/v1/applications/:name/trials`, permission view. */
  listTrials(input: { params: { name: string } }, options?: CallOptions): Promise<{ items: ServedTrial[] }>
  /** The last hundred tunings of the prompts of an application, newest first. `GET /api/v1/applications/:name/tunings`, permission view. */
  listTunings(input: { params: { name: string } }, options?: CallOptions): Promise<{ items: TuningState[] }>
  /** What has to be done by which day, the nearest first: ends of models, keys, waivers, old answers, reviews. `GET /api/v1/upkeep`, permission view. */
  listUpkeep(
    input?: { query?: { application?: string | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      kind:
        | 'model-ends'
        | 'model-task'
        | 'key-expires'
        | 'waiver-ends'
        | 'evidence-ages'
        | 'review-due'
        | 'action-due'
        | 'incident-deadline'
        | 'pilot-begins'
        | 'application-ends'
      on: string
      title: string
      todo: string
      application: string | null
      href: string
      isOverdue: boolean
      inDays: number
    }[]
  }>
  /** List waivers, newest first. `GET /api/v1/waivers`, permission view. */
  listWaivers(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            application?: string | undefined
            release?: string | undefined
            state?: 'requested' | 'granted' | 'refused' | 'ended' | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: Waiver[]; next: string | null }>
  /** What was sent to a webhook and how each try ended, newest first. `GET /api/v1/webhooks/:id/deliveries`, permission operate. */
  listWebhookDeliveries(
    input: {
      params: { id: string }
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            state?: 'waiting' | 'delivered' | 'failed' | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{ items: WebhookDelivery[]; next: string | null }>
  /** List webhooks, without their secrets. `GET /api/v1/webhooks`, permission operate. */
  listWebhooks(
    input?: { query?: { cursor?: string | undefined; limit?: number | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{ items: Webhook[]; next: string | null }>
  /** List sandbox workspaces with their caps and what was spent, by the name of their application. `GET /api/v1/sandbox-workspaces`, permission view. */
  listWorkspaces(input?: Record<string, never>, options?: CallOptions): Promise<{ items: ShownWorkspace[] }>
  /** Look at all applications now, as is done every five minutes: alerts begin and end. `POST /api/v1/alerts/rounds`, permission operate. */
  lookForAlerts(input?: Record<string, never>, options?: CallOptions): Promise<{ opened: number; ended: number }>
  /** A prompt of a release in other words that should not matter, as variants for an experiment. `POST /api/v1/releases/:id/wordings`, permission build. */
  makeWordings(
    input: {
      params: { id: string }
      body: {
        prompt?: string | undefined
        kinds?: ('example-order' | 'whitespace' | 'separators' | 'label-case' | 'politeness' | 'verb')[] | undefined
        paraphrase?:
          | { model: string; parameters?: Record<string, unknown> | undefined; count?: number | undefined }
          | undefined
        maxCostMicroUsd?: string | undefined
        dryRun?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<
    | {
        status: 200
        body:
          | {
              kind: 'made'
              prompt: string
              variants: { name: string; prompts: Record<string, string> }[]
              unchanged: ('example-order' | 'whitespace' | 'separators' | 'label-case' | 'politeness' | 'verb')[]
              dropped: {
                name: string
                flaw:
                  | 'missing'
                  | 'unasked'
                  | 'empty'
                  | 'refusal'
                  | 'same'
                  | 'length'
                  | 'number'
                  | 'date'
                  | 'quotation'
                  | 'literal'
                  | 'language'
                  | null
                why: string
              }[]
              snapshot: string | null
              spentMicroUsd: string | null
            }
          | { kind: 'quote'; calls: number; costMicroUsd: string | null }
      }
    | { status: 409; body: { kind: 'over-budget'; calls: number; costMicroUsd: string | null } }
  >
  /** Measure the baseline of a KPI from a log of how it is done today; the log is not kept. `POST /api/v1/kpi-presets/:preset/baselines`, permission view. */
  measureBaseline(
    input: { params: { preset: string }; body: { csv: string } },
    options?: CallOptions,
  ): Promise<{
    value: number
    n: number
    interval: { low: number; high: number } | null
    unit: string
    formula: string
    leftOut: number
  }>
  /** Measure on labelled pairs how often a release takes different questions for the same, as evidence. `POST /api/v1/releases/:id/cache-by-meaning`, permission build. */
  measureMeaning(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    release: string
    state: 'none' | 'missing' | 'stale' | 'above' | 'held' | 'off'
    words: string
    model: string | null
    threshold: number | null
    mostFalseHits: number | null
    measured: MeaningMeasured | null
    costMicroUsd: string | null
  }>
  /** Say that a finding is fixed, was tried again, is accepted until a day, or is open after all. `POST /api/v1/findings/:id/moves`, permission attest. */
  moveFinding(
    input: {
      params: { id: string }
      body: {
        move: 'fix' | 'retest-passed' | 'retest-failed' | 'accept' | 'reopen'
        note: string
        days?: number | undefined
      }
    },
    options?: CallOptions,
  ): Promise<Found>
  /** Say that an incident is contained, closed, or open again; a grave one closes with a fix alone. `POST /api/v1/incidents/:id/moves`, permission attest. */
  moveIncident(
    input: { params: { id: string }; body: { move: 'contain' | 'close' | 'reopen'; note: string } },
    options?: CallOptions,
  ): Promise<ServedIncident>
  /** Ask that a version be the one of a stage; refused unless it is already, as only a promotion moves it. `PUT /api/v1/applications/:name/prompts/:prompt/labels/:stage`, permission build. */
  movePromptLabel(
    input: { params: { name: string; prompt: string; stage: Stage }; body: { number: number } },
    options?: CallOptions,
  ): Promise<PromptLabel>
  /** The next answer for the caller to label, without what others said. `GET /api/v1/annotation-queues/:id/next`, permission attest. */
  nextAnnotation(
    input: { params: { id: string }; query?: { except?: string | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{ task: AnnotationTask | null }>
  /** Add to the timeline what happened, or what was done at once. `POST /api/v1/incidents/:id/notes`, permission attest. */
  noteIncident(
    input: {
      params: { id: string }
      body: { kind?: 'note' | 'measure' | undefined; text: string; at?: string | undefined }
    },
    options?: CallOptions,
  ): Promise<ServedIncident>
  /** Write an incident down; its deadlines run from when somebody first knew. `POST /api/v1/incidents`, permission attest. */
  openIncident(
    input: {
      body: {
        title: string
        description: string
        severity: 'critical' | 'high' | 'medium' | 'low'
        harms?:
          | (
              | 'death'
              | 'serious-health'
              | 'critical-infrastructure'
              | 'fundamental-rights'
              | 'property-environment'
              | 'widespread'
              | 'personal-data'
              | 'security'
              | 'wrong-answer'
              | 'offensive-answer'
              | 'money'
              | 'outage'
              | 'none-known'
            )[]
          | undefined
        affected?: string | null | undefined
        affectedPeople?: number | null | undefined
        cause?: string | null | undefined
        owner: string
        release?: string | null | undefined
        traces?: string[] | undefined
        occurredAt?: string | null | undefined
        detectedAt?: string | undefined
        application: string
        example?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<ServedIncident>
  /** Open a round of choosing or adapting a model, with what led to it. `POST /api/v1/applications/:name/model-rounds`, permission build. */
  openModelRound(
    input: { params: { name: string }; body: { title: string; ledBy?: string | undefined } },
    options?: CallOptions,
  ): Promise<ModelRound>
  /** Open a sandbox workspace: a new application with caps, and a key that reaches nothing else, shown once. `POST /api/v1/sandbox-workspaces`, permission administer. */
  openWorkspace(
    input: {
      body: {
        application: string
        purpose: string
        template?: string | undefined
        files?: Record<string, string | { base64: string }> | undefined
        requestsPerMinute?: number | undefined
        costMicroUsdPerMonth?: string | undefined
        expiresInDays?: number | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{ workspace: ShownWorkspace; secret: string }>
  /** As an overseer: say that an answer that was given should have been another, with a reason. `POST /api/v1/applications/:name/overruled-answers`, permission attest. */
  overruleAnswer(
    input: { params: { name: string }; body: { answer: string; text?: string | undefined; reason: string } },
    options?: CallOptions,
  ): Promise<ServedHeldAnswer>
  /** Stop a rollout from advancing; harm still rolls it back. `POST /api/v1/rollouts/:id/pause`, permission operate. */
  pauseRollout(input: { params: { id: string } }, options?: CallOptions): Promise<ServedRollout>
  /** Say what is done about a bias that was found, who sees to it, and by which day. `PUT /api/v1/applications/:name/mitigations/:evidence`, permission build. */
  planMitigation(
    input: {
      params: { name: string; evidence: string }
      body: { owner: string; plan: string; dueOn?: string | null | undefined }
    },
    options?: CallOptions,
  ): Promise<Mitigation>
  /** Say which checks another profile would add or remove, and by which rule. `POST /api/v1/applications/:name/profile-previews`, permission view. */
  previewProfile(
    input: {
      params: { name: string }
      body: {
        profile: {
          industry?: string | undefined
          users?: string[] | undefined
          audience?: 'internal' | 'customers' | 'public' | undefined
          personalData?: 'none' | 'contact' | 'sensitive' | 'unknown' | undefined
          commercial?: boolean | undefined
          residency?: string[] | undefined
          geography?: string[] | undefined
          regimes?: string[] | undefined
          securityStandards?: string[] | undefined
          domain?: string | undefined
          deployment?: 'hosted-model' | 'managed-service' | 'own-cloud' | 'on-premises' | 'device' | undefined
          autonomy?: 'answers' | 'suggests' | 'acts-with-approval' | 'acts-alone' | undefined
        }
      }
    },
    options?: CallOptions,
  ): Promise<ProfilePreview>
  /** The one page to decide on, as a page that prints. `GET /api/v1/approvals/:id/sheet.html`, permission view. */
  printDecisionSheet(input: { params: { id: string } }, options?: CallOptions): Promise<Response>
  /** Drive a key of its own with a tiny cap to its refusal, and record signed evidence for ops.budgetcap. `POST /api/v1/releases/:id/cap-probes`, permission build. */
  probeCap(input: { params: { id: string } }, options?: CallOptions): Promise<Evidence>
  /** Promote a release into its next stage, if the gate there is open. `POST /api/v1/releases/:id/promotions`, permission promote. */
  promoteRelease(
    input: {
      params: { id: string }
      body: {
        into: GatedStage
        rollout?:
          | {
              strategy?: Strategy | undefined
              audience?: { users?: string[] | undefined; groups?: Record<string, string[]> | undefined } | undefined
              shadow?: { sample?: number | undefined; usd: string } | undefined
              scores?: { suite: string; sample?: number | undefined; usd: string } | undefined
              sessionMinutes?: number | undefined
              endsAt?: string | undefined
              advance?: 'automatic' | 'person' | undefined
              cooldownMinutes?: number | undefined
              steps?: number[] | undefined
              soakMinutes?: number | undefined
              minimumUnits?: number | undefined
              metrics: {
                name: string
                kind: 'event' | 'mean'
                scale?: 'linear' | 'log' | undefined
                margin: number
                critical?: boolean | undefined
                noticeable?: number | undefined
                ceiling?: number | undefined
                tripwire?: number | undefined
              }[]
              alphaRollback?: number | undefined
              alphaPromote?: number | undefined
              alphaSampleRatio?: number | undefined
              plannedUnits?: number | undefined
              holdTimeoutMinutes?: number | undefined
            }
          | 'none'
          | undefined
      }
    },
    options?: CallOptions,
  ): Promise<
    | {
        status: 201
        body: {
          kind: 'promoted'
          promotion: {
            id: string
            organisation: string
            application: string
            release: string
            from: Stage
            into: Stage
            gate: GateDecision
            by: string
            at: string
          }
          live: boolean
          rollout: ServedRollout | null
        }
      }
    | {
        status: 409
        body: {
          decision: 'open' | 'held'
          into: Stage
          findings: Finding[]
          tier: Tier
          neverVisited: Pillar[]
          verdictsDigest: string
          catalogue: { name: string; version: string }
          snapshotDigest: string
          at: string
          kind: 'held'
        }
      }
  >
  /** Look for everything that is kept about a person and list what would go; nothing is deleted yet. `POST /api/v1/privacy/deletions`, permission privacy. */
  proposeDeletion(
    input: { body: { user?: string | null | undefined; identifiers?: string[] | undefined } },
    options?: CallOptions,
  ): Promise<Deletion>
  /** Publish a policy, or a new version of it, which makes acknowledgements stale; the same text changes nothing. `PUT /api/v1/policies/:policy`, permission administer. */
  publishPolicy(
    input: {
      params: { policy: string }
      body: { title: string; text: string; checks?: string[] | undefined; isRequired?: boolean | undefined }
    },
    options?: CallOptions,
  ): Promise<ServedPolicy>
  /** Replace the whole blueprint; refused with every mistake when it does not parse. `PUT /api/v1/applications/:name/blueprint`, permission build. */
  putBlueprint(
    input: {
      params: { name: string }
      body: { files: Record<string, string | { base64: string }>; keep?: string[] | undefined }
    },
    options?: CallOptions,
  ): Promise<ServedApplication>
  /** Add or replace one file of the blueprint; the body is the file itself. `PUT /api/v1/applications/:name/blueprint/files/:path*`, permission build. */
  putBlueprintFile(
    input: { params: { name: string; path: string }; body: Blob | Uint8Array<ArrayBuffer> | string },
    options?: CallOptions,
  ): Promise<ServedApplication>
  /** Write a document into the blueprint; comments and order in its file stay. `PUT /api/v1/applications/:name/documents/:document`, permission build. */
  putDocument(
    input: {
      params: {
        name: string
        document:
          | 'charter'
          | 'assessment'
          | 'decision'
          | 'classification'
          | 'risks'
          | 'approvals'
          | 'inventory'
          | 'roadmap'
          | 'resources'
          | 'task'
          | 'impact'
          | 'oversight'
          | 'dpia'
          | 'card'
          | 'pilot'
          | 'change'
          | 'retirement'
          | 'threats'
      }
      body: { value: Record<string, unknown> }
    },
    options?: CallOptions,
  ): Promise<ServedDocument>
  /** Name the users of an application and those who oversee it. `PUT /api/v1/applications/:name/learners`, permission build. */
  putLearners(
    input: { params: { name: string }; body: { users: string[]; overseers: string[] } },
    options?: CallOptions,
  ): Promise<Training>
  /** Replace all guardrails on models that are asked directly or by a route; in force from the next request on. `PUT /api/v1/model-guardrails`, permission administer. */
  putModelGuardrails(
    input: {
      body: {
        guardrails: {
          of?: string[] | undefined
          guard:
            | {
                id: string
                on: GuardSide
                mode: GuardMode
                message?: string | undefined
                detector: 'email' | 'phone' | 'card' | 'secrets'
              }
            | {
                id: string
                on: GuardSide
                mode: GuardMode
                message?: string | undefined
                detector: 'terms'
                terms: string[]
              }
            | {
                id: string
                on: GuardSide
                mode: GuardMode
                message?: string | undefined
                detector: 'pattern'
                pattern: string
                anyCase?: boolean | undefined
                example: string
              }
            | {
                id: string
                on: GuardSide
                mode: 'observe' | 'block'
                message?: string | undefined
                detector: 'length'
                most: number
              }
        }[]
      }
    },
    options?: CallOptions,
  ): Promise<ModelGuardrails>
  /** Create or replace a route; its name is used as `model` from the next request on. `PUT /api/v1/routes/:name`, permission administer. */
  putModelRoute(
    input: {
      params: { name: string }
      body: {
        strategy: RouteStrategy
        targets: { model: string; weight?: number | undefined; when?: TargetCondition | undefined }[]
        retries?: number | undefined
        timeouts?: RouteTimeouts | undefined
        affinity?: 'prompt' | 'none' | undefined
        onDisconnect?: 'cancel' | 'drain' | undefined
        cache?: { ttlMs: number; sharedBy?: 'key' | 'organisation' | undefined } | undefined
        onUnsupported?: 'reject' | 'warn' | 'drop' | undefined
        onUnknownPrice?: 'block' | 'flag' | undefined
      }
    },
    options?: CallOptions,
  ): Promise<ModelRoute>
  /** Make a rule of your own, or put one in the place of a rule of the program. `PUT /api/v1/model-rules/:id`, permission administer. */
  putModelRule(
    input: {
      params: { id: string }
      body: {
        title: string
        applies?:
          | {
              stages?: Stage[] | undefined
              uses?: ('commercial' | 'non-commercial')[] | undefined
              dataClasses?: ('none' | 'contact' | 'sensitive' | 'unknown')[] | undefined
              whereResidencyIsSaid?: true | undefined
              unlessAliasAccepted?: true | undefined
            }
          | undefined
        demands:
          | {
              kind: 'known'
              fields: (
                | 'description'
                | 'identity'
                | 'licence'
                | 'licenceLink'
                | 'card'
                | 'modalitiesIn'
                | 'modalitiesOut'
                | 'contextTokens'
                | 'outputTokens'
                | 'tools'
                | 'structuredOutput'
                | 'languages'
                | 'trainingData'
                | 'baseModel'
                | 'tunable'
                | 'tuning'
                | 'parameters'
                | 'architecture'
                | 'quantisation'
                | 'weightsDigest'
                | 'regions'
                | 'trainsOnInputs'
                | 'retentionDays'
                | 'releasedOn'
                | 'deprecatedOn'
                | 'priceInput'
                | 'priceOutput'
                | 'snapshot'
                | 'benchmarks'
              )[]
            }
          | {
              kind: 'equals'
              field:
                | 'description'
                | 'identity'
                | 'licence'
                | 'licenceLink'
                | 'card'
                | 'modalitiesIn'
                | 'modalitiesOut'
                | 'contextTokens'
                | 'outputTokens'
                | 'tools'
                | 'structuredOutput'
                | 'languages'
                | 'trainingData'
                | 'baseModel'
                | 'tunable'
                | 'tuning'
                | 'parameters'
                | 'architecture'
                | 'quantisation'
                | 'weightsDigest'
                | 'regions'
                | 'trainsOnInputs'
                | 'retentionDays'
                | 'releasedOn'
                | 'deprecatedOn'
                | 'priceInput'
                | 'priceOutput'
                | 'snapshot'
                | 'benchmarks'
              value: string | number | boolean
            }
          | {
              kind: 'none-of'
              field:
                | 'description'
                | 'identity'
                | 'licence'
                | 'licenceLink'
                | 'card'
                | 'modalitiesIn'
                | 'modalitiesOut'
                | 'contextTokens'
                | 'outputTokens'
                | 'tools'
                | 'structuredOutput'
                | 'languages'
                | 'trainingData'
                | 'baseModel'
                | 'tunable'
                | 'tuning'
                | 'parameters'
                | 'architecture'
                | 'quantisation'
                | 'weightsDigest'
                | 'regions'
                | 'trainsOnInputs'
                | 'retentionDays'
                | 'releasedOn'
                | 'deprecatedOn'
                | 'priceInput'
                | 'priceOutput'
                | 'snapshot'
                | 'benchmarks'
              values: string[]
            }
          | {
              kind: 'one-of'
              field:
                | 'description'
                | 'identity'
                | 'licence'
                | 'licenceLink'
                | 'card'
                | 'modalitiesIn'
                | 'modalitiesOut'
                | 'contextTokens'
                | 'outputTokens'
                | 'tools'
                | 'structuredOutput'
                | 'languages'
                | 'trainingData'
                | 'baseModel'
                | 'tunable'
                | 'tuning'
                | 'parameters'
                | 'architecture'
                | 'quantisation'
                | 'weightsDigest'
                | 'regions'
                | 'trainsOnInputs'
                | 'retentionDays'
                | 'releasedOn'
                | 'deprecatedOn'
                | 'priceInput'
                | 'priceOutput'
                | 'snapshot'
                | 'benchmarks'
              values: string[]
            }
          | {
              kind: 'at-most'
              field:
                | 'description'
                | 'identity'
                | 'licence'
                | 'licenceLink'
                | 'card'
                | 'modalitiesIn'
                | 'modalitiesOut'
                | 'contextTokens'
                | 'outputTokens'
                | 'tools'
                | 'structuredOutput'
                | 'languages'
                | 'trainingData'
                | 'baseModel'
                | 'tunable'
                | 'tuning'
                | 'parameters'
                | 'architecture'
                | 'quantisation'
                | 'weightsDigest'
                | 'regions'
                | 'trainsOnInputs'
                | 'retentionDays'
                | 'releasedOn'
                | 'deprecatedOn'
                | 'priceInput'
                | 'priceOutput'
                | 'snapshot'
                | 'benchmarks'
              value: number
            }
          | {
              kind: 'at-least'
              field:
                | 'description'
                | 'identity'
                | 'licence'
                | 'licenceLink'
                | 'card'
                | 'modalitiesIn'
                | 'modalitiesOut'
                | 'contextTokens'
                | 'outputTokens'
                | 'tools'
                | 'structuredOutput'
                | 'languages'
                | 'trainingData'
                | 'baseModel'
                | 'tunable'
                | 'tuning'
                | 'parameters'
                | 'architecture'
                | 'quantisation'
                | 'weightsDigest'
                | 'regions'
                | 'trainsOnInputs'
                | 'retentionDays'
                | 'releasedOn'
                | 'deprecatedOn'
                | 'priceInput'
                | 'priceOutput'
                | 'snapshot'
                | 'benchmarks'
              value: number
            }
          | {
              kind: 'within-residency'
              field:
                | 'description'
                | 'identity'
                | 'licence'
                | 'licenceLink'
                | 'card'
                | 'modalitiesIn'
                | 'modalitiesOut'
                | 'contextTokens'
                | 'outputTokens'
                | 'tools'
                | 'structuredOutput'
                | 'languages'
                | 'trainingData'
                | 'baseModel'
                | 'tunable'
                | 'tuning'
                | 'parameters'
                | 'architecture'
                | 'quantisation'
                | 'weightsDigest'
                | 'regions'
                | 'trainsOnInputs'
                | 'retentionDays'
                | 'releasedOn'
                | 'deprecatedOn'
                | 'priceInput'
                | 'priceOutput'
                | 'snapshot'
                | 'benchmarks'
            }
          | {
              kind: 'days-ahead'
              field:
                | 'description'
                | 'identity'
                | 'licence'
                | 'licenceLink'
                | 'card'
                | 'modalitiesIn'
                | 'modalitiesOut'
                | 'contextTokens'
                | 'outputTokens'
                | 'tools'
                | 'structuredOutput'
                | 'languages'
                | 'trainingData'
                | 'baseModel'
                | 'tunable'
                | 'tuning'
                | 'parameters'
                | 'architecture'
                | 'quantisation'
                | 'weightsDigest'
                | 'regions'
                | 'trainsOnInputs'
                | 'retentionDays'
                | 'releasedOn'
                | 'deprecatedOn'
                | 'priceInput'
                | 'priceOutput'
                | 'snapshot'
                | 'benchmarks'
              days: number
            }
        severity: 'fail' | 'warn'
        reason: string
        remedy: string
        enabled?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<RuleInForce>
  /** Say what is known of a model: facts of your own, or its card; the source of that kind is replaced. `PUT /api/v1/model-sources`, permission operate. */
  putModelSource(
    input: {
      body:
        | {
            model: string
            kind: 'own'
            facts: {
              description?: string | undefined
              identity?: string | undefined
              licence?: string | undefined
              licenceLink?: string | undefined
              card?: string | undefined
              modalitiesIn?: ('text' | 'image' | 'audio' | 'video' | 'file' | 'embedding')[] | undefined
              modalitiesOut?: ('text' | 'image' | 'audio' | 'video' | 'file' | 'embedding')[] | undefined
              contextTokens?: number | undefined
              outputTokens?: number | undefined
              tools?: boolean | undefined
              structuredOutput?: boolean | undefined
              languages?: string[] | undefined
              trainingData?: string[] | undefined
              baseModel?: string[] | undefined
              tunable?: boolean | undefined
              tuning?: string[] | undefined
              parameters?: number | undefined
              architecture?: string | undefined
              quantisation?: string | undefined
              weightsDigest?: string | undefined
              regions?: string[] | undefined
              trainsOnInputs?: boolean | undefined
              retentionDays?: number | undefined
              releasedOn?: string | undefined
              deprecatedOn?: string | 'none' | undefined
              priceInput?: string | undefined
              priceOutput?: string | undefined
              snapshot?: boolean | undefined
              benchmarks?: { task: string; dataset: string; metric: string; value: number }[] | undefined
            }
            verified?:
              | Partial<
                  Record<
                    | 'description'
                    | 'identity'
                    | 'licence'
                    | 'licenceLink'
                    | 'card'
                    | 'modalitiesIn'
                    | 'modalitiesOut'
                    | 'contextTokens'
                    | 'outputTokens'
                    | 'tools'
                    | 'structuredOutput'
                    | 'languages'
                    | 'trainingData'
                    | 'baseModel'
                    | 'tunable'
                    | 'tuning'
                    | 'parameters'
                    | 'architecture'
                    | 'quantisation'
                    | 'weightsDigest'
                    | 'regions'
                    | 'trainsOnInputs'
                    | 'retentionDays'
                    | 'releasedOn'
                    | 'deprecatedOn'
                    | 'priceInput'
                    | 'priceOutput'
                    | 'snapshot'
                    | 'benchmarks',
                    string
                  >
                >
              | undefined
          }
        | {
            model: string
            kind: 'card'
            content?: string | undefined
            url?: string | undefined
            identity?: string | undefined
          }
    },
    options?: CallOptions,
  ): Promise<FullModelCard>
  /** Say what a model costs you, from when; it comes before the book that comes with the program. `PUT /api/v1/prices/:model*`, permission administer. */
  putOwnPrice(input: { params: { model: string }; body: OwnPriceInput }, options?: CallOptions): Promise<OwnPrice>
  /** Create or replace a provider: any address that speaks a known dialect, with a key or without. `PUT /api/v1/providers/:name`, permission administer. */
  putProvider(
    input: {
      params: { name: string }
      body: {
        dialect: 'openai' | 'anthropic' | 'azure' | 'gemini' | 'vertex' | 'bedrock' | 'cohere'
        baseUrl: string
        credential?:
          | string
          | { env: string }
          | { file: string }
          | { aws: 'chain' | 'environment' | 'web-identity' | 'profile' | 'container' | 'instance' }
          | {
              azure: 'chain' | 'workload' | 'app-service' | 'instance'
              clientId?: string | undefined
              scope?: string | undefined
            }
          | { google: 'chain' | 'file' | 'instance' }
          | {
              serviceAccount: {
                type: 'service_account'
                client_email: string
                private_key: string
                private_key_id?: string | undefined
                token_uri?: string | undefined
              }
            }
          | {
              externalAccount: {
                type: 'external_account'
                audience: string
                subject_token_type: string
                token_url?: string | undefined
                service_account_impersonation_url?: string | undefined
                service_account_impersonation?: { token_lifetime_seconds?: number | undefined } | undefined
                credential_source: {
                  file?: string | undefined
                  url?: string | undefined
                  headers?: Record<string, string> | undefined
                  format?: { type: 'text' } | { type: 'json'; subject_token_field_name: string } | undefined
                }
              }
            }
          | {
              entra: {
                tenant: string
                client_id: string
                client_secret: string
                authority?: string | undefined
                scope?: string | undefined
              }
            }
          | { folder: string }
          | undefined
        credentials?:
          | {
              name: string
              source?:
                | string
                | { env: string }
                | { file: string }
                | { aws: 'chain' | 'environment' | 'web-identity' | 'profile' | 'container' | 'instance' }
                | {
                    azure: 'chain' | 'workload' | 'app-service' | 'instance'
                    clientId?: string | undefined
                    scope?: string | undefined
                  }
                | { google: 'chain' | 'file' | 'instance' }
                | {
                    serviceAccount: {
                      type: 'service_account'
                      client_email: string
                      private_key: string
                      private_key_id?: string | undefined
                      token_uri?: string | undefined
                    }
                  }
                | {
                    externalAccount: {
                      type: 'external_account'
                      audience: string
                      subject_token_type: string
                      token_url?: string | undefined
                      service_account_impersonation_url?: string | undefined
                      service_account_impersonation?: { token_lifetime_seconds?: number | undefined } | undefined
                      credential_source: {
                        file?: string | undefined
                        url?: string | undefined
                        headers?: Record<string, string> | undefined
                        format?: { type: 'text' } | { type: 'json'; subject_token_field_name: string } | undefined
                      }
                    }
                  }
                | {
                    entra: {
                      tenant: string
                      client_id: string
                      client_secret: string
                      authority?: string | undefined
                      scope?: string | undefined
                    }
                  }
                | { folder: string }
                | undefined
              inForce?: boolean | undefined
            }[]
          | undefined
        speaks?: ('chat' | 'responses' | 'messages' | 'count-tokens' | 'embeddings' | 'images')[] | undefined
      }
    },
    options?: CallOptions,
  ): Promise<Provider>
  /** Set the standards of the organisation; new applications inherit them, and a freeze holds releases to them. `PUT /api/v1/standards`, permission administer. */
  putStandards(
    input: {
      body: {
        models?: string[] | undefined
        templates?: string[] | undefined
        defaults?: Record<string, unknown> | undefined
        fixed?: ('profile' | 'privacy' | 'disclosure' | 'limits' | 'gates' | 'duties')[] | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    version: number
    content: {
      models: string[]
      templates: string[]
      defaults: {
        profile?:
          | {
              industry?: string | undefined
              users?: string[] | undefined
              audience?: 'internal' | 'customers' | 'public' | undefined
              personalData?: 'none' | 'contact' | 'sensitive' | 'unknown' | undefined
              commercial?: boolean | undefined
              residency?: string[] | undefined
              geography?: string[] | undefined
              regimes?: string[] | undefined
              securityStandards?: string[] | undefined
              domain?: string | undefined
              deployment?: 'hosted-model' | 'managed-service' | 'own-cloud' | 'on-premises' | 'device' | undefined
              autonomy?: 'answers' | 'suggests' | 'acts-with-approval' | 'acts-alone' | undefined
            }
          | undefined
        privacy?:
          | {
              purpose?: string | undefined
              lawfulBasis?:
                | 'consent'
                | 'contract'
                | 'legal-obligation'
                | 'vital-interests'
                | 'public-task'
                | 'legitimate-interests'
                | undefined
              retention: { tracesDays?: number | undefined }
            }
          | undefined
        disclosure?: Disclosure | undefined
        limits?: { requestsPerMinute?: number | undefined; usdPerMonth?: string | undefined } | undefined
        gates?: Partial<Record<Stage, { add: string[]; tighten: Record<string, Tighter> }>> | undefined
        duties?: Partial<Record<Duty, string>> | undefined
      }
      fixed: ('profile' | 'privacy' | 'disclosure' | 'limits' | 'gates' | 'duties')[]
    }
    createdAt: string
    createdBy: string
  }>
  /** Set the learning paths, what each duty needs, and what a gap does. `PUT /api/v1/training-policy`, permission administer. */
  putTrainingPolicy(
    input: {
      body: {
        paths: {
          group: 'consumers' | 'leaders' | 'builders'
          staffShare: number
          target: number
          validDays: number
          needs: 'one' | 'all'
          modules: { id: string; link?: string | undefined }[]
        }[]
        duties: Partial<Record<Duty, string[]>>
        gaps: 'warn' | 'block'
      }
    },
    options?: CallOptions,
  ): Promise<{
    paths: {
      group: 'consumers' | 'leaders' | 'builders'
      staffShare: number
      target: number
      validDays: number
      needs: 'one' | 'all'
      modules: { id: string; link?: string | undefined }[]
    }[]
    duties: Partial<Record<Duty, string[]>>
    gaps: 'warn' | 'block'
  }>
  /** Say whether an answer of a test page helped; it is kept as feedback on its trace. `POST /api/v1/test-pages/ratings`, permission open. */
  rateTestAnswer(
    input: { body: { token: string; answer: string; helpful: boolean; comment?: string | undefined } },
    options?: CallOptions,
  ): Promise<{ kept: true }>
  /** What a link asks, and what one agrees to. `POST /api/v1/feedback-forms/readings`, permission open. */
  readFeedbackForm(
    input: { body: { token: string } },
    options?: CallOptions,
  ): Promise<{
    title: string
    application: string
    tasks: { id: string; text: string }[]
    consent: string
    retentionDays: number
    isShared: boolean
  }>
  /** For whom an invitation is. `POST /api/v1/invitations/readings`, permission open. */
  readInvitation(
    input: { body: { token: string } },
    options?: CallOptions,
  ): Promise<{ name: string; signInName: string; expiresAt: string }>
  /** Read providers' lists of models now: of one, or of all that can be asked. `POST /api/v1/model-list-readings`, permission operate. */
  readModelLists(
    input: { body: { provider?: string | undefined } },
    options?: CallOptions,
  ): Promise<{
    items: {
      organisation: string
      provider: string
      readAt: string | null
      failure: string | null
      triedAt: string
      models: string[]
      appeared: string[]
      vanished: string[]
      changed: {
        model: string
        fields: (
          | 'description'
          | 'identity'
          | 'licence'
          | 'licenceLink'
          | 'card'
          | 'modalitiesIn'
          | 'modalitiesOut'
          | 'contextTokens'
          | 'outputTokens'
          | 'tools'
          | 'structuredOutput'
          | 'languages'
          | 'trainingData'
          | 'baseModel'
          | 'tunable'
          | 'tuning'
          | 'parameters'
          | 'architecture'
          | 'quantisation'
          | 'weightsDigest'
          | 'regions'
          | 'trainsOnInputs'
          | 'retentionDays'
          | 'releasedOn'
          | 'deprecatedOn'
          | 'priceInput'
          | 'priceOutput'
          | 'snapshot'
          | 'benchmarks'
        )[]
      }[]
    }[]
  }>
  /** What stands behind the link of a test page: its title, what people are told, and how long it is open. `POST /api/v1/test-pages/readings`, permission open. */
  readTestPage(
    input: { body: { token: string } },
    options?: CallOptions,
  ): Promise<{
    title: string
    application: string
    disclosure: string | null
    questionsLeft: number
    expiresAt: string
    mostCharacters: number
  }>
  /** Do the deletions in force again, for example after a back-up was restored. `POST /api/v1/privacy/deletions/reapplications`, permission privacy. */
  reapplyDeletions(input?: Record<string, never>, options?: CallOptions): Promise<{ deletions: number }>
  /** Say what it takes people to run a model of a shortlist, in hours. `POST /api/v1/model-shortlists/:id/efforts`, permission build. */
  reckonEffort(
    input: { params: { id: string }; body: { model: string; setUpHours: number; hoursPerMonth: number } },
    options?: CallOptions,
  ): Promise<Shortlist>
  /** Compute the cost of old requests again, each under its price book of that day, and name those that differ. `GET /api/v1/usage/recomputed`, permission view. */
  recomputeCosts(
    input?: {
      query?:
        | {
            cursor?: string | undefined
            limit?: number | undefined
            since?: string | undefined
            until?: string | undefined
            application?: string | undefined
          }
        | undefined
    },
    options?: CallOptions,
  ): Promise<{
    checked: number
    agrees: number
    differs: number
    cannot: number
    items: {
      traceId: string
      again: 'agrees' | 'differs' | 'cannot'
      costMicroUsd: string | null
      againMicroUsd: string | null
      priceBook: { name: string; digest: string } | null
      at: string
      application: string | null
      models: string[]
    }[]
    next: string | null
  }>
  /** Compare our records with a provider's export of usage or costs, by day and model; nothing is kept. `POST /api/v1/usage/reconciliations`, permission view. */
  reconcileUsage(
    input: {
      body: {
        content: string
        provider?: string | undefined
        tolerance?: { tokens?: number | undefined; money?: number | undefined } | undefined
      }
    },
    options?: CallOptions,
  ): Promise<Reconciliation>
  /** Say how an answer was; the same (answer, user, name) replaces and keeps history. `POST /api/v1/feedback`, permission infer. */
  recordFeedback(
    input: {
      body: {
        trace?: string | undefined
        response?: string | undefined
        name?: string | undefined
        value: boolean | number | string
        comment?: string | undefined
        correction?: string | undefined
        user?: string | undefined
      }
    },
    options?: CallOptions,
  ): Promise<Feedback>
  /** Write down what somebody said in a talk, with their consent. `POST /api/v1/trials/:id/interviews`, permission attest. */
  recordInterview(
    input: {
      params: { id: string }
      body: {
        rating: number
        comment?: string | null | undefined
        results?:
          | { task: string; outcome: 'done' | 'with-help' | 'failed'; minutes?: number | null | undefined }[]
          | undefined
        consent: true
        who?: string | null | undefined
      }
    },
    options?: CallOptions,
  ): Promise<ServedTrial>
  /** Say what KPIs of the charter became; all or none. `POST /api/v1/applications/:name/kpi-values`, permission build. */
  recordKpiValues(
    input: {
      params: { name: string }
      body: {
        values: {
          kpi: string
          value: number
          n?: number | null | undefined
          low?: number | null | undefined
          high?: number | null | undefined
          measuredAt?: string | undefined
          source: string
        }[]
      }
    },
    options?: CallOptions,
  ): Promise<{
    items: {
      id: string
      organisation: string
      application: string
      kpi: string
      value: number
      n: number | null
      low: number | null
      high: number | null
      measuredAt: string
      source: string
      createdAt: string
      createdBy: string
    }[]
  }>
  /** Record what a model of our own was made from and how; a record never changes, a new one takes its place. `POST /api/v1/model-training-runs`, permission operate. */
  recordTrainingRun(
    input: {
      body: {
        model: string
        run?:
          | {
              method?:
                | 'pre-training'
                | 'full'
                | 'LoRA'
                | 'QLoRA'
                | 'DPO'
                | 'RLHF'
                | 'distillation'
                | 'merging'
                | 'quantisation'
                | 'by-provider'
                | 'other'
                | undefined
              base?: string[] | undefined
              teacher?: string | undefined
              datasets?:
                | {
                    dataset?: string | undefined
                    version?: number | undefined
                    name?: string | undefined
                    digest?: string | undefined
                    licence?: string | undefined
                    source?: string | undefined
                  }[]
                | undefined
              code?: { repository?: string | null | undefined; revision: string } | undefined
              parameters?:
                | Record<string, string | number | boolean | null | (string | number | boolean | null)[]>
                | undefined
              seed?: number | undefined
              frameworks?: Record<string, string> | undefined
              hardware?: { name: string; count: number; hours: number } | undefined
              costMicroUsd?: string | number | undefined
              startedAt?: string | undefined
              endedAt?: string | undefined
              figures?:
                | {
                    name: string
                    value: number
                    n?: number | null | undefined
                    low?: number | null | undefined
                    high?: number | null | undefined
                  }[]
                | undefined
              weights?: { file?: string | null | undefined; digest: string }[] | undefined
              note?: string | undefined
            }
          | undefined
        content?: string | undefined
        mlflow?: string | undefined
        replaces?: string | undefined
      }
    },
    options?: CallOptions,
  ): Promise<
    | {
        status: 200
        body: {
          id: string
          organisation: string
          model: string
          digest: string
          mlflowRun: string | null
          method:
            | 'pre-training'
            | 'full'
            | 'LoRA'
            | 'QLoRA'
            | 'DPO'
            | 'RLHF'
            | 'distillation'
            | 'merging'
            | 'quantisation'
            | 'by-provider'
            | 'other'
            | null
          base: string[]
          teacher: string | null
          datasets: (
            | { kind: 'version'; dataset: string; version: number; digest: string; application: string | null }
            | { kind: 'elsewhere'; name: string; digest: string | null; licence: string | null; source: string | null }
          )[]
          code: { repository: string | null; revision: string } | null
          parameters: Record<string, string | number | boolean | null | (string | number | boolean | null)[]>
          seed: number | null
          frameworks: Record<string, string>
          hardware: { name: string; count: number; hours: number } | null
          costMicroUsd: string | null
          startedAt: string | null
          endedAt: string | null
          figures: { name: string; value: number; n: number | null; low: number | null; high: number | null }[]
          weights: { file: string | null; digest: string }[]
          note: string | null
          replaces: string | null
          recordedBy: string
          recordedAt: string
        }
      }
    | {
        status: 201
        body: {
          id: string
          organisation: string
          model: string
          digest: string
          mlflowRun: string | null
          method:
            | 'pre-training'
            | 'full'
            | 'LoRA'
            | 'QLoRA'
            | 'DPO'
            | 'RLHF'
            | 'distillation'
            | 'merging'
            | 'quantisation'
            | 'by-provider'
            | 'other'
            | null
          base: string[]
          teacher: string | null
          datasets: (
            | { kind: 'version'; dataset: string; version: number; digest: string; application: string | null }
            | { kind: 'elsewhere'; name: string; digest: string | null; licence: string | null; source: string | null }
          )[]
          code: { repository: string | null; revision: string } | null
          parameters: Record<string, string | number | boolean | null | (string | number | boolean | null)[]>
          seed: number | null
          frameworks: Record<string, string>
          hardware: { name: string; count: number; hours: number } | null
          costMicroUsd: string | null
          startedAt: string | null
          endedAt: string | null
          figures: { name: string; value: number; n: number | null; low: number | null; high: number | null }[]
          weights: { file: string | null; digest: string }[]
          note: string | null
          replaces: string | null
          recordedBy: string
          recordedAt: string
        }
      }
  >
  /** Send the event of a delivery again, under the same event id. `POST /api/v1/webhook-deliveries/:id/redeliver`, permission operate. */
  redeliverWebhook(input: { params: { id: string } }, options?: CallOptions): Promise<WebhookDelivery>
  /** Register the files that a model is made of: each is hashed and read, and what could run is refused. `POST /api/v1/model-weights`, permission operate. */
  registerModelWeights(
    input: {
      body: {
        model: string
        path: string
        revision?: string | undefined
        expected?: Record<string, string> | undefined
        trustedKey?: string | undefined
        trustedIdentity?: { issuer: string; subject: string; trustedRoot: string } | undefined
      }
    },
    options?: CallOptions,
  ): Promise<Weights>
  /** Take your authenticator app away, with a code of it. `POST /api/v1/second-factor/removals`, permission view. */
  removeSecondFactor(input: { body: { code?: string | undefined } }, options?: CallOptions): Promise<null>
  /** Render the text of a .prompt file with values, as a flow would, and lint it; nothing is kept. `POST /api/v1/applications/:name/prompt-renderings`, permission build. */
  renderPrompt(
    input: {
      params: { name: string }
      body: {
        text: string
        values?: Record<string, unknown> | undefined
        partials?: Record<string, string> | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{ rendered: Rendered; findings: LintFinding[] }>
  /** Decide again from what a kept decision read, under the gate that it is pinned to. `GET /api/v1/gate-decisions/:id/replay`, permission view. */
  replayGateDecision(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{ same: boolean; differs: string[]; decision: GateDecision }>
  /** Make every decision of a rollout again from its log and say whether it comes out the same. `GET /api/v1/rollouts/:id/replay`, permission view. */
  replayRollout(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{
    rollout: string
    replayed: number
    same: number
    notKept: number
    differing: {
      at: string
      was: 'advance' | 'hold' | 'abort' | 'complete' | 'fall-back'
      is: 'advance' | 'hold' | 'abort' | 'complete' | 'fall-back'
      words: string
    }[]
  }>
  /** Say that a report was made, or why it is not due. `POST /api/v1/incidents/:id/reports`, permission attest. */
  reportIncident(
    input: {
      params: { id: string }
      body: { clock: string; kind: 'made' | 'not-due'; note: string; at?: string | undefined }
    },
    options?: CallOptions,
  ): Promise<ServedIncident>
  /** Ask somebody for the dataset that closes a gap; it closes when a version of that dataset is registered. `PUT /api/v1/applications/:name/data-gaps/:gap/request`, permission build. */
  requestDataset(
    input: { params: { name: string; gap: string }; body: { dataset: string; askedOf: string } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    application: string
    title: string
    reason: string
    dataset: string | null
    askedOf: string | null
    askedAt: string | null
    createdAt: string
    createdBy: string
    state: 'open' | 'requested' | 'closed'
    closedBy: { version: number; at: string } | null
  }>
  /** Ask for a model to be approved for stages, classes of personal data and uses. `POST /api/v1/model-approvals`, permission build. */
  requestModelApproval(
    input: {
      body: {
        model: string
        stages: GatedStage[]
        dataClasses: ('none' | 'contact' | 'sensitive' | 'unknown')[]
        uses: ('commercial' | 'non-commercial')[]
        residency?: string[] | undefined
        aliasAccepted?: boolean | undefined
        reason: string
        days?: number | undefined
      }
    },
    options?: CallOptions,
  ): Promise<ShownApproval>
  /** Ask for a waiver of one check for one release; another person decides. `POST /api/v1/waivers`, permission promote. */
  requestWaiver(
    input: {
      body: {
        release: string
        into: GatedStage
        check: string
        reason: string
        residualRisk: string
        compensatingControl: string
        days: number
        example?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<Waiver>
  /** Play the example again, in new applications beside the old ones. `POST /api/v1/example/resets`, permission administer. */
  resetExample(input?: Record<string, never>, options?: CallOptions): Promise<ExampleStatus>
  /** Take the authenticator app of a person away who has lost it. `DELETE /api/v1/actors/:actor/second-factor`, permission administer. */
  resetSecondFactor(input: { params: { actor: string } }, options?: CallOptions): Promise<null>
  /** Go on with an experiment that failed or was cancelled; only what is missing or failed is run. `POST /api/v1/experiments/:id/resume`, permission build. */
  resumeExperiment(
    input: { params: { id: string }; body: { maxCostMicroUsd?: string | undefined } },
    options?: CallOptions,
  ): Promise<Experiment>
  /** Let a paused or holding rollout go on; the clock of its step starts anew. `POST /api/v1/rollouts/:id/resume`, permission operate. */
  resumeRollout(input: { params: { id: string } }, options?: CallOptions): Promise<ServedRollout>
  /** Say from when on a key is not to be trusted: what it signed since then counts no more, here and offline. `POST /api/v1/evidence/keys/revocations`, permission administer. */
  revokeEvidenceKey(
    input: { body: { keyid: string; from?: string | undefined; reason: string } },
    options?: CallOptions,
  ): Promise<SigningKey>
  /** Revoke a key; the next request with it is refused. `DELETE /api/v1/keys/:key`, permission administer. */
  revokeKey(
    input: { params: { key: string } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    name: string
    team: string | null
    role: Role
    actor: string
    application: string | null
    stage: Stage
    limits: {
      requestsPerMinute: number | null
      requestsPerDay: number | null
      requestsPerMonth: number | null
      tokensPerMinute: number | null
      tokensPerDay: number | null
      tokensPerMonth: number | null
      concurrentRequests: number | null
      costMicroUsdPerMinute: string | null
      costMicroUsdPerDay: string | null
      costMicroUsdPerMonth: string | null
      onAuthorityAway: 'refuse' | 'allow' | null
    } | null
    permissions: Permission[] | null
    isOwnerToken: boolean
    isDrill: boolean
    createdAt: string
    revokedAt: string | null
    expiresAt: string | null
    rotatedAt: string | null
    previousUntil: string | null
    previousUsedAt: string | null
    lastUsedAt: string | null
  }>
  /** Take a test page back: its link leads nowhere from the next call on; what was asked stays in the traces. `DELETE /api/v1/test-pages/:id`, permission operate. */
  revokeTestPage(input: { params: { id: string } }, options?: CallOptions): Promise<ShownTestPage>
  /** Take a link back; what came by it stays. `DELETE /api/v1/trials/:id/links/:link`, permission build. */
  revokeTrialLink(input: { params: { id: string; link: string } }, options?: CallOptions): Promise<ServedTrial>
  /** Make values of the events of every period that is over now, as is done every hour. `POST /api/v1/applications/:name/kpi-events/rounds`, permission build. */
  rollUpKpiEvents(input: { params: { name: string } }, options?: CallOptions): Promise<{ values: number }>
  /** Sign with a new key from now on; what was signed before goes on verifying. `POST /api/v1/evidence/keys/rotations`, permission administer. */
  rotateEvidenceKey(input: { body: { reason: string } }, options?: CallOptions): Promise<SigningKey>
  /** Give a key a new text that works at once; the one before works until a time that you choose. `POST /api/v1/keys/:key/rotations`, permission administer. */
  rotateKey(
    input: {
      params: { key: string }
      body: { previousUntil?: string | undefined; overlapHours?: number | 0 | undefined }
    },
    options?: CallOptions,
  ): Promise<{
    id: string
    secret: string
    key: {
      id: string
      organisation: string
      name: string
      team: string | null
      role: Role
      actor: string
      application: string | null
      stage: Stage
      limits: {
        requestsPerMinute: number | null
        requestsPerDay: number | null
        requestsPerMonth: number | null
        tokensPerMinute: number | null
        tokensPerDay: number | null
        tokensPerMonth: number | null
        concurrentRequests: number | null
        costMicroUsdPerMinute: string | null
        costMicroUsdPerDay: string | null
        costMicroUsdPerMonth: string | null
        onAuthorityAway: 'refuse' | 'allow' | null
      } | null
      permissions: Permission[] | null
      isOwnerToken: boolean
      isDrill: boolean
      createdAt: string
      revokedAt: string | null
      expiresAt: string | null
      rotatedAt: string | null
      previousUntil: string | null
      previousUsedAt: string | null
      lastUsedAt: string | null
    }
  }>
  /** Make a new signing secret; for a day events carry a signature of the old one too. `POST /api/v1/webhooks/:id/secret`, permission administer. */
  rotateWebhookSecret(
    input: { params: { id: string } },
    options?: CallOptions,
  ): Promise<{ webhook: Webhook; secret: string }>
  /** Ask a judge of the release about what people labelled in a queue, and hold it against them. `POST /api/v1/releases/:id/calibrations`, permission build. */
  runCalibration(
    input: {
      params: { id: string }
      body: { judge: string; queue: string; dryRun?: boolean | undefined; maxCostMicroUsd?: string | undefined }
    },
    options?: CallOptions,
  ): Promise<
    | { status: 200; body: { kind: 'quote'; quote: CalibrationQuote } }
    | { status: 202; body: { kind: 'started'; job: string; quote: CalibrationQuote } }
    | { status: 409; body: { kind: 'over-budget'; quote: CalibrationQuote } }
  >
  /** Measure the quality of a version: duplicates, splits, personal data, labels, balance, enough rows. `POST /api/v1/datasets/:dataset/quality-runs`, permission build. */
  runDataQuality(
    input: { params: { dataset: string }; body: { version?: number | undefined } },
    options?: CallOptions,
  ): Promise<QualityRun>
  /** Run what answers the open questions of a gate, as a job; with dryRun only the quote. `POST /api/v1/releases/:id/gates/:stage/runs`, permission build. */
  runGate(
    input: {
      params: { id: string; stage: GatedStage }
      body: { dryRun?: boolean | undefined; maxCostMicroUsd?: string | undefined; checks?: string[] | undefined }
    },
    options?: CallOptions,
  ): Promise<
    | { status: 200; body: { kind: 'quote' | 'nothing-to-run'; plan: RunPlan } }
    | { status: 202; body: { kind: 'started'; job: string; plan: RunPlan } }
    | { status: 409; body: { kind: 'over-budget'; plan: RunPlan } }
  >
  /** Ask both releases the probes that are proposed, pair by pair. `POST /api/v1/releases/:id/model-swap/runs`, permission build. */
  runModelSwapProbes(
    input: { params: { id: string }; body: { maxCostMicroUsd?: string | undefined } },
    options?: CallOptions,
  ): Promise<
    | { status: 201; body: { kind: 'started'; experiments: string[] } }
    | { status: 409; body: { kind: 'over-budget'; quote: ProbeQuote | null } }
  >
  /** Hold every known model against what is needed, the budget among it; nothing is kept. `POST /api/v1/model-searches`, permission view. */
  searchModels(
    input: {
      body: {
        text?: string | undefined
        takes?: ('text' | 'image' | 'audio' | 'video' | 'file' | 'embedding')[] | undefined
        gives?: ('text' | 'image' | 'audio' | 'video' | 'file' | 'embedding')[] | undefined
        contextAtLeast?: number | undefined
        outputAtLeast?: number | undefined
        must?: ('tools' | 'structuredOutput' | 'tunable' | 'snapshot')[] | undefined
        servingModes?: ('embedded' | 'self-hosted' | 'cloud' | 'api')[] | undefined
        licences?: string[] | undefined
        use?:
          | {
              stage?: Stage | undefined
              use?: 'commercial' | 'non-commercial' | undefined
              dataClass?: 'none' | 'contact' | 'sensitive' | 'unknown' | undefined
              residency?: string[] | undefined
            }
          | undefined
        approvedOnly?: boolean | undefined
        budget?:
          | {
              dollarsPerMonth: string
              volume: {
                requestsPerMonth: { low: number; high: number }
                inputTokens: { low: number; high: number }
                outputTokens: { low: number; high: number }
              }
            }
          | undefined
        measured?:
          | {
              application: string
              suite: string
              quality?: number | undefined
              latencyMsAtMost?: number | undefined
              microUsdPerTaskAtMost?: string | undefined
            }
          | undefined
        sortBy?: 'price' | 'quality' | 'latency' | 'cost' | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{
    items: {
      model: string
      servingMode: 'embedded' | 'self-hosted' | 'cloud' | 'api'
      outcome: 'kept' | 'open' | 'eliminated'
      reasons: { criterion: string; kind: 'out' | 'unknown'; why: string }[]
      monthly: { low: string; high: string } | null
      measured: {
        evaluator: string
        better: 'higher' | 'lower'
        experiment: string
        quality: { value: number | null; interval: Interval | null; n: number }
        latencyMs: { value: number; n: number } | null
        costPerTaskMicroUsd: string | null
      } | null
      approval: string
      known: number
      of: number
    }[]
  }>
  /** Search the index of a release as its flow does. `GET /api/v1/releases/:id/search`, permission view. */
  searchPassages(
    input: { params: { id: string }; query?: { q: string; k?: number | undefined } | undefined },
    options?: CallOptions,
  ): Promise<{
    items: { id: string; title: string; text: string; source: string; score: number }[]
    index: { analyser: string; passages: number }
  }>
  /** Tell cases of the business as they happen, each as a CloudEvent or several in a list; each period of the charter becomes a value of its KPI. `POST /api/v1/applications/:name/kpi-events`, permission infer. */
  sendKpiEvents(
    input: {
      params: { name: string }
      body:
        | {
            specversion: '1.0'
            id: string
            source: string
            type: string
            time?: string | undefined
            data: { kpi: string; value: number | boolean }
          }
        | {
            specversion: '1.0'
            id: string
            source: string
            type: string
            time?: string | undefined
            data: { kpi: string; value: number | boolean }
          }[]
    },
    options?: CallOptions,
  ): Promise<{ taken: number; known: number }>
  /** Look at once for what people should be told, and send what is due. `POST /api/v1/mails/rounds`, permission operate. */
  sendMails(input?: Record<string, never>, options?: CallOptions): Promise<{ sent: number; failed: number }>
  /** Choose the language in which pages and plans speak to the caller; null follows the browser. `PUT /api/v1/language`, permission view. */
  setLanguage(input: { body: { language: string | null } }, options?: CallOptions): Promise<Spoken>
  /** Set how many requests and tokens, how many at once and how much money an application may use. `PUT /api/v1/applications/:name/limits`, permission operate. */
  setLimits(
    input: {
      params: { name: string }
      body: {
        requestsPerMinute?: number | null | undefined
        requestsPerDay?: number | null | undefined
        requestsPerMonth?: number | null | undefined
        tokensPerMinute?: number | null | undefined
        tokensPerDay?: number | null | undefined
        tokensPerMonth?: number | null | undefined
        concurrentRequests?: number | null | undefined
        costMicroUsdPerMinute?: string | null | undefined
        costMicroUsdPerDay?: string | null | undefined
        costMicroUsdPerMonth?: string | null | undefined
        onAuthorityAway?: 'refuse' | 'allow' | null | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{
    scope: 'organisation' | 'team' | 'key' | 'application' | 'release' | 'model'
    name: string
    limits: {
      requestsPerMinute: number | null
      requestsPerDay: number | null
      requestsPerMonth: number | null
      tokensPerMinute: number | null
      tokensPerDay: number | null
      tokensPerMonth: number | null
      concurrentRequests: number | null
      costMicroUsdPerMinute: string | null
      costMicroUsdPerDay: string | null
      costMicroUsdPerMonth: string | null
      onAuthorityAway: 'refuse' | 'allow' | null
    }
    isDefault: boolean
    caps: {
      kind:
        | 'requests-per-minute'
        | 'requests-per-day'
        | 'requests-per-month'
        | 'tokens-per-minute'
        | 'tokens-per-day'
        | 'tokens-per-month'
        | 'concurrent-requests'
        | 'cost-per-minute'
        | 'cost-per-day'
        | 'cost-per-month'
      cap: number | string
      used: number | string
      held: number | string
      share: number
      state: 'ok' | 'near' | 'reached'
      opensAt: string | null
    }[]
    application: string
    requests: { inLastMinute: number; share: number | null; state: 'ok' | 'near' | 'reached' }
    cost: {
      month: string
      spentMicroUsd: string
      reservedMicroUsd: string
      share: number | null
      state: 'ok' | 'near' | 'reached'
      opensAt: string
    }
  }>
  /** Set your own password; all your other sessions end. `PUT /api/v1/password`, permission view. */
  setPassword(
    input: { body: { current?: string | undefined; password: string; signInName?: string | undefined } },
    options?: CallOptions,
  ): Promise<null>
  /** Block or flag requests to models whose price is unknown; of an application or of the organisation. `PUT /api/v1/price-policies/:scope/:name`, permission administer. */
  setPricePolicy(
    input: {
      params: { scope: 'organisation' | 'application'; name: string }
      body: { onUnknownPrice: 'block' | 'flag' | null; reason: string }
    },
    options?: CallOptions,
  ): Promise<{
    items: {
      scope: 'organisation' | 'application'
      name: string
      onUnknownPrice: 'block' | 'flag'
      reason: string
      setAt: string
      setBy: string
    }[]
  }>
  /** Set limits of a key, team, release, model, application or the organisation; null takes one away. `PUT /api/v1/limits/:scope/:name`, permission operate. */
  setScopeLimits(
    input: {
      params: { scope: 'organisation' | 'team' | 'key' | 'application' | 'release' | 'model'; name: string }
      body: {
        requestsPerMinute?: number | null | undefined
        requestsPerDay?: number | null | undefined
        requestsPerMonth?: number | null | undefined
        tokensPerMinute?: number | null | undefined
        tokensPerDay?: number | null | undefined
        tokensPerMonth?: number | null | undefined
        concurrentRequests?: number | null | undefined
        costMicroUsdPerMinute?: string | null | undefined
        costMicroUsdPerDay?: string | null | undefined
        costMicroUsdPerMonth?: string | null | undefined
        onAuthorityAway?: 'refuse' | 'allow' | null | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{
    scope: 'organisation' | 'team' | 'key' | 'application' | 'release' | 'model'
    name: string
    limits: {
      requestsPerMinute: number | null
      requestsPerDay: number | null
      requestsPerMonth: number | null
      tokensPerMinute: number | null
      tokensPerDay: number | null
      tokensPerMonth: number | null
      concurrentRequests: number | null
      costMicroUsdPerMinute: string | null
      costMicroUsdPerDay: string | null
      costMicroUsdPerMonth: string | null
      onAuthorityAway: 'refuse' | 'allow' | null
    }
    isDefault: boolean
    caps: {
      kind:
        | 'requests-per-minute'
        | 'requests-per-day'
        | 'requests-per-month'
        | 'tokens-per-minute'
        | 'tokens-per-day'
        | 'tokens-per-month'
        | 'concurrent-requests'
        | 'cost-per-minute'
        | 'cost-per-day'
        | 'cost-per-month'
      cap: number | string
      used: number | string
      held: number | string
      share: number
      state: 'ok' | 'near' | 'reached'
      opensAt: string | null
    }[]
  }>
  /** Approve or refuse under the duties that you hold; never what you froze or asked for yourself. `POST /api/v1/approvals/:id/signatures`, permission attest. */
  signApproval(
    input: { params: { id: string }; body: { decision: 'approve' | 'refuse'; reason: string } },
    options?: CallOptions,
  ): Promise<ServedApproval>
  /** Redeem a sign-in link: sets the session cookie and leads to the pages. `GET /sign-in`, permission open. */
  signIn(input?: { query?: { token?: string | undefined } | undefined }, options?: CallOptions): Promise<Response>
  /** Sign a browser in with name and password; sets the session cookie. `POST /api/v1/sessions`, permission open. */
  signInWithPassword(
    input: { body: { signInName: string; password: string; code?: string | undefined } },
    options?: CallOptions,
  ): Promise<Response>
  /** End the browser session that asks. `DELETE /api/v1/session`, permission view. */
  signOut(input?: Record<string, never>, options?: CallOptions): Promise<null>
  /** Attack a release, live or not, with orders and questions for secrets; evidence for red.injection and red.leak. `POST /api/v1/releases/:id/attack-runs`, permission build. */
  startAttackRun(
    input: {
      params: { id: string }
      body: {
        attempts?: number | undefined
        categories?: ('direct' | 'indirect' | 'triggered' | 'leak')[] | undefined
        suite?: string | undefined
        seed?: number | undefined
        concurrency?: number | undefined
        maxCostMicroUsd?: string | undefined
        dryRun?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<
    | { status: 200; body: { kind: 'quote'; quote: ProbeQuote; plan: AttackPlan } }
    | { status: 202; body: { kind: 'started'; id: string; quote: ProbeQuote; plan: AttackPlan } }
    | { status: 409; body: { kind: 'over-budget'; quote: ProbeQuote; plan: AttackPlan } }
  >
  /** Make provider, guardrails and index fail for requests of a drill alone, and record evidence for rel.resilience. `POST /api/v1/releases/:id/fault-drills`, permission build. */
  startFaultDrill(
    input: {
      params: { id: string }
      body: {
        faults?: Fault[] | undefined
        dialects?: DrillDialect[] | undefined
        question?: string | undefined
        clockSeconds?: number | undefined
        maxCostMicroUsd?: string | undefined
        dryRun?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<
    | { status: 200; body: { kind: 'quote'; quote: FaultQuote; plan: FaultPlan } }
    | { status: 202; body: { kind: 'started'; id: string; quote: FaultQuote; plan: FaultPlan } }
    | { status: 409; body: { kind: 'over-budget'; quote: FaultQuote; plan: FaultPlan } }
  >
  /** Let a model draft cases from the documents of an application; they wait in quarantine until a person looked. `POST /api/v1/datasets/:dataset/generations`, permission build. */
  startGeneration(
    input: {
      params: { dataset: string }
      body: {
        application?: string | undefined
        model: string
        parameters?: Record<string, unknown> | undefined
        fact?: number | undefined
        multiHop?: number | undefined
        outOfScope?: number | undefined
        personas?: string[] | undefined
        inputTypes?: string[] | undefined
        split?: 'build' | 'regress' | 'calibration' | undefined
        maxCostMicroUsd?: string | undefined
        dryRun?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<
    | { status: 200; body: { kind: 'quote'; quote: GenerationQuote } }
    | { status: 202; body: { kind: 'started'; id: string; quote: GenerationQuote } }
    | { status: 409; body: { kind: 'over-budget'; quote: GenerationQuote } }
  >
  /** Ask a release, live or not, for harm and for what only sounds like it; evidence for red.harm. `POST /api/v1/releases/:id/harm-runs`, permission build. */
  startHarmRun(
    input: {
      params: { id: string }
      body: {
        attempts?: number | undefined
        categories?: string[] | undefined
        benign?: boolean | undefined
        suite?: string | undefined
        judge?: string | undefined
        benignJudge?: string | undefined
        seed?: number | undefined
        concurrency?: number | undefined
        maxCostMicroUsd?: string | undefined
        dryRun?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<
    | { status: 200; body: { kind: 'quote'; quote: ProbeQuote; plan: HarmPlan } }
    | { status: 202; body: { kind: 'started'; id: string; quote: ProbeQuote; plan: HarmPlan } }
    | { status: 409; body: { kind: 'over-budget'; quote: ProbeQuote; plan: HarmPlan } }
  >
  /** Load a live release through the gateway, beyond its expected peak, and record evidence for perf.load. `POST /api/v1/releases/:id/load-runs`, permission build. */
  startLoadRun(
    input: {
      params: { id: string }
      body: {
        peakPerSecond?: number | undefined
        p95Ms?: number | undefined
        firstTokenMs?: number | undefined
        factor?: number | undefined
        beyond?: number | undefined
        seconds?: number | undefined
        questions?: 'suite' | 'traces' | undefined
        suite?: string | undefined
        streamed?: 'some' | 'all' | 'none' | undefined
        timeoutSeconds?: number | undefined
        headroom?: number | undefined
        maxCostMicroUsd?: string | undefined
        dryRun?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<
    | { status: 200; body: { kind: 'quote'; quote: ProbeQuote; plan: LoadPlan } }
    | { status: 202; body: { kind: 'started'; id: string; quote: ProbeQuote; plan: LoadPlan } }
    | { status: 409; body: { kind: 'over-budget'; quote: ProbeQuote; plan: LoadPlan } }
  >
  /** Measure a model in each way of asking it: chat, stream, many at a time, and as a batch. `POST /api/v1/applications/:name/model-timings`, permission build. */
  startModelTiming(
    input: {
      params: { name: string }
      body: {
        model: string
        parameters?: Record<string, unknown> | undefined
        suite: string
        questions?: number | undefined
        modes?: TimingMode[] | undefined
        atATime?: number | undefined
        dryRun?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<
    | { status: 200; body: { kind: 'quote'; questions: number; calls: number; costMicroUsd: string | null } }
    | { status: 202; body: { kind: 'started'; id: string } }
  >
  /** Let a model word the questions of a suite anew and in other languages, beside the variants by rule. `POST /api/v1/applications/:name/rewordings`, permission build. */
  startRewording(
    input: {
      params: { name: string }
      body: {
        suite: string
        model: string
        parameters?: Record<string, unknown> | undefined
        paraphrases?: number | undefined
        languages?: string[] | undefined
        kinds?: ('whitespace' | 'case' | 'typo' | 'order' | 'paraphrase' | 'language')[] | undefined
        most?: number | undefined
        maxCostMicroUsd?: string | undefined
        dryRun?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<
    | { status: 200; body: { kind: 'quote'; quote: RewordingQuote } }
    | { status: 202; body: { kind: 'started'; id: string; quote: RewordingQuote } }
    | { status: 409; body: { kind: 'over-budget'; quote: RewordingQuote } }
  >
  /** Roll out a promoted release in a stage, step by step. `POST /api/v1/applications/:name/rollouts`, permission operate. */
  startRollout(
    input: {
      params: { name: string }
      body: {
        to: string
        stage: GatedStage
        plan?:
          | {
              strategy?: Strategy | undefined
              audience?: { users?: string[] | undefined; groups?: Record<string, string[]> | undefined } | undefined
              shadow?: { sample?: number | undefined; usd: string } | undefined
              scores?: { suite: string; sample?: number | undefined; usd: string } | undefined
              sessionMinutes?: number | undefined
              endsAt?: string | undefined
              advance?: 'automatic' | 'person' | undefined
              cooldownMinutes?: number | undefined
              steps?: number[] | undefined
              soakMinutes?: number | undefined
              minimumUnits?: number | undefined
              metrics: {
                name: string
                kind: 'event' | 'mean'
                scale?: 'linear' | 'log' | undefined
                margin: number
                critical?: boolean | undefined
                noticeable?: number | undefined
                ceiling?: number | undefined
                tripwire?: number | undefined
              }[]
              alphaRollback?: number | undefined
              alphaPromote?: number | undefined
              alphaSampleRatio?: number | undefined
              plannedUnits?: number | undefined
              holdTimeoutMinutes?: number | undefined
            }
          | undefined
        again?: string | undefined
      }
    },
    options?: CallOptions,
  ): Promise<ServedRollout>
  /** Try variants of a prompt, proposals of a model among them, on the build split, halving after each round, under a budget of calls. `POST /api/v1/releases/:id/tunings`, permission build. */
  startTuning(
    input: {
      params: { id: string }
      body: {
        suite: string
        prompt?: string | undefined
        sweep?: Record<string, unknown[]> | undefined
        budget: number
        proposer?:
          | {
              model: string
              parameters?: Record<string, unknown> | undefined
              count?: number | undefined
              task?: string | undefined
            }
          | undefined
        dryRun?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<
    | {
        status: 200
        body: {
          kind: 'quote'
          variants: number
          examples: number
          calls: number
          questions: Questions
          costMicroUsd: string | null
          rounds: { variants: number; examples: number }[]
        }
      }
    | { status: 202; body: { kind: 'started'; id: string } }
  >
  /** As an overseer: stop the application; the next request is refused, until an operator switches it on again. `POST /api/v1/applications/:name/stop`, permission attest. */
  stopApplication(
    input: { params: { name: string }; body: { reason: string } },
    options?: CallOptions,
  ): Promise<{ application: string; reason: string; at: string }>
  /** Switch an application, release, model or provider off, so that the next request is refused, or the cache of an application. `PUT /api/v1/switches/:kind/:name`, permission operate. */
  switchOff(
    input: {
      params: { kind: 'application' | 'release' | 'model' | 'provider' | 'cache'; name: string }
      body: { reason: string }
    },
    options?: CallOptions,
  ): Promise<{
    organisation: string
    kind: 'application' | 'release' | 'model' | 'provider' | 'cache'
    name: string
    reason: string
    offBy: string
    offAt: string
  }>
  /** Switch on again what was switched off. `DELETE /api/v1/switches/:kind/:name`, permission operate. */
  switchOn(
    input: {
      params: { kind: 'application' | 'release' | 'model' | 'provider' | 'cache'; name: string }
      query?: { reason: string } | undefined
    },
    options?: CallOptions,
  ): Promise<{
    organisation: string
    kind: 'application' | 'release' | 'model' | 'provider' | 'cache'
    name: string
    reason: string
    offBy: string
    offAt: string
  }>
  /** Make an idea of what users asked for; it keeps where it came from. `POST /api/v1/applications/:name/idea-suggestions/:key/idea`, permission build. */
  takeIdeaSuggestion(
    input: { params: { name: string; key: string }; body: { title?: string | undefined } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    title: string
    scores: {
      impact: number | null
      feasibility: number | null
      readiness: number | null
      cost: number | null
      risk: number | null
    }
    answers: Record<string, string | number | null>
    application: string | null
    parent: string | null
    origin: {
      kind: 'failed' | 'not-answered' | 'of-no-help'
      words: string[]
      requests: number
      users: number
      traces: string[]
      since: string
    } | null
    createdAt: string
    createdBy: string
    updatedAt: string
  }>
  /** Write the risks and suites that follow from the impact assessment into the blueprint. `POST /api/v1/applications/:name/impact`, permission build. */
  takeImpact(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{
    answered: number
    of: number
    risks: {
      id: string
      title: string
      description: string
      category: 'ethics' | 'data-bias' | 'security'
      controls: string[]
      isKept: boolean
    }[]
    suites: { name: string; because: string; cases: number; files: string[]; isKept: boolean }[]
  }>
  /** Answer the questions of a module; the score becomes a training record of the caller. `POST /api/v1/training-modules/:id/attempts`, permission view. */
  takeQuiz(
    input: { params: { id: string }; body: { answers: Record<string, number> } },
    options?: CallOptions,
  ): Promise<{
    score: number
    isPassed: boolean
    marked: { id: string; isRight: boolean; because: string }[]
    record: {
      id: string
      organisation: string
      person: string
      module: string
      score: number
      completedAt: string
      expiresAt: string | null
      source: 'quiz' | 'import'
      version: string | null
      example: boolean
      importedAt: string
      importedBy: string
    }
  }>
  /** Send a mail at once, to see whether the server takes it. `POST /api/v1/mails/tests`, permission administer. */
  testMail(input: { body: { to: string } }, options?: CallOptions): Promise<{ to: string; at: string }>
  /** Ask a provider for its models, to see whether address and key work. `POST /api/v1/providers/:name/test`, permission operate. */
  testProvider(input: { params: { name: string } }, options?: CallOptions): Promise<ProviderTest>
  /** As an overseer: stop the application for a moment, take the time until a request is refused, and go on. `POST /api/v1/applications/:name/stop-tests`, permission attest. */
  testStop(
    input: { params: { name: string } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    application: string
    release: string
    seconds: number | null
    answersAgain: boolean
    by: string
    at: string
  }>
  /** Send an event webhook.test, to see whether the receiver answers and believes the signature. `POST /api/v1/webhooks/:id/test`, permission operate. */
  testWebhook(input: { params: { id: string } }, options?: CallOptions): Promise<WebhookDelivery>
  /** Say who sees to a group of failures, and what was decided. `PUT /api/v1/experiments/:id/failure-clusters/:cluster`, permission build. */
  triageFailureCluster(
    input: {
      params: { id: string; cluster: string }
      body: { owner: string; decision: TriageDecision; note?: string | null | undefined }
    },
    options?: CallOptions,
  ): Promise<FailureCluster>
  /** Start the paired experiment that would refute a rule, in an application of its own. `POST /api/v1/applications/:name/advice/:rule/experiments`, permission build. */
  tryAdvice(
    input: { params: { name: string; rule: string }; body: { suite?: string | undefined; model?: string | undefined } },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    application: string
    rule: string
    variant: string
    release: string
    experiment: string
    createdAt: string
    createdBy: string
  }>
  /** Change the name or role of a person or program, or take its right to act away. `PUT /api/v1/actors/:actor`, permission administer. */
  updateActor(
    input: {
      params: { actor: string }
      body: {
        name?: string | undefined
        role?: Role | undefined
        signInName?: string | null | undefined
        mayAct?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    name: string
    kind: 'person' | 'program' | 'system'
    role: Role
    example: boolean
    signInName: string | null
    disabledAt: string | null
    language: string | null
    createdAt: string
  }>
  /** Change an idea: its title, scores or answers; what is not sent stays. `PUT /api/v1/ideas/:id`, permission build. */
  updateIdea(
    input: {
      params: { id: string }
      body: {
        title?: string | undefined
        scores?:
          | {
              impact?: number | null | undefined
              feasibility?: number | null | undefined
              readiness?: number | null | undefined
              cost?: number | null | undefined
              risk?: number | null | undefined
            }
          | undefined
        answers?: Record<string, string | number | null> | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{
    id: string
    organisation: string
    title: string
    scores: {
      impact: number | null
      feasibility: number | null
      readiness: number | null
      cost: number | null
      risk: number | null
    }
    answers: Record<string, string | number | null>
    application: string | null
    parent: string | null
    origin: {
      kind: 'failed' | 'not-answered' | 'of-no-help'
      words: string[]
      requests: number
      users: number
      traces: string[]
      since: string
    } | null
    createdAt: string
    createdBy: string
    updatedAt: string
  }>
  /** Check the whole audit log against its chain of digests. `GET /api/v1/audit/verification`, permission audit. */
  verifyAudit(
    input?: Record<string, never>,
    options?: CallOptions,
  ): Promise<
    | { kind: 'intact'; entries: number; head: string | null; anchor: { entries: number; at: string } | null }
    | {
        kind: 'broken'
        position: number
        fault:
          | 'missing'
          | 'edited'
          | 'moved'
          | 'added'
          | 'truncated'
          | 'head-forged'
          | 'rewound'
          | 'rewritten'
          | 'anchor-unreadable'
        why: string
      }
  >
  /** What changes, as server-sent events. `GET /api/v1/events`, permission view. */
  watchEvents(
    input?: { query?: { application?: string | undefined; topic?: string | undefined } | undefined },
    options?: CallOptions,
  ): Promise<Response>
  /** Look now: read lists of models and probe those in use, or one; otherwise it happens once a day. `POST /api/v1/model-watches`, permission operate. */
  watchModels(input: { body: { model?: string | undefined } }, options?: CallOptions): Promise<{ job: string }>
  /** Sum compared models up under weights of your own: who leads, how surely, and what would turn it. `POST /api/v1/model-weighings`, permission view. */
  weighModels(
    input: {
      body: {
        application: string
        suite: string
        shortlist?: string | undefined
        weights: Partial<Record<'quality' | 'cost' | 'latency' | 'firstToken' | 'effort' | 'approval', number>>
      }
    },
    options?: CallOptions,
  ): Promise<{
    weights: Partial<Record<'quality' | 'cost' | 'latency' | 'firstToken' | 'effort' | 'approval', number>>
    items: {
      model: string
      total: number | null
      low: number
      high: number
      parts: Partial<
        Record<
          'quality' | 'cost' | 'latency' | 'firstToken' | 'effort' | 'approval',
          { low: number; value: number | null; high: number }
        >
      >
    }[]
    clear: string | null
    turns: {
      criterion: 'quality' | 'cost' | 'latency' | 'firstToken' | 'effort' | 'approval'
      from: number
      to: number
      leads: string
    }[]
  }>
  /** Withdraw what was asked for and not signed yet. `POST /api/v1/approvals/:id/withdrawal`, permission promote. */
  withdrawApproval(
    input: { params: { id: string }; body: { reason: string } },
    options?: CallOptions,
  ): Promise<ServedApproval>
  /** Withdraw a deletion that was not confirmed; what it knew of the person is forgotten. `DELETE /api/v1/privacy/deletions/:id`, permission privacy. */
  withdrawDeletion(input: { params: { id: string } }, options?: CallOptions): Promise<Deletion>
  /** Take an answer back; it is deleted. `POST /api/v1/feedback-forms/withdrawals`, permission open. */
  withdrawFeedback(input: { body: { withdrawal: string } }, options?: CallOptions): Promise<{ deleted: true }>
  /** Withdraw an approval or a request, with a reason; what is live goes on until it is switched off. `POST /api/v1/model-approvals/:id/withdrawal`, permission waive. */
  withdrawModelApproval(
    input: { params: { id: string }; body: { reason: string } },
    options?: CallOptions,
  ): Promise<ShownApproval>
  /** Make a suite of counterfactual pairs: the same questions, asked by people who differ in one attribute. `POST /api/v1/applications/:name/bias-suites`, permission build. */
  writeBiasSuite(
    input: {
      params: { name: string }
      body: {
        suite: string
        attributes?: string[] | undefined
        most?: number | undefined
        dryRun?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{
    suite: string
    questions: number
    cases: number
    files: Record<string, string | { base64: string }>
    written: boolean
  }>
  /** Make a promptfoo project from the files of a blueprint, with a list of what has no equivalent. `POST /api/v1/suites/promptfoo-projects`, permission build. */
  writePromptfooProject(
    input: { body: { name: string; files: Record<string, string | { base64: string }> } },
    options?: CallOptions,
  ): Promise<{ files: Record<string, string>; unsupported: { where: string; what: string }[] }>
  /** Make a suite of the same questions as others would ask them: typos, case, order, wording and more. `POST /api/v1/applications/:name/stability-suites`, permission build. */
  writeStabilitySuite(
    input: {
      params: { name: string }
      body: {
        suite: string
        kinds?: ('whitespace' | 'case' | 'typo' | 'order' | 'paraphrase' | 'language')[] | undefined
        most?: number | undefined
        dryRun?: boolean | undefined
      }
    },
    options?: CallOptions,
  ): Promise<{
    suite: string
    originals: number
    variants: number
    files: Record<string, string | { base64: string }>
    written: boolean
  }>
  /** Make suites for both sides of task.yaml: what is in scope is answered, what is out of scope is not. `POST /api/v1/applications/:name/task-suites`, permission build. */
  writeTaskSuites(
    input: {
      params: { name: string }
      body: { files?: Record<string, string | { base64: string }> | undefined; dryRun?: boolean | undefined }
    },
    options?: CallOptions,
  ): Promise<{
    files: Record<string, string | { base64: string }>
    inScope: number
    outOfScope: number
    written: boolean
  }>
}

/** Where and how each operation is asked. */
const OPERATIONS = {
  abortRollout: { method: 'POST', path: '/api/v1/rollouts/:id/abort', statuses: [200], raw: false },
  acceptAudit: { method: 'PUT', path: '/api/v1/audit/anchor', statuses: [200], raw: false },
  acceptGeneration: {
    method: 'POST',
    path: '/api/v1/datasets/:dataset/generations/:id/acceptance',
    statuses: [200],
    raw: false,
  },
  acceptInvitation: { method: 'POST', path: '/api/v1/invitations/acceptances', statuses: [201], raw: true },
  acceptRolloutPlan: {
    method: 'POST',
    path: '/api/v1/applications/:name/stages/:stage/rollout-plan-acceptances',
    statuses: [201],
    raw: false,
  },
  acknowledgeAlert: { method: 'POST', path: '/api/v1/alerts/:id/acknowledgement', statuses: [200], raw: false },
  acknowledgePolicy: { method: 'POST', path: '/api/v1/policies/:policy/acknowledgements', statuses: [201], raw: false },
  addCase: { method: 'POST', path: '/api/v1/datasets/:dataset/cases', statuses: [200, 201], raw: false },
  addDataGap: { method: 'POST', path: '/api/v1/applications/:name/data-gaps', statuses: [201], raw: false },
  addDisconfirmingView: { method: 'POST', path: '/api/v1/approvals/:id/views', statuses: [201], raw: false },
  addFinding: { method: 'POST', path: '/api/v1/findings', statuses: [201], raw: false },
  addRemark: { method: 'POST', path: '/api/v1/remarks', statuses: [201], raw: false },
  addToModelRound: { method: 'POST', path: '/api/v1/model-rounds/:id/steps', statuses: [200], raw: false },
  adjudicateAnnotation: {
    method: 'PUT',
    path: '/api/v1/annotation-items/:id/adjudication',
    statuses: [200],
    raw: false,
  },
  advanceRollout: { method: 'POST', path: '/api/v1/rollouts/:id/advance', statuses: [200], raw: false },
  answerChallenge: { method: 'POST', path: '/api/v1/challenges/:id/answer', statuses: [200], raw: false },
  answerFeedbackForm: { method: 'POST', path: '/api/v1/feedback-forms/answers', statuses: [201], raw: false },
  answerLabel: { method: 'POST', path: '/api/v1/datasets/:dataset/label-audit/answers', statuses: [201], raw: false },
  answerLaw: { method: 'PUT', path: '/api/v1/applications/:name/law/answers', statuses: [200], raw: false },
  answerRelease: { method: 'POST', path: '/api/v1/releases/:id/answers', statuses: [200], raw: false },
  askAdvice: { method: 'POST', path: '/api/v1/advice', statuses: [200], raw: false },
  askApproval: { method: 'POST', path: '/api/v1/approvals', statuses: [201], raw: false },
  askTestPage: { method: 'POST', path: '/api/v1/test-pages/questions', statuses: [200], raw: false },
  assessMaturity: { method: 'POST', path: '/api/v1/maturity/:questionnaire/assessments', statuses: [201], raw: false },
  attachProvider: { method: 'POST', path: '/api/v1/providers', statuses: [201], raw: false },
  attestEvidence: { method: 'POST', path: '/api/v1/evidence', statuses: [201], raw: false },
  beginApplication: { method: 'POST', path: '/api/v1/ideas/:id/application', statuses: [201], raw: false },
  beginSecondFactor: { method: 'POST', path: '/api/v1/second-factor', statuses: [201], raw: false },
  beginSignOn: { method: 'GET', path: '/sign-in/oidc', statuses: [303], raw: true },
  bringExisting: { method: 'POST', path: '/api/v1/existing-applications', statuses: [200], raw: false },
  cancelExperiment: { method: 'POST', path: '/api/v1/experiments/:id/cancel', statuses: [200], raw: false },
  cancelJob: { method: 'POST', path: '/api/v1/jobs/:id/cancel', statuses: [200], raw: false },
  challengeEvidence: { method: 'POST', path: '/api/v1/evidence/:id/challenges', statuses: [201], raw: false },
  changeDataset: { method: 'PUT', path: '/api/v1/datasets/:dataset', statuses: [200], raw: false },
  changeIncident: { method: 'PUT', path: '/api/v1/incidents/:id', statuses: [200], raw: false },
  changeWebhook: { method: 'PUT', path: '/api/v1/webhooks/:id', statuses: [200], raw: false },
  checkBlueprint: { method: 'POST', path: '/api/v1/applications/:name/blueprint/check', statuses: [200], raw: false },
  checkDatasetPointer: { method: 'POST', path: '/api/v1/datasets/pointer-checks', statuses: [200], raw: false },
  checkModelRules: { method: 'POST', path: '/api/v1/model-rules/checks', statuses: [200], raw: false },
  closeAnnotationQueue: { method: 'POST', path: '/api/v1/annotation-queues/:id/close', statuses: [200], raw: false },
  closeModelRound: { method: 'POST', path: '/api/v1/model-rounds/:id/outcome', statuses: [200], raw: false },
  closeModelTask: { method: 'POST', path: '/api/v1/model-tasks/:id/resolution', statuses: [200], raw: false },
  closeStudy: { method: 'POST', path: '/api/v1/studies/:id/close', statuses: [200], raw: false },
  closeTrial: { method: 'POST', path: '/api/v1/trials/:id/end', statuses: [200], raw: false },
  closeWorkspace: { method: 'DELETE', path: '/api/v1/sandbox-workspaces/:application', statuses: [200], raw: false },
  compareArms: { method: 'GET', path: '/api/v1/arm-comparisons', statuses: [200], raw: false },
  compareCorpusFigures: { method: 'GET', path: '/api/v1/corpus-comparisons', statuses: [200], raw: false },
  compareModels: { method: 'GET', path: '/api/v1/model-comparisons', statuses: [200], raw: false },
  comparePack: { method: 'POST', path: '/api/v1/pack-changes', statuses: [200], raw: false },
  comparePromptVersions: {
    method: 'POST',
    path: '/api/v1/applications/:name/prompts/:prompt/comparisons',
    statuses: [200],
    raw: false,
  },
  computeFigures: { method: 'POST', path: '/api/v1/figures/:name', statuses: [200], raw: false },
  confirmDeletion: { method: 'POST', path: '/api/v1/privacy/deletions/:id/confirmation', statuses: [200], raw: false },
  confirmRollout: {
    method: 'POST',
    path: '/api/v1/applications/:name/stages/:stage/rollout-verdict',
    statuses: [200, 409],
    raw: false,
  },
  confirmSecondFactor: { method: 'POST', path: '/api/v1/second-factor/confirmations', statuses: [201], raw: false },
  confirmSession: { method: 'POST', path: '/api/v1/session/confirmations', statuses: [201], raw: false },
  convertDataset: { method: 'POST', path: '/api/v1/datasets/conversions', statuses: [200], raw: false },
  convertPrompt: { method: 'POST', path: '/api/v1/prompt-conversions', statuses: [200], raw: false },
  convertPromptfooProject: { method: 'POST', path: '/api/v1/suites/conversions', statuses: [200], raw: false },
  copyPromptPattern: {
    method: 'POST',
    path: '/api/v1/prompt-patterns/:pattern/copies',
    statuses: [200, 201],
    raw: false,
  },
  countHarmAnswers: { method: 'POST', path: '/api/v1/releases/:id/harm-counts', statuses: [201], raw: false },
  createActor: { method: 'POST', path: '/api/v1/actors', statuses: [201], raw: false },
  createAnnotationQueue: { method: 'POST', path: '/api/v1/annotation-queues', statuses: [201], raw: false },
  createApplication: { method: 'POST', path: '/api/v1/applications', statuses: [201], raw: false },
  createCalibration: { method: 'POST', path: '/api/v1/applications/:name/calibrations', statuses: [201], raw: false },
  createDataset: { method: 'POST', path: '/api/v1/datasets', statuses: [201], raw: false },
  createExperiment: { method: 'POST', path: '/api/v1/releases/:id/experiments', statuses: [200, 201, 409], raw: false },
  createIdea: { method: 'POST', path: '/api/v1/ideas', statuses: [201], raw: false },
  createInvitation: { method: 'POST', path: '/api/v1/invitations', statuses: [201], raw: false },
  createKey: { method: 'POST', path: '/api/v1/keys', statuses: [201], raw: false },
  createShortlist: { method: 'POST', path: '/api/v1/model-shortlists', statuses: [201], raw: false },
  createSignInLink: { method: 'POST', path: '/api/v1/sign-in-links', statuses: [201], raw: false },
  createStudy: { method: 'POST', path: '/api/v1/studies', statuses: [200, 201], raw: false },
  createTestPage: { method: 'POST', path: '/api/v1/applications/:name/test-pages', statuses: [201], raw: false },
  createTrial: { method: 'POST', path: '/api/v1/applications/:name/trials', statuses: [201], raw: false },
  createTrialLinks: { method: 'POST', path: '/api/v1/trials/:id/links', statuses: [201], raw: false },
  createWebhook: { method: 'POST', path: '/api/v1/webhooks', statuses: [201], raw: false },
  decideHarmAnswer: { method: 'PUT', path: '/api/v1/releases/:id/harm-answers', statuses: [200], raw: false },
  decideHeldAnswer: { method: 'POST', path: '/api/v1/held-answers/:id/decision', statuses: [200], raw: false },
  decideHeldCall: { method: 'POST', path: '/api/v1/held-calls/:id/decision', statuses: [200], raw: false },
  decideModelApproval: { method: 'POST', path: '/api/v1/model-approvals/:id/decision', statuses: [200], raw: false },
  decideQuarantine: {
    method: 'POST',
    path: '/api/v1/datasets/:dataset/quarantine/decisions',
    statuses: [200],
    raw: false,
  },
  decideRemark: { method: 'POST', path: '/api/v1/remarks/:id/decision', statuses: [200], raw: false },
  decideShortlist: { method: 'POST', path: '/api/v1/model-shortlists/:id/decision', statuses: [200], raw: false },
  decideWaiver: { method: 'POST', path: '/api/v1/waivers/:id/decision', statuses: [200], raw: false },
  declareQuota: { method: 'PUT', path: '/api/v1/quotas', statuses: [200], raw: false },
  delegateDuty: { method: 'POST', path: '/api/v1/delegations', statuses: [201], raw: false },
  deleteAdvisory: { method: 'DELETE', path: '/api/v1/advisories/:id', statuses: [204], raw: false },
  deleteModelRoute: { method: 'DELETE', path: '/api/v1/routes/:name', statuses: [204], raw: false },
  deleteModelRule: { method: 'DELETE', path: '/api/v1/model-rules/:id', statuses: [204], raw: false },
  deleteModelSource: { method: 'DELETE', path: '/api/v1/model-sources', statuses: [204], raw: false },
  deleteModelWeights: { method: 'DELETE', path: '/api/v1/model-weights/:id', statuses: [204], raw: false },
  deleteOwnPrice: { method: 'DELETE', path: '/api/v1/prices/:model*', statuses: [204], raw: false },
  deleteProvider: { method: 'DELETE', path: '/api/v1/providers/:name', statuses: [204], raw: false },
  deleteWebhook: { method: 'DELETE', path: '/api/v1/webhooks/:id', statuses: [204], raw: false },
  diffDatasetVersions: { method: 'GET', path: '/api/v1/datasets/:dataset/diffs', statuses: [200], raw: false },
  downloadBackup: { method: 'GET', path: '/api/v1/backup', statuses: [200], raw: true },
  drawAlertLines: { method: 'PUT', path: '/api/v1/applications/:name/alert-lines', statuses: [200], raw: false },
  drillRollback: {
    method: 'POST',
    path: '/api/v1/applications/:name/stages/:stage/rollback-drills',
    statuses: [201],
    raw: false,
  },
  editRows: { method: 'POST', path: '/api/v1/datasets/:dataset/edits', statuses: [200, 201], raw: false },
  eliminateFromShortlist: {
    method: 'POST',
    path: '/api/v1/model-shortlists/:id/eliminations',
    statuses: [200],
    raw: false,
  },
  endDelegation: { method: 'POST', path: '/api/v1/delegations/:id/end', statuses: [200], raw: false },
  endOtherSessions: { method: 'DELETE', path: '/api/v1/sessions', statuses: [200], raw: false },
  endSession: { method: 'DELETE', path: '/api/v1/sessions/:session', statuses: [204], raw: false },
  endWaiver: { method: 'POST', path: '/api/v1/waivers/:id/end', statuses: [200], raw: false },
  enforceRetention: { method: 'POST', path: '/api/v1/privacy/retention/runs', statuses: [200], raw: false },
  explainAnswer: { method: 'GET', path: '/api/v1/explanations/:id', statuses: [200], raw: false },
  exportAnnotations: { method: 'GET', path: '/api/v1/annotation-queues/:id/examples', statuses: [200], raw: false },
  exportAudit: { method: 'GET', path: '/api/v1/audit/export', statuses: [200], raw: true },
  exportControlCoverage: {
    method: 'GET',
    path: '/api/v1/applications/:name/control-coverage/paper',
    statuses: [200],
    raw: true,
  },
  exportDataGovernance: { method: 'GET', path: '/api/v1/applications/:name/data/paper', statuses: [200], raw: true },
  exportDataset: { method: 'GET', path: '/api/v1/datasets/:dataset/exports', statuses: [200], raw: true },
  exportDossier: { method: 'GET', path: '/api/v1/releases/:id/dossier', statuses: [200], raw: true },
  exportExit: { method: 'GET', path: '/api/v1/releases/:id/exit', statuses: [200], raw: false },
  exportImpact: { method: 'GET', path: '/api/v1/applications/:name/impact/paper', statuses: [200], raw: true },
  exportLaw: { method: 'GET', path: '/api/v1/applications/:name/law/paper', statuses: [200], raw: true },
  exportModelRounds: {
    method: 'GET',
    path: '/api/v1/applications/:name/model-rounds/paper',
    statuses: [200],
    raw: false,
  },
  exportPersonalData: { method: 'POST', path: '/api/v1/privacy/exports', statuses: [200], raw: true },
  exportPlan: { method: 'GET', path: '/api/v1/applications/:name/plan/:paper', statuses: [200], raw: true },
  exportPlatforms: { method: 'GET', path: '/api/v1/platforms/paper', statuses: [200], raw: true },
  exportReleaseCard: { method: 'GET', path: '/api/v1/releases/:id/cards/:card/paper', statuses: [200], raw: true },
  exportUpkeep: { method: 'GET', path: '/api/v1/upkeep.ics', statuses: [200], raw: true },
  finishReviewAction: { method: 'POST', path: '/api/v1/reviews/:id/actions/:action/end', statuses: [200], raw: false },
  finishSignOn: { method: 'GET', path: '/sign-in/oidc/callback', statuses: [303], raw: true },
  fixIncident: { method: 'PUT', path: '/api/v1/incidents/:id/fix', statuses: [200], raw: false },
  forecastRollout: {
    method: 'POST',
    path: '/api/v1/applications/:name/stages/:stage/rollout-forecasts',
    statuses: [200],
    raw: false,
  },
  freezeRelease: { method: 'POST', path: '/api/v1/applications/:name/releases', statuses: [200, 201], raw: false },
  getAdoption: { method: 'GET', path: '/api/v1/applications/:name/adoption', statuses: [200], raw: false },
  getAdvice: { method: 'GET', path: '/api/v1/applications/:name/advice', statuses: [200], raw: false },
  getAlertLines: { method: 'GET', path: '/api/v1/applications/:name/alert-lines', statuses: [200], raw: false },
  getAnnotationQueue: { method: 'GET', path: '/api/v1/annotation-queues/:id', statuses: [200], raw: false },
  getAnnotationTask: { method: 'GET', path: '/api/v1/annotation-items/:id', statuses: [200], raw: false },
  getAnnotationWork: { method: 'GET', path: '/api/v1/annotation-queues/:id/work', statuses: [200], raw: false },
  getApplication: { method: 'GET', path: '/api/v1/applications/:name', statuses: [200], raw: false },
  getApplicationTraining: { method: 'GET', path: '/api/v1/applications/:name/training', statuses: [200], raw: false },
  getApproval: { method: 'GET', path: '/api/v1/approvals/:id', statuses: [200], raw: false },
  getAssessmentQuestions: { method: 'GET', path: '/api/v1/assessment-questions', statuses: [200], raw: false },
  getBlueprint: { method: 'GET', path: '/api/v1/applications/:name/blueprint', statuses: [200], raw: false },
  getCalibration: { method: 'GET', path: '/api/v1/calibrations/:id', statuses: [200], raw: false },
  getCatalogue: { method: 'GET', path: '/api/v1/catalogue', statuses: [200], raw: false },
  getCatalogueChanges: { method: 'GET', path: '/api/v1/catalogue/changes', statuses: [200], raw: false },
  getClassFigures: { method: 'GET', path: '/api/v1/experiments/:id/class-figures', statuses: [200], raw: false },
  getCompass: { method: 'GET', path: '/api/v1/compass', statuses: [200], raw: false },
  getControlCoverage: {
    method: 'GET',
    path: '/api/v1/applications/:name/control-coverage',
    statuses: [200],
    raw: false,
  },
  getCorpusFigures: { method: 'GET', path: '/api/v1/experiments/:id/corpus-figures', statuses: [200], raw: false },
  getCostForecast: { method: 'GET', path: '/api/v1/applications/:name/forecast', statuses: [200], raw: false },
  getCoverage: { method: 'GET', path: '/api/v1/releases/:id/coverage', statuses: [200], raw: false },
  getDataGovernance: { method: 'GET', path: '/api/v1/applications/:name/data', statuses: [200], raw: false },
  getDataSheet: { method: 'GET', path: '/api/v1/datasets/:dataset/sheet', statuses: [200], raw: true },
  getDataset: { method: 'GET', path: '/api/v1/datasets/:dataset', statuses: [200], raw: false },
  getDatasetPointer: {
    method: 'GET',
    path: '/api/v1/applications/:name/datasets/:dataset/pointer',
    statuses: [200],
    raw: false,
  },
  getDatasetRow: { method: 'GET', path: '/api/v1/datasets/:dataset/rows/:row', statuses: [200], raw: false },
  getDebt: { method: 'GET', path: '/api/v1/applications/:name/debt', statuses: [200], raw: false },
  getDecisionSheet: { method: 'GET', path: '/api/v1/approvals/:id/sheet', statuses: [200], raw: false },
  getDeletion: { method: 'GET', path: '/api/v1/privacy/deletions/:id', statuses: [200], raw: false },
  getDeletionReceipt: { method: 'GET', path: '/api/v1/privacy/deletions/:id/receipt', statuses: [200], raw: false },
  getDifferences: { method: 'GET', path: '/api/v1/experiments/:id/differences', statuses: [200], raw: false },
  getDisclosure: { method: 'GET', path: '/api/v1/applications/:name/disclosure', statuses: [200], raw: false },
  getDocument: { method: 'GET', path: '/api/v1/applications/:name/documents/:document', statuses: [200], raw: false },
  getDocumentSchema: { method: 'GET', path: '/api/v1/document-schemas/:document', statuses: [200], raw: false },
  getEvidence: { method: 'GET', path: '/api/v1/evidence/:id', statuses: [200], raw: false },
  getExample: { method: 'GET', path: '/api/v1/example', statuses: [200], raw: false },
  getExperiment: { method: 'GET', path: '/api/v1/experiments/:id', statuses: [200], raw: false },
  getExperimentReport: { method: 'GET', path: '/api/v1/experiments/:id/report', statuses: [200], raw: false },
  getFlow: { method: 'GET', path: '/api/v1/applications/:name/flow', statuses: [200], raw: false },
  getGate: { method: 'GET', path: '/api/v1/releases/:id/gates/:stage', statuses: [200], raw: false },
  getGateDecision: { method: 'GET', path: '/api/v1/gate-decisions/:id', statuses: [200], raw: false },
  getGateVerdict: { method: 'GET', path: '/api/v1/gate-decisions/:id/verdict', statuses: [200], raw: false },
  getGeneration: { method: 'GET', path: '/api/v1/datasets/:dataset/generations/:id', statuses: [200], raw: false },
  getGuide: { method: 'GET', path: '/api/v1/guide', statuses: [200], raw: false },
  getHealth: { method: 'GET', path: '/healthz', statuses: [200], raw: false },
  getHeldAnswer: { method: 'GET', path: '/api/v1/held-answers/:id', statuses: [200], raw: false },
  getHeldCall: { method: 'GET', path: '/api/v1/held-calls/:id', statuses: [200], raw: false },
  getHeldCallOutcome: { method: 'GET', path: '/api/v1/held-calls/:id/outcome', statuses: [200], raw: false },
  getHeldOutcome: { method: 'GET', path: '/api/v1/held-answers/:id/outcome', statuses: [200], raw: false },
  getIdea: { method: 'GET', path: '/api/v1/ideas/:id', statuses: [200], raw: false },
  getIdeaLineage: { method: 'GET', path: '/api/v1/applications/:name/idea-lineage', statuses: [200], raw: false },
  getImpact: { method: 'GET', path: '/api/v1/applications/:name/impact', statuses: [200], raw: false },
  getIncident: { method: 'GET', path: '/api/v1/incidents/:id', statuses: [200], raw: false },
  getJob: { method: 'GET', path: '/api/v1/jobs/:id', statuses: [200], raw: false },
  getKeptPriceBook: { method: 'GET', path: '/api/v1/price-books/:digest', statuses: [200], raw: false },
  getKnowledgeQuality: { method: 'GET', path: '/api/v1/releases/:id/knowledge-quality', statuses: [200], raw: false },
  getLanguage: { method: 'GET', path: '/api/v1/language', statuses: [200], raw: false },
  getLaw: { method: 'GET', path: '/api/v1/applications/:name/law', statuses: [200], raw: false },
  getLimits: { method: 'GET', path: '/api/v1/applications/:name/limits', statuses: [200], raw: false },
  getLive: { method: 'GET', path: '/api/v1/live', statuses: [200], raw: false },
  getMe: { method: 'GET', path: '/api/v1/me', statuses: [200], raw: false },
  getMeaningStanding: { method: 'GET', path: '/api/v1/releases/:id/cache-by-meaning', statuses: [200], raw: false },
  getMetrics: { method: 'GET', path: '/metrics', statuses: [200], raw: true },
  getModelApproval: { method: 'GET', path: '/api/v1/model-approvals/:id', statuses: [200], raw: false },
  getModelCard: { method: 'GET', path: '/api/v1/model-cards/:model*', statuses: [200], raw: false },
  getModelGuardrails: { method: 'GET', path: '/api/v1/model-guardrails', statuses: [200], raw: false },
  getModelLineage: { method: 'GET', path: '/api/v1/model-lineage/:model*', statuses: [200], raw: false },
  getModelRoute: { method: 'GET', path: '/api/v1/routes/:name', statuses: [200], raw: false },
  getModelSwap: { method: 'GET', path: '/api/v1/releases/:id/model-swap', statuses: [200], raw: false },
  getModelWeights: { method: 'GET', path: '/api/v1/model-weights/:id', statuses: [200], raw: false },
  getNextSteps: { method: 'GET', path: '/api/v1/releases/:id/gates/:stage/next', statuses: [200], raw: false },
  getOpenApi: { method: 'GET', path: '/api/openapi.json', statuses: [200], raw: false },
  getOutsideRun: { method: 'GET', path: '/api/v1/outside-runs/:id', statuses: [200], raw: false },
  getOutsideRunReport: { method: 'GET', path: '/api/v1/outside-runs/:id/report', statuses: [200], raw: false },
  getOversight: { method: 'GET', path: '/api/v1/applications/:name/oversight', statuses: [200], raw: false },
  getOverview: { method: 'GET', path: '/api/v1/applications/:name/overview', statuses: [200], raw: false },
  getPassage: { method: 'GET', path: '/api/v1/releases/:id/passages/:passage', statuses: [200], raw: false },
  getPlan: { method: 'GET', path: '/api/v1/applications/:name/plan', statuses: [200], raw: false },
  getPortfolio: { method: 'GET', path: '/api/v1/portfolio', statuses: [200], raw: false },
  getPosture: { method: 'GET', path: '/api/v1/posture', statuses: [200], raw: false },
  getPrice: { method: 'GET', path: '/api/v1/prices/:model*', statuses: [200], raw: false },
  getPriceBook: { method: 'GET', path: '/api/v1/price-books/current', statuses: [200], raw: false },
  getProvider: { method: 'GET', path: '/api/v1/providers/:name', statuses: [200], raw: false },
  getProviderLoad: { method: 'GET', path: '/api/v1/providers/:name/load', statuses: [200], raw: false },
  getReadiness: { method: 'GET', path: '/readyz', statuses: [200, 503], raw: false },
  getRelease: { method: 'GET', path: '/api/v1/releases/:id', statuses: [200], raw: false },
  getReleaseCard: { method: 'GET', path: '/api/v1/releases/:id/cards/:card', statuses: [200], raw: false },
  getReleaseChanges: { method: 'GET', path: '/api/v1/releases/:id/changes', statuses: [200], raw: false },
  getReleaseCompatibility: { method: 'GET', path: '/api/v1/releases/:id/compatibility', statuses: [200], raw: false },
  getReleaseReadiness: { method: 'GET', path: '/api/v1/releases/:id/readiness', statuses: [200], raw: false },
  getResponseTimes: { method: 'GET', path: '/api/v1/applications/:name/response-times', statuses: [200], raw: false },
  getReviewSheet: { method: 'GET', path: '/api/v1/applications/:name/review-sheet', statuses: [200], raw: false },
  getRewording: { method: 'GET', path: '/api/v1/applications/:name/rewordings/:id', statuses: [200], raw: false },
  getRollout: { method: 'GET', path: '/api/v1/rollouts/:id', statuses: [200], raw: false },
  getRolloutHistory: { method: 'GET', path: '/api/v1/rollouts/:id/history', statuses: [200], raw: false },
  getRolloutVerdict: {
    method: 'GET',
    path: '/api/v1/applications/:name/stages/:stage/rollout-verdict',
    statuses: [200],
    raw: false,
  },
  getScopeLimits: { method: 'GET', path: '/api/v1/limits/:scope/:name', statuses: [200], raw: false },
  getSecondFactor: { method: 'GET', path: '/api/v1/second-factor', statuses: [200], raw: false },
  getSeries: { method: 'GET', path: '/api/v1/applications/:name/series', statuses: [200], raw: false },
  getShortlist: { method: 'GET', path: '/api/v1/model-shortlists/:id', statuses: [200], raw: false },
  getShortlistDecision: { method: 'GET', path: '/api/v1/model-shortlists/:id/decision', statuses: [200], raw: false },
  getStability: { method: 'GET', path: '/api/v1/experiments/:id/stability', statuses: [200], raw: false },
  getStandards: { method: 'GET', path: '/api/v1/standards', statuses: [200], raw: false },
  getStandingChecks: { method: 'GET', path: '/api/v1/releases/:id/standing-checks', statuses: [200], raw: false },
  getStudy: { method: 'GET', path: '/api/v1/studies/:id', statuses: [200], raw: false },
  getTelemetryStatus: { method: 'GET', path: '/api/v1/telemetry/status', statuses: [200], raw: false },
  getThreatModel: { method: 'GET', path: '/api/v1/applications/:name/threats', statuses: [200], raw: false },
  getTrace: { method: 'GET', path: '/api/v1/traces/:id', statuses: [200], raw: false },
  getTraceCost: { method: 'GET', path: '/api/v1/traces/:id/cost', statuses: [200], raw: false },
  getTrainingCompletion: { method: 'GET', path: '/api/v1/training-completion', statuses: [200], raw: false },
  getTrainingPolicy: { method: 'GET', path: '/api/v1/training-policy', statuses: [200], raw: false },
  getTrainingRun: { method: 'GET', path: '/api/v1/model-training-runs/:id', statuses: [200], raw: false },
  getTrial: { method: 'GET', path: '/api/v1/trials/:id', statuses: [200], raw: false },
  getTuning: { method: 'GET', path: '/api/v1/tunings/:id', statuses: [200], raw: false },
  getUsage: { method: 'GET', path: '/api/v1/applications/:name/usage', statuses: [200], raw: false },
  getUsageBy: { method: 'GET', path: '/api/v1/usage', statuses: [200], raw: false },
  getUsageCsv: { method: 'GET', path: '/api/v1/usage.csv', statuses: [200], raw: true },
  getUsagePatterns: { method: 'GET', path: '/api/v1/applications/:name/usage-patterns', statuses: [200], raw: false },
  getWebhookDelivery: { method: 'GET', path: '/api/v1/webhook-deliveries/:id', statuses: [200], raw: false },
  getWordingStability: {
    method: 'GET',
    path: '/api/v1/experiments/:id/wording-stability',
    statuses: [200],
    raw: false,
  },
  holdReview: { method: 'POST', path: '/api/v1/applications/:name/reviews', statuses: [201], raw: false },
  importAdvisories: { method: 'POST', path: '/api/v1/advisories', statuses: [200], raw: false },
  importEvidence: { method: 'POST', path: '/api/v1/evidence/imports', statuses: [201], raw: false },
  importFindingsReport: { method: 'POST', path: '/api/v1/findings/reports', statuses: [201], raw: false },
  importKpiValues: {
    method: 'POST',
    path: '/api/v1/applications/:name/kpi-values/imports',
    statuses: [201],
    raw: false,
  },
  importOutsideRuns: { method: 'POST', path: '/api/v1/applications/:name/outside-runs', statuses: [201], raw: false },
  importPaper: { method: 'POST', path: '/api/v1/applications/:name/plan/:table/imports', statuses: [200], raw: false },
  importRows: {
    method: 'POST',
    path: '/api/v1/datasets/:dataset/imports',
    statuses: [200, 201],
    raw: false,
    upload: true,
  },
  importTrainingRecords: { method: 'POST', path: '/api/v1/training-records/imports', statuses: [201], raw: false },
  keepAsApplication: { method: 'POST', path: '/api/v1/playground/applications', statuses: [201], raw: false },
  keepGateDecision: {
    method: 'POST',
    path: '/api/v1/releases/:id/gates/:stage/decisions',
    statuses: [201],
    raw: false,
  },
  labelAnnotation: { method: 'PUT', path: '/api/v1/annotation-items/:id/label', statuses: [200], raw: false },
  lintPrompts: { method: 'POST', path: '/api/v1/applications/:name/prompt-findings', statuses: [200], raw: false },
  listActors: { method: 'GET', path: '/api/v1/actors', statuses: [200], raw: false },
  listAdvisories: { method: 'GET', path: '/api/v1/advisories', statuses: [200], raw: false },
  listAlerts: { method: 'GET', path: '/api/v1/alerts', statuses: [200], raw: false },
  listAllDatasets: { method: 'GET', path: '/api/v1/datasets', statuses: [200], raw: false },
  listAnnotationItems: { method: 'GET', path: '/api/v1/annotation-queues/:id/items', statuses: [200], raw: false },
  listAnnotationQueues: { method: 'GET', path: '/api/v1/annotation-queues', statuses: [200], raw: false },
  listApplicationNames: { method: 'GET', path: '/api/v1/application-names', statuses: [200], raw: false },
  listApplications: { method: 'GET', path: '/api/v1/applications', statuses: [200], raw: false },
  listApprovals: { method: 'GET', path: '/api/v1/approvals', statuses: [200], raw: false },
  listApprovers: { method: 'GET', path: '/api/v1/approvers', statuses: [200], raw: false },
  listAttackRuns: { method: 'GET', path: '/api/v1/releases/:id/attack-runs', statuses: [200], raw: false },
  listAudit: { method: 'GET', path: '/api/v1/audit', statuses: [200], raw: false },
  listCalibrationCases: { method: 'GET', path: '/api/v1/calibrations/:id/cases', statuses: [200], raw: false },
  listCalibrations: { method: 'GET', path: '/api/v1/calibrations', statuses: [200], raw: false },
  listChallenges: { method: 'GET', path: '/api/v1/challenges', statuses: [200], raw: false },
  listCorrectedScores: { method: 'GET', path: '/api/v1/experiments/:id/corrected-scores', statuses: [200], raw: false },
  listDatasetRows: { method: 'GET', path: '/api/v1/datasets/:dataset/rows', statuses: [200], raw: false },
  listDatasetVersions: { method: 'GET', path: '/api/v1/datasets/:dataset/versions', statuses: [200], raw: false },
  listDatasets: { method: 'GET', path: '/api/v1/applications/:name/datasets', statuses: [200], raw: false },
  listDelegations: { method: 'GET', path: '/api/v1/delegations', statuses: [200], raw: false },
  listDeletions: { method: 'GET', path: '/api/v1/privacy/deletions', statuses: [200], raw: false },
  listDisputes: { method: 'GET', path: '/api/v1/annotation-queues/:id/disputes', statuses: [200], raw: false },
  listDocumentVersions: {
    method: 'GET',
    path: '/api/v1/applications/:name/documents/:document/versions',
    statuses: [200],
    raw: false,
  },
  listDocuments: { method: 'GET', path: '/api/v1/releases/:id/documents', statuses: [200], raw: false },
  listDossierSections: { method: 'GET', path: '/api/v1/releases/:id/dossier/sections', statuses: [200], raw: false },
  listEvaluators: { method: 'GET', path: '/api/v1/evaluators', statuses: [200], raw: false },
  listEvidence: { method: 'GET', path: '/api/v1/evidence', statuses: [200], raw: false },
  listEvidenceKeys: { method: 'GET', path: '/api/v1/evidence/keys', statuses: [200], raw: false },
  listExamples: {
    method: 'GET',
    path: '/api/v1/applications/:name/datasets/:dataset/examples',
    statuses: [200],
    raw: false,
  },
  listExperimentRows: { method: 'GET', path: '/api/v1/experiments/:id/rows', statuses: [200], raw: false },
  listExperiments: { method: 'GET', path: '/api/v1/experiments', statuses: [200], raw: false },
  listFailureClusters: { method: 'GET', path: '/api/v1/experiments/:id/failure-clusters', statuses: [200], raw: false },
  listFaultDrills: { method: 'GET', path: '/api/v1/releases/:id/fault-drills', statuses: [200], raw: false },
  listFeedback: { method: 'GET', path: '/api/v1/traces/:id/feedback', statuses: [200], raw: false },
  listFigures: { method: 'GET', path: '/api/v1/figures', statuses: [200], raw: false },
  listFindings: { method: 'GET', path: '/api/v1/findings', statuses: [200], raw: false },
  listGateChecks: { method: 'GET', path: '/api/v1/releases/:id/gates/:stage/checks', statuses: [200], raw: false },
  listGateDecisions: { method: 'GET', path: '/api/v1/releases/:id/decisions', statuses: [200], raw: false },
  listGatewayReports: { method: 'GET', path: '/api/v1/gateways', statuses: [200], raw: false },
  listGenerations: { method: 'GET', path: '/api/v1/datasets/:dataset/generations', statuses: [200], raw: false },
  listHarmAnswers: { method: 'GET', path: '/api/v1/releases/:id/harm-answers', statuses: [200], raw: false },
  listHarmRuns: { method: 'GET', path: '/api/v1/releases/:id/harm-runs', statuses: [200], raw: false },
  listHeldAnswers: { method: 'GET', path: '/api/v1/held-answers', statuses: [200], raw: false },
  listHeldCalls: { method: 'GET', path: '/api/v1/held-calls', statuses: [200], raw: false },
  listHoldoutReads: { method: 'GET', path: '/api/v1/datasets/:dataset/holdout-reads', statuses: [200], raw: false },
  listIdeaSuggestions: {
    method: 'GET',
    path: '/api/v1/applications/:name/idea-suggestions',
    statuses: [200],
    raw: false,
  },
  listIdeas: { method: 'GET', path: '/api/v1/ideas', statuses: [200], raw: false },
  listImportedFiles: { method: 'GET', path: '/api/v1/datasets/:dataset/files', statuses: [200], raw: false },
  listIncidents: { method: 'GET', path: '/api/v1/incidents', statuses: [200], raw: false },
  listIntegrations: { method: 'GET', path: '/api/v1/applications/:name/integrations', statuses: [200], raw: false },
  listJudges: { method: 'GET', path: '/api/v1/applications/:name/judges', statuses: [200], raw: false },
  listKeys: { method: 'GET', path: '/api/v1/keys', statuses: [200], raw: false },
  listKpiPresets: { method: 'GET', path: '/api/v1/kpi-presets', statuses: [200], raw: false },
  listLabelSample: { method: 'GET', path: '/api/v1/datasets/:dataset/label-audit', statuses: [200], raw: false },
  listLaws: { method: 'GET', path: '/api/v1/laws', statuses: [200], raw: false },
  listLimits: { method: 'GET', path: '/api/v1/limits', statuses: [200], raw: false },
  listLoadRuns: { method: 'GET', path: '/api/v1/releases/:id/load-runs', statuses: [200], raw: false },
  listMails: { method: 'GET', path: '/api/v1/mails', statuses: [200], raw: false },
  listMaturity: { method: 'GET', path: '/api/v1/maturity', statuses: [200], raw: false },
  listMitigations: { method: 'GET', path: '/api/v1/applications/:name/mitigations', statuses: [200], raw: false },
  listModelApprovals: { method: 'GET', path: '/api/v1/model-approvals', statuses: [200], raw: false },
  listModelCards: { method: 'GET', path: '/api/v1/model-cards', statuses: [200], raw: false },
  listModelListReadings: { method: 'GET', path: '/api/v1/model-list-readings', statuses: [200], raw: false },
  listModelProbes: { method: 'GET', path: '/api/v1/model-probes', statuses: [200], raw: false },
  listModelRounds: { method: 'GET', path: '/api/v1/applications/:name/model-rounds', statuses: [200], raw: false },
  listModelRoutes: { method: 'GET', path: '/api/v1/routes', statuses: [200], raw: false },
  listModelRules: { method: 'GET', path: '/api/v1/model-rules', statuses: [200], raw: false },
  listModelTasks: { method: 'GET', path: '/api/v1/model-tasks', statuses: [200], raw: false },
  listModelTimings: { method: 'GET', path: '/api/v1/applications/:name/model-timings', statuses: [200], raw: false },
  listModelWeights: { method: 'GET', path: '/api/v1/model-weights', statuses: [200], raw: false },
  listModels: { method: 'GET', path: '/api/v1/models', statuses: [200], raw: false },
  listObjects: { method: 'GET', path: '/api/v1/objects', statuses: [200], raw: false },
  listOutsideRuns: { method: 'GET', path: '/api/v1/applications/:name/outside-runs', statuses: [200], raw: false },
  listOversight: { method: 'GET', path: '/api/v1/oversight', statuses: [200], raw: false },
  listOwnPrices: { method: 'GET', path: '/api/v1/prices', statuses: [200], raw: false },
  listPlatforms: { method: 'GET', path: '/api/v1/platforms', statuses: [200], raw: false },
  listPolicies: { method: 'GET', path: '/api/v1/policies', statuses: [200], raw: false },
  listPolicyVersions: { method: 'GET', path: '/api/v1/policies/:policy/versions', statuses: [200], raw: false },
  listPricePolicies: { method: 'GET', path: '/api/v1/price-policies', statuses: [200], raw: false },
  listPromotions: { method: 'GET', path: '/api/v1/promotions', statuses: [200], raw: false },
  listPromptPatterns: { method: 'GET', path: '/api/v1/prompt-patterns', statuses: [200], raw: false },
  listPromptUses: {
    method: 'GET',
    path: '/api/v1/applications/:name/prompts/:prompt/uses',
    statuses: [200],
    raw: false,
  },
  listPromptVersions: {
    method: 'GET',
    path: '/api/v1/applications/:name/prompts/:prompt/versions',
    statuses: [200],
    raw: false,
  },
  listPrompts: { method: 'GET', path: '/api/v1/applications/:name/prompts', statuses: [200], raw: false },
  listProviders: { method: 'GET', path: '/api/v1/providers', statuses: [200], raw: false },
  listQualityRuns: { method: 'GET', path: '/api/v1/datasets/:dataset/quality-runs', statuses: [200], raw: false },
  listQuarantine: { method: 'GET', path: '/api/v1/datasets/:dataset/quarantine', statuses: [200], raw: false },
  listQuotas: { method: 'GET', path: '/api/v1/quotas', statuses: [200], raw: false },
  listReleases: { method: 'GET', path: '/api/v1/applications/:name/releases', statuses: [200], raw: false },
  listRemarks: { method: 'GET', path: '/api/v1/remarks', statuses: [200], raw: false },
  listRetention: { method: 'GET', path: '/api/v1/privacy/retention', statuses: [200], raw: false },
  listReviews: { method: 'GET', path: '/api/v1/applications/:name/reviews', statuses: [200], raw: false },
  listRewordings: { method: 'GET', path: '/api/v1/applications/:name/rewordings', statuses: [200], raw: false },
  listRollouts: { method: 'GET', path: '/api/v1/rollouts', statuses: [200], raw: false },
  listSessions: { method: 'GET', path: '/api/v1/sessions', statuses: [200], raw: false },
  listShortlists: { method: 'GET', path: '/api/v1/model-shortlists', statuses: [200], raw: false },
  listSignInMethods: { method: 'GET', path: '/api/v1/sign-in-methods', statuses: [200], raw: false },
  listStandIns: { method: 'GET', path: '/api/v1/releases/:id/stand-ins', statuses: [200], raw: false },
  listStudies: { method: 'GET', path: '/api/v1/studies', statuses: [200], raw: false },
  listSuites: { method: 'GET', path: '/api/v1/applications/:name/suites', statuses: [200], raw: false },
  listSwitches: { method: 'GET', path: '/api/v1/switches', statuses: [200], raw: false },
  listTemplates: { method: 'GET', path: '/api/v1/templates', statuses: [200], raw: false },
  listTestPages: { method: 'GET', path: '/api/v1/applications/:name/test-pages', statuses: [200], raw: false },
  listTraces: { method: 'GET', path: '/api/v1/traces', statuses: [200], raw: false },
  listTrainingModules: { method: 'GET', path: '/api/v1/training-modules', statuses: [200], raw: false },
  listTrainingRecords: { method: 'GET', path: '/api/v1/training-records', statuses: [200], raw: false },
  listTrainingRuns: { method: 'GET', path: '/api/v1/model-training-runs', statuses: [200], raw: false },
  listTrials: { method: 'GET', path: '/api/v1/applications/:name/trials', statuses: [200], raw: false },
  listTunings: { method: 'GET', path: '/api/v1/applications/:name/tunings', statuses: [200], raw: false },
  listUpkeep: { method: 'GET', path: '/api/v1/upkeep', statuses: [200], raw: false },
  listWaivers: { method: 'GET', path: '/api/v1/waivers', statuses: [200], raw: false },
  listWebhookDeliveries: { method: 'GET', path: '/api/v1/webhooks/:id/deliveries', statuses: [200], raw: false },
  listWebhooks: { method: 'GET', path: '/api/v1/webhooks', statuses: [200], raw: false },
  listWorkspaces: { method: 'GET', path: '/api/v1/sandbox-workspaces', statuses: [200], raw: false },
  lookForAlerts: { method: 'POST', path: '/api/v1/alerts/rounds', statuses: [200], raw: false },
  makeWordings: { method: 'POST', path: '/api/v1/releases/:id/wordings', statuses: [200, 409], raw: false },
  measureBaseline: { method: 'POST', path: '/api/v1/kpi-presets/:preset/baselines', statuses: [200], raw: false },
  measureMeaning: { method: 'POST', path: '/api/v1/releases/:id/cache-by-meaning', statuses: [200], raw: false },
  moveFinding: { method: 'POST', path: '/api/v1/findings/:id/moves', statuses: [200], raw: false },
  moveIncident: { method: 'POST', path: '/api/v1/incidents/:id/moves', statuses: [200], raw: false },
  movePromptLabel: {
    method: 'PUT',
    path: '/api/v1/applications/:name/prompts/:prompt/labels/:stage',
    statuses: [200],
    raw: false,
  },
  nextAnnotation: { method: 'GET', path: '/api/v1/annotation-queues/:id/next', statuses: [200], raw: false },
  noteIncident: { method: 'POST', path: '/api/v1/incidents/:id/notes', statuses: [200], raw: false },
  openIncident: { method: 'POST', path: '/api/v1/incidents', statuses: [201], raw: false },
  openModelRound: { method: 'POST', path: '/api/v1/applications/:name/model-rounds', statuses: [201], raw: false },
  openWorkspace: { method: 'POST', path: '/api/v1/sandbox-workspaces', statuses: [201], raw: false },
  overruleAnswer: { method: 'POST', path: '/api/v1/applications/:name/overruled-answers', statuses: [201], raw: false },
  pauseRollout: { method: 'POST', path: '/api/v1/rollouts/:id/pause', statuses: [200], raw: false },
  planMitigation: {
    method: 'PUT',
    path: '/api/v1/applications/:name/mitigations/:evidence',
    statuses: [200],
    raw: false,
  },
  previewProfile: { method: 'POST', path: '/api/v1/applications/:name/profile-previews', statuses: [200], raw: false },
  printDecisionSheet: { method: 'GET', path: '/api/v1/approvals/:id/sheet.html', statuses: [200], raw: true },
  probeCap: { method: 'POST', path: '/api/v1/releases/:id/cap-probes', statuses: [201], raw: false },
  promoteRelease: { method: 'POST', path: '/api/v1/releases/:id/promotions', statuses: [201, 409], raw: false },
  proposeDeletion: { method: 'POST', path: '/api/v1/privacy/deletions', statuses: [201], raw: false },
  publishPolicy: { method: 'PUT', path: '/api/v1/policies/:policy', statuses: [200], raw: false },
  putBlueprint: { method: 'PUT', path: '/api/v1/applications/:name/blueprint', statuses: [200], raw: false },
  putBlueprintFile: {
    method: 'PUT',
    path: '/api/v1/applications/:name/blueprint/files/:path*',
    statuses: [200],
    raw: false,
    upload: true,
  },
  putDocument: { method: 'PUT', path: '/api/v1/applications/:name/documents/:document', statuses: [200], raw: false },
  putLearners: { method: 'PUT', path: '/api/v1/applications/:name/learners', statuses: [200], raw: false },
  putModelGuardrails: { method: 'PUT', path: '/api/v1/model-guardrails', statuses: [200], raw: false },
  putModelRoute: { method: 'PUT', path: '/api/v1/routes/:name', statuses: [200], raw: false },
  putModelRule: { method: 'PUT', path: '/api/v1/model-rules/:id', statuses: [200], raw: false },
  putModelSource: { method: 'PUT', path: '/api/v1/model-sources', statuses: [200], raw: false },
  putOwnPrice: { method: 'PUT', path: '/api/v1/prices/:model*', statuses: [200], raw: false },
  putProvider: { method: 'PUT', path: '/api/v1/providers/:name', statuses: [200], raw: false },
  putStandards: { method: 'PUT', path: '/api/v1/standards', statuses: [200], raw: false },
  putTrainingPolicy: { method: 'PUT', path: '/api/v1/training-policy', statuses: [200], raw: false },
  rateTestAnswer: { method: 'POST', path: '/api/v1/test-pages/ratings', statuses: [201], raw: false },
  readFeedbackForm: { method: 'POST', path: '/api/v1/feedback-forms/readings', statuses: [200], raw: false },
  readInvitation: { method: 'POST', path: '/api/v1/invitations/readings', statuses: [200], raw: false },
  readModelLists: { method: 'POST', path: '/api/v1/model-list-readings', statuses: [200], raw: false },
  readTestPage: { method: 'POST', path: '/api/v1/test-pages/readings', statuses: [200], raw: false },
  reapplyDeletions: { method: 'POST', path: '/api/v1/privacy/deletions/reapplications', statuses: [200], raw: false },
  reckonEffort: { method: 'POST', path: '/api/v1/model-shortlists/:id/efforts', statuses: [200], raw: false },
  recomputeCosts: { method: 'GET', path: '/api/v1/usage/recomputed', statuses: [200], raw: false },
  reconcileUsage: { method: 'POST', path: '/api/v1/usage/reconciliations', statuses: [200], raw: false },
  recordFeedback: { method: 'POST', path: '/api/v1/feedback', statuses: [201], raw: false },
  recordInterview: { method: 'POST', path: '/api/v1/trials/:id/interviews', statuses: [201], raw: false },
  recordKpiValues: { method: 'POST', path: '/api/v1/applications/:name/kpi-values', statuses: [201], raw: false },
  recordTrainingRun: { method: 'POST', path: '/api/v1/model-training-runs', statuses: [200, 201], raw: false },
  redeliverWebhook: { method: 'POST', path: '/api/v1/webhook-deliveries/:id/redeliver', statuses: [201], raw: false },
  registerModelWeights: { method: 'POST', path: '/api/v1/model-weights', statuses: [202], raw: false },
  removeSecondFactor: { method: 'POST', path: '/api/v1/second-factor/removals', statuses: [204], raw: false },
  renderPrompt: { method: 'POST', path: '/api/v1/applications/:name/prompt-renderings', statuses: [200], raw: false },
  replayGateDecision: { method: 'GET', path: '/api/v1/gate-decisions/:id/replay', statuses: [200], raw: false },
  replayRollout: { method: 'GET', path: '/api/v1/rollouts/:id/replay', statuses: [200], raw: false },
  reportIncident: { method: 'POST', path: '/api/v1/incidents/:id/reports', statuses: [200], raw: false },
  requestDataset: {
    method: 'PUT',
    path: '/api/v1/applications/:name/data-gaps/:gap/request',
    statuses: [200],
    raw: false,
  },
  requestModelApproval: { method: 'POST', path: '/api/v1/model-approvals', statuses: [201], raw: false },
  requestWaiver: { method: 'POST', path: '/api/v1/waivers', statuses: [201], raw: false },
  resetExample: { method: 'POST', path: '/api/v1/example/resets', statuses: [202], raw: false },
  resetSecondFactor: { method: 'DELETE', path: '/api/v1/actors/:actor/second-factor', statuses: [204], raw: false },
  resumeExperiment: { method: 'POST', path: '/api/v1/experiments/:id/resume', statuses: [200], raw: false },
  resumeRollout: { method: 'POST', path: '/api/v1/rollouts/:id/resume', statuses: [200], raw: false },
  revokeEvidenceKey: { method: 'POST', path: '/api/v1/evidence/keys/revocations', statuses: [200], raw: false },
  revokeKey: { method: 'DELETE', path: '/api/v1/keys/:key', statuses: [200], raw: false },
  revokeTestPage: { method: 'DELETE', path: '/api/v1/test-pages/:id', statuses: [200], raw: false },
  revokeTrialLink: { method: 'DELETE', path: '/api/v1/trials/:id/links/:link', statuses: [200], raw: false },
  rollUpKpiEvents: {
    method: 'POST',
    path: '/api/v1/applications/:name/kpi-events/rounds',
    statuses: [200],
    raw: false,
  },
  rotateEvidenceKey: { method: 'POST', path: '/api/v1/evidence/keys/rotations', statuses: [201], raw: false },
  rotateKey: { method: 'POST', path: '/api/v1/keys/:key/rotations', statuses: [200], raw: false },
  rotateWebhookSecret: { method: 'POST', path: '/api/v1/webhooks/:id/secret', statuses: [201], raw: false },
  runCalibration: { method: 'POST', path: '/api/v1/releases/:id/calibrations', statuses: [200, 202, 409], raw: false },
  runDataQuality: { method: 'POST', path: '/api/v1/datasets/:dataset/quality-runs', statuses: [201], raw: false },
  runGate: { method: 'POST', path: '/api/v1/releases/:id/gates/:stage/runs', statuses: [200, 202, 409], raw: false },
  runModelSwapProbes: {
    method: 'POST',
    path: '/api/v1/releases/:id/model-swap/runs',
    statuses: [201, 409],
    raw: false,
  },
  searchModels: { method: 'POST', path: '/api/v1/model-searches', statuses: [200], raw: false },
  searchPassages: { method: 'GET', path: '/api/v1/releases/:id/search', statuses: [200], raw: false },
  sendKpiEvents: { method: 'POST', path: '/api/v1/applications/:name/kpi-events', statuses: [200], raw: false },
  sendMails: { method: 'POST', path: '/api/v1/mails/rounds', statuses: [200], raw: false },
  setLanguage: { method: 'PUT', path: '/api/v1/language', statuses: [200], raw: false },
  setLimits: { method: 'PUT', path: '/api/v1/applications/:name/limits', statuses: [200], raw: false },
  setPassword: { method: 'PUT', path: '/api/v1/password', statuses: [204], raw: false },
  setPricePolicy: { method: 'PUT', path: '/api/v1/price-policies/:scope/:name', statuses: [200], raw: false },
  setScopeLimits: { method: 'PUT', path: '/api/v1/limits/:scope/:name', statuses: [200], raw: false },
  signApproval: { method: 'POST', path: '/api/v1/approvals/:id/signatures', statuses: [200], raw: false },
  signIn: { method: 'GET', path: '/sign-in', statuses: [303], raw: true },
  signInWithPassword: { method: 'POST', path: '/api/v1/sessions', statuses: [201], raw: true },
  signOut: { method: 'DELETE', path: '/api/v1/session', statuses: [204], raw: false },
  startAttackRun: { method: 'POST', path: '/api/v1/releases/:id/attack-runs', statuses: [200, 202, 409], raw: false },
  startFaultDrill: { method: 'POST', path: '/api/v1/releases/:id/fault-drills', statuses: [200, 202, 409], raw: false },
  startGeneration: {
    method: 'POST',
    path: '/api/v1/datasets/:dataset/generations',
    statuses: [200, 202, 409],
    raw: false,
  },
  startHarmRun: { method: 'POST', path: '/api/v1/releases/:id/harm-runs', statuses: [200, 202, 409], raw: false },
  startLoadRun: { method: 'POST', path: '/api/v1/releases/:id/load-runs', statuses: [200, 202, 409], raw: false },
  startModelTiming: {
    method: 'POST',
    path: '/api/v1/applications/:name/model-timings',
    statuses: [200, 202],
    raw: false,
  },
  startRewording: {
    method: 'POST',
    path: '/api/v1/applications/:name/rewordings',
    statuses: [200, 202, 409],
    raw: false,
  },
  startRollout: { method: 'POST', path: '/api/v1/applications/:name/rollouts', statuses: [201], raw: false },
  startTuning: { method: 'POST', path: '/api/v1/releases/:id/tunings', statuses: [200, 202], raw: false },
  stopApplication: { method: 'POST', path: '/api/v1/applications/:name/stop', statuses: [200], raw: false },
  switchOff: { method: 'PUT', path: '/api/v1/switches/:kind/:name', statuses: [200], raw: false },
  switchOn: { method: 'DELETE', path: '/api/v1/switches/:kind/:name', statuses: [200], raw: false },
  takeIdeaSuggestion: {
    method: 'POST',
    path: '/api/v1/applications/:name/idea-suggestions/:key/idea',
    statuses: [201],
    raw: false,
  },
  takeImpact: { method: 'POST', path: '/api/v1/applications/:name/impact', statuses: [200], raw: false },
  takeQuiz: { method: 'POST', path: '/api/v1/training-modules/:id/attempts', statuses: [201], raw: false },
  testMail: { method: 'POST', path: '/api/v1/mails/tests', statuses: [200], raw: false },
  testProvider: { method: 'POST', path: '/api/v1/providers/:name/test', statuses: [200], raw: false },
  testStop: { method: 'POST', path: '/api/v1/applications/:name/stop-tests', statuses: [201], raw: false },
  testWebhook: { method: 'POST', path: '/api/v1/webhooks/:id/test', statuses: [201], raw: false },
  triageFailureCluster: {
    method: 'PUT',
    path: '/api/v1/experiments/:id/failure-clusters/:cluster',
    statuses: [200],
    raw: false,
  },
  tryAdvice: {
    method: 'POST',
    path: '/api/v1/applications/:name/advice/:rule/experiments',
    statuses: [201],
    raw: false,
  },
  updateActor: { method: 'PUT', path: '/api/v1/actors/:actor', statuses: [200], raw: false },
  updateIdea: { method: 'PUT', path: '/api/v1/ideas/:id', statuses: [200], raw: false },
  verifyAudit: { method: 'GET', path: '/api/v1/audit/verification', statuses: [200], raw: false },
  watchEvents: { method: 'GET', path: '/api/v1/events', statuses: [200], raw: true },
  watchModels: { method: 'POST', path: '/api/v1/model-watches', statuses: [202], raw: false },
  weighModels: { method: 'POST', path: '/api/v1/model-weighings', statuses: [200], raw: false },
  withdrawApproval: { method: 'POST', path: '/api/v1/approvals/:id/withdrawal', statuses: [200], raw: false },
  withdrawDeletion: { method: 'DELETE', path: '/api/v1/privacy/deletions/:id', statuses: [200], raw: false },
  withdrawFeedback: { method: 'POST', path: '/api/v1/feedback-forms/withdrawals', statuses: [200], raw: false },
  withdrawModelApproval: {
    method: 'POST',
    path: '/api/v1/model-approvals/:id/withdrawal',
    statuses: [200],
    raw: false,
  },
  writeBiasSuite: { method: 'POST', path: '/api/v1/applications/:name/bias-suites', statuses: [200], raw: false },
  writePromptfooProject: { method: 'POST', path: '/api/v1/suites/promptfoo-projects', statuses: [200], raw: false },
  writeStabilitySuite: {
    method: 'POST',
    path: '/api/v1/applications/:name/stability-suites',
    statuses: [200],
    raw: false,
  },
  writeTaskSuites: { method: 'POST', path: '/api/v1/applications/:name/task-suites', statuses: [200], raw: false },
} as const satisfies Record<keyof Client, Operation>

export type OperationName = keyof Client
/** All operations, by name. */
export const operationNames = Object.keys(OPERATIONS) as readonly OperationName[]

/** Inputs by their names alone: those of the path go there, the rest into the query of a GET or the body of a write. */
export const placeInputs = (name: OperationName, inputs: Inputs): Input => place(OPERATIONS[name], inputs)

/** A client with one method for each operation of the control API. */
export function createClient(options: ClientOptions): Client {
  return {
    abortRollout: (input, more) =>
      call(options, OPERATIONS.abortRollout, input, more) as ReturnType<Client['abortRollout']>,
    acceptAudit: (input, more) =>
      call(options, OPERATIONS.acceptAudit, input, more) as ReturnType<Client['acceptAudit']>,
    acceptGeneration: (input, more) =>
      call(options, OPERATIONS.acceptGeneration, input, more) as ReturnType<Client['acceptGeneration']>,
    acceptInvitation: (input, more) =>
      call(options, OPERATIONS.acceptInvitation, input, more) as ReturnType<Client['acceptInvitation']>,
    acceptRolloutPlan: (input, more) =>
      call(options, OPERATIONS.acceptRolloutPlan, input, more) as ReturnType<Client['acceptRolloutPlan']>,
    acknowledgeAlert: (input, more) =>
      call(options, OPERATIONS.acknowledgeAlert, input, more) as ReturnType<Client['acknowledgeAlert']>,
    acknowledgePolicy: (input, more) =>
      call(options, OPERATIONS.acknowledgePolicy, input, more) as ReturnType<Client['acknowledgePolicy']>,
    addCase: (input, more) => call(options, OPERATIONS.addCase, input, more) as ReturnType<Client['addCase']>,
    addDataGap: (input, more) => call(options, OPERATIONS.addDataGap, input, more) as ReturnType<Client['addDataGap']>,
    addDisconfirmingView: (input, more) =>
      call(options, OPERATIONS.addDisconfirmingView, input, more) as ReturnType<Client['addDisconfirmingView']>,
    addFinding: (input, more) => call(options, OPERATIONS.addFinding, input, more) as ReturnType<Client['addFinding']>,
    addRemark: (input, more) => call(options, OPERATIONS.addRemark, input, more) as ReturnType<Client['addRemark']>,
    addToModelRound: (input, more) =>
      call(options, OPERATIONS.addToModelRound, input, more) as ReturnType<Client['addToModelRound']>,
    adjudicateAnnotation: (input, more) =>
      call(options, OPERATIONS.adjudicateAnnotation, input, more) as ReturnType<Client['adjudicateAnnotation']>,
    advanceRollout: (input, more) =>
      call(options, OPERATIONS.advanceRollout, input, more) as ReturnType<Client['advanceRollout']>,
    answerChallenge: (input, more) =>
      call(options, OPERATIONS.answerChallenge, input, more) as ReturnType<Client['answerChallenge']>,
    answerFeedbackForm: (input, more) =>
      call(options, OPERATIONS.answerFeedbackForm, input, more) as ReturnType<Client['answerFeedbackForm']>,
    answerLabel: (input, more) =>
      call(options, OPERATIONS.answerLabel, input, more) as ReturnType<Client['answerLabel']>,
    answerLaw: (input, more) => call(options, OPERATIONS.answerLaw, input, more) as ReturnType<Client['answerLaw']>,
    answerRelease: (input, more) =>
      call(options, OPERATIONS.answerRelease, input, more) as ReturnType<Client['answerRelease']>,
    askAdvice: (input, more) => call(options, OPERATIONS.askAdvice, input, more) as ReturnType<Client['askAdvice']>,
    askApproval: (input, more) =>
      call(options, OPERATIONS.askApproval, input, more) as ReturnType<Client['askApproval']>,
    askTestPage: (input, more) =>
      call(options, OPERATIONS.askTestPage, input, more) as ReturnType<Client['askTestPage']>,
    assessMaturity: (input, more) =>
      call(options, OPERATIONS.assessMaturity, input, more) as ReturnType<Client['assessMaturity']>,
    attachProvider: (input, more) =>
      call(options, OPERATIONS.attachProvider, input, more) as ReturnType<Client['attachProvider']>,
    attestEvidence: (input, more) =>
      call(options, OPERATIONS.attestEvidence, input, more) as ReturnType<Client['attestEvidence']>,
    beginApplication: (input, more) =>
      call(options, OPERATIONS.beginApplication, input, more) as ReturnType<Client['beginApplication']>,
    beginSecondFactor: (input, more) =>
      call(options, OPERATIONS.beginSecondFactor, input, more) as ReturnType<Client['beginSecondFactor']>,
    beginSignOn: (input, more) =>
      call(options, OPERATIONS.beginSignOn, input, more) as ReturnType<Client['beginSignOn']>,
    bringExisting: (input, more) =>
      call(options, OPERATIONS.bringExisting, input, more) as ReturnType<Client['bringExisting']>,
    cancelExperiment: (input, more) =>
      call(options, OPERATIONS.cancelExperiment, input, more) as ReturnType<Client['cancelExperiment']>,
    cancelJob: (input, more) => call(options, OPERATIONS.cancelJob, input, more) as ReturnType<Client['cancelJob']>,
    challengeEvidence: (input, more) =>
      call(options, OPERATIONS.challengeEvidence, input, more) as ReturnType<Client['challengeEvidence']>,
    changeDataset: (input, more) =>
      call(options, OPERATIONS.changeDataset, input, more) as ReturnType<Client['changeDataset']>,
    changeIncident: (input, more) =>
      call(options, OPERATIONS.changeIncident, input, more) as ReturnType<Client['changeIncident']>,
    changeWebhook: (input, more) =>
      call(options, OPERATIONS.changeWebhook, input, more) as ReturnType<Client['changeWebhook']>,
    checkBlueprint: (input, more) =>
      call(options, OPERATIONS.checkBlueprint, input, more) as ReturnType<Client['checkBlueprint']>,
    checkDatasetPointer: (input, more) =>
      call(options, OPERATIONS.checkDatasetPointer, input, more) as ReturnType<Client['checkDatasetPointer']>,
    checkModelRules: (input, more) =>
      call(options, OPERATIONS.checkModelRules, input, more) as ReturnType<Client['checkModelRules']>,
    closeAnnotationQueue: (input, more) =>
      call(options, OPERATIONS.closeAnnotationQueue, input, more) as ReturnType<Client['closeAnnotationQueue']>,
    closeModelRound: (input, more) =>
      call(options, OPERATIONS.closeModelRound, input, more) as ReturnType<Client['closeModelRound']>,
    closeModelTask: (input, more) =>
      call(options, OPERATIONS.closeModelTask, input, more) as ReturnType<Client['closeModelTask']>,
    closeStudy: (input, more) => call(options, OPERATIONS.closeStudy, input, more) as ReturnType<Client['closeStudy']>,
    closeTrial: (input, more) => call(options, OPERATIONS.closeTrial, input, more) as ReturnType<Client['closeTrial']>,
    closeWorkspace: (input, more) =>
      call(options, OPERATIONS.closeWorkspace, input, more) as ReturnType<Client['closeWorkspace']>,
    compareArms: (input, more) =>
      call(options, OPERATIONS.compareArms, input, more) as ReturnType<Client['compareArms']>,
    compareCorpusFigures: (input, more) =>
      call(options, OPERATIONS.compareCorpusFigures, input, more) as ReturnType<Client['compareCorpusFigures']>,
    compareModels: (input, more) =>
      call(options, OPERATIONS.compareModels, input, more) as ReturnType<Client['compareModels']>,
    comparePack: (input, more) =>
      call(options, OPERATIONS.comparePack, input, more) as ReturnType<Client['comparePack']>,
    comparePromptVersions: (input, more) =>
      call(options, OPERATIONS.comparePromptVersions, input, more) as ReturnType<Client['comparePromptVersions']>,
    computeFigures: (input, more) =>
      call(options, OPERATIONS.computeFigures, input, more) as ReturnType<Client['computeFigures']>,
    confirmDeletion: (input, more) =>
      call(options, OPERATIONS.confirmDeletion, input, more) as ReturnType<Client['confirmDeletion']>,
    confirmRollout: (input, more) =>
      call(options, OPERATIONS.confirmRollout, input, more) as ReturnType<Client['confirmRollout']>,
    confirmSecondFactor: (input, more) =>
      call(options, OPERATIONS.confirmSecondFactor, input, more) as ReturnType<Client['confirmSecondFactor']>,
    confirmSession: (input, more) =>
      call(options, OPERATIONS.confirmSession, input, more) as ReturnType<Client['confirmSession']>,
    convertDataset: (input, more) =>
      call(options, OPERATIONS.convertDataset, input, more) as ReturnType<Client['convertDataset']>,
    convertPrompt: (input, more) =>
      call(options, OPERATIONS.convertPrompt, input, more) as ReturnType<Client['convertPrompt']>,
    convertPromptfooProject: (input, more) =>
      call(options, OPERATIONS.convertPromptfooProject, input, more) as ReturnType<Client['convertPromptfooProject']>,
    copyPromptPattern: (input, more) =>
      call(options, OPERATIONS.copyPromptPattern, input, more) as ReturnType<Client['copyPromptPattern']>,
    countHarmAnswers: (input, more) =>
      call(options, OPERATIONS.countHarmAnswers, input, more) as ReturnType<Client['countHarmAnswers']>,
    createActor: (input, more) =>
      call(options, OPERATIONS.createActor, input, more) as ReturnType<Client['createActor']>,
    createAnnotationQueue: (input, more) =>
      call(options, OPERATIONS.createAnnotationQueue, input, more) as ReturnType<Client['createAnnotationQueue']>,
    createApplication: (input, more) =>
      call(options, OPERATIONS.createApplication, input, more) as ReturnType<Client['createApplication']>,
    createCalibration: (input, more) =>
      call(options, OPERATIONS.createCalibration, input, more) as ReturnType<Client['createCalibration']>,
    createDataset: (input, more) =>
      call(options, OPERATIONS.createDataset, input, more) as ReturnType<Client['createDataset']>,
    createExperiment: (input, more) =>
      call(options, OPERATIONS.createExperiment, input, more) as ReturnType<Client['createExperiment']>,
    createIdea: (input, more) => call(options, OPERATIONS.createIdea, input, more) as ReturnType<Client['createIdea']>,
    createInvitation: (input, more) =>
      call(options, OPERATIONS.createInvitation, input, more) as ReturnType<Client['createInvitation']>,
    createKey: (input, more) => call(options, OPERATIONS.createKey, input, more) as ReturnType<Client['createKey']>,
    createShortlist: (input, more) =>
      call(options, OPERATIONS.createShortlist, input, more) as ReturnType<Client['createShortlist']>,
    createSignInLink: (input, more) =>
      call(options, OPERATIONS.createSignInLink, input, more) as ReturnType<Client['createSignInLink']>,
    createStudy: (input, more) =>
      call(options, OPERATIONS.createStudy, input, more) as ReturnType<Client['createStudy']>,
    createTestPage: (input, more) =>
      call(options, OPERATIONS.createTestPage, input, more) as ReturnType<Client['createTestPage']>,
    createTrial: (input, more) =>
      call(options, OPERATIONS.createTrial, input, more) as ReturnType<Client['createTrial']>,
    createTrialLinks: (input, more) =>
      call(options, OPERATIONS.createTrialLinks, input, more) as ReturnType<Client['createTrialLinks']>,
    createWebhook: (input, more) =>
      call(options, OPERATIONS.createWebhook, input, more) as ReturnType<Client['createWebhook']>,
    decideHarmAnswer: (input, more) =>
      call(options, OPERATIONS.decideHarmAnswer, input, more) as ReturnType<Client['decideHarmAnswer']>,
    decideHeldAnswer: (input, more) =>
      call(options, OPERATIONS.decideHeldAnswer, input, more) as ReturnType<Client['decideHeldAnswer']>,
    decideHeldCall: (input, more) =>
      call(options, OPERATIONS.decideHeldCall, input, more) as ReturnType<Client['decideHeldCall']>,
    decideModelApproval: (input, more) =>
      call(options, OPERATIONS.decideModelApproval, input, more) as ReturnType<Client['decideModelApproval']>,
    decideQuarantine: (input, more) =>
      call(options, OPERATIONS.decideQuarantine, input, more) as ReturnType<Client['decideQuarantine']>,
    decideRemark: (input, more) =>
      call(options, OPERATIONS.decideRemark, input, more) as ReturnType<Client['decideRemark']>,
    decideShortlist: (input, more) =>
      call(options, OPERATIONS.decideShortlist, input, more) as ReturnType<Client['decideShortlist']>,
    decideWaiver: (input, more) =>
      call(options, OPERATIONS.decideWaiver, input, more) as ReturnType<Client['decideWaiver']>,
    declareQuota: (input, more) =>
      call(options, OPERATIONS.declareQuota, input, more) as ReturnType<Client['declareQuota']>,
    delegateDuty: (input, more) =>
      call(options, OPERATIONS.delegateDuty, input, more) as ReturnType<Client['delegateDuty']>,
    deleteAdvisory: (input, more) =>
      call(options, OPERATIONS.deleteAdvisory, input, more) as ReturnType<Client['deleteAdvisory']>,
    deleteModelRoute: (input, more) =>
      call(options, OPERATIONS.deleteModelRoute, input, more) as ReturnType<Client['deleteModelRoute']>,
    deleteModelRule: (input, more) =>
      call(options, OPERATIONS.deleteModelRule, input, more) as ReturnType<Client['deleteModelRule']>,
    deleteModelSource: (input, more) =>
      call(options, OPERATIONS.deleteModelSource, input, more) as ReturnType<Client['deleteModelSource']>,
    deleteModelWeights: (input, more) =>
      call(options, OPERATIONS.deleteModelWeights, input, more) as ReturnType<Client['deleteModelWeights']>,
    deleteOwnPrice: (input, more) =>
      call(options, OPERATIONS.deleteOwnPrice, input, more) as ReturnType<Client['deleteOwnPrice']>,
    deleteProvider: (input, more) =>
      call(options, OPERATIONS.deleteProvider, input, more) as ReturnType<Client['deleteProvider']>,
    deleteWebhook: (input, more) =>
      call(options, OPERATIONS.deleteWebhook, input, more) as ReturnType<Client['deleteWebhook']>,
    diffDatasetVersions: (input, more) =>
      call(options, OPERATIONS.diffDatasetVersions, input, more) as ReturnType<Client['diffDatasetVersions']>,
    downloadBackup: (input, more) =>
      call(options, OPERATIONS.downloadBackup, input, more) as ReturnType<Client['downloadBackup']>,
    drawAlertLines: (input, more) =>
      call(options, OPERATIONS.drawAlertLines, input, more) as ReturnType<Client['drawAlertLines']>,
    drillRollback: (input, more) =>
      call(options, OPERATIONS.drillRollback, input, more) as ReturnType<Client['drillRollback']>,
    editRows: (input, more) => call(options, OPERATIONS.editRows, input, more) as ReturnType<Client['editRows']>,
    eliminateFromShortlist: (input, more) =>
      call(options, OPERATIONS.eliminateFromShortlist, input, more) as ReturnType<Client['eliminateFromShortlist']>,
    endDelegation: (input, more) =>
      call(options, OPERATIONS.endDelegation, input, more) as ReturnType<Client['endDelegation']>,
    endOtherSessions: (input, more) =>
      call(options, OPERATIONS.endOtherSessions, input, more) as ReturnType<Client['endOtherSessions']>,
    endSession: (input, more) => call(options, OPERATIONS.endSession, input, more) as ReturnType<Client['endSession']>,
    endWaiver: (input, more) => call(options, OPERATIONS.endWaiver, input, more) as ReturnType<Client['endWaiver']>,
    enforceRetention: (input, more) =>
      call(options, OPERATIONS.enforceRetention, input, more) as ReturnType<Client['enforceRetention']>,
    explainAnswer: (input, more) =>
      call(options, OPERATIONS.explainAnswer, input, more) as ReturnType<Client['explainAnswer']>,
    exportAnnotations: (input, more) =>
      call(options, OPERATIONS.exportAnnotations, input, more) as ReturnType<Client['exportAnnotations']>,
    exportAudit: (input, more) =>
      call(options, OPERATIONS.exportAudit, input, more) as ReturnType<Client['exportAudit']>,
    exportControlCoverage: (input, more) =>
      call(options, OPERATIONS.exportControlCoverage, input, more) as ReturnType<Client['exportControlCoverage']>,
    exportDataGovernance: (input, more) =>
      call(options, OPERATIONS.exportDataGovernance, input, more) as ReturnType<Client['exportDataGovernance']>,
    exportDataset: (input, more) =>
      call(options, OPERATIONS.exportDataset, input, more) as ReturnType<Client['exportDataset']>,
    exportDossier: (input, more) =>
      call(options, OPERATIONS.exportDossier, input, more) as ReturnType<Client['exportDossier']>,
    exportExit: (input, more) => call(options, OPERATIONS.exportExit, input, more) as ReturnType<Client['exportExit']>,
    exportImpact: (input, more) =>
      call(options, OPERATIONS.exportImpact, input, more) as ReturnType<Client['exportImpact']>,
    exportLaw: (input, more) => call(options, OPERATIONS.exportLaw, input, more) as ReturnType<Client['exportLaw']>,
    exportModelRounds: (input, more) =>
      call(options, OPERATIONS.exportModelRounds, input, more) as ReturnType<Client['exportModelRounds']>,
    exportPersonalData: (input, more) =>
      call(options, OPERATIONS.exportPersonalData, input, more) as ReturnType<Client['exportPersonalData']>,
    exportPlan: (input, more) => call(options, OPERATIONS.exportPlan, input, more) as ReturnType<Client['exportPlan']>,
    exportPlatforms: (input, more) =>
      call(options, OPERATIONS.exportPlatforms, input, more) as ReturnType<Client['exportPlatforms']>,
    exportReleaseCard: (input, more) =>
      call(options, OPERATIONS.exportReleaseCard, input, more) as ReturnType<Client['exportReleaseCard']>,
    exportUpkeep: (input, more) =>
      call(options, OPERATIONS.exportUpkeep, input, more) as ReturnType<Client['exportUpkeep']>,
    finishReviewAction: (input, more) =>
      call(options, OPERATIONS.finishReviewAction, input, more) as ReturnType<Client['finishReviewAction']>,
    finishSignOn: (input, more) =>
      call(options, OPERATIONS.finishSignOn, input, more) as ReturnType<Client['finishSignOn']>,
    fixIncident: (input, more) =>
      call(options, OPERATIONS.fixIncident, input, more) as ReturnType<Client['fixIncident']>,
    forecastRollout: (input, more) =>
      call(options, OPERATIONS.forecastRollout, input, more) as ReturnType<Client['forecastRollout']>,
    freezeRelease: (input, more) =>
      call(options, OPERATIONS.freezeRelease, input, more) as ReturnType<Client['freezeRelease']>,
    getAdoption: (input, more) =>
      call(options, OPERATIONS.getAdoption, input, more) as ReturnType<Client['getAdoption']>,
    getAdvice: (input, more) => call(options, OPERATIONS.getAdvice, input, more) as ReturnType<Client['getAdvice']>,
    getAlertLines: (input, more) =>
      call(options, OPERATIONS.getAlertLines, input, more) as ReturnType<Client['getAlertLines']>,
    getAnnotationQueue: (input, more) =>
      call(options, OPERATIONS.getAnnotationQueue, input, more) as ReturnType<Client['getAnnotationQueue']>,
    getAnnotationTask: (input, more) =>
      call(options, OPERATIONS.getAnnotationTask, input, more) as ReturnType<Client['getAnnotationTask']>,
    getAnnotationWork: (input, more) =>
      call(options, OPERATIONS.getAnnotationWork, input, more) as ReturnType<Client['getAnnotationWork']>,
    getApplication: (input, more) =>
      call(options, OPERATIONS.getApplication, input, more) as ReturnType<Client['getApplication']>,
    getApplicationTraining: (input, more) =>
      call(options, OPERATIONS.getApplicationTraining, input, more) as ReturnType<Client['getApplicationTraining']>,
    getApproval: (input, more) =>
      call(options, OPERATIONS.getApproval, input, more) as ReturnType<Client['getApproval']>,
    getAssessmentQuestions: (input, more) =>
      call(options, OPERATIONS.getAssessmentQuestions, input, more) as ReturnType<Client['getAssessmentQuestions']>,
    getBlueprint: (input, more) =>
      call(options, OPERATIONS.getBlueprint, input, more) as ReturnType<Client['getBlueprint']>,
    getCalibration: (input, more) =>
      call(options, OPERATIONS.getCalibration, input, more) as ReturnType<Client['getCalibration']>,
    getCatalogue: (input, more) =>
      call(options, OPERATIONS.getCatalogue, input, more) as ReturnType<Client['getCatalogue']>,
    getCatalogueChanges: (input, more) =>
      call(options, OPERATIONS.getCatalogueChanges, input, more) as ReturnType<Client['getCatalogueChanges']>,
    getClassFigures: (input, more) =>
      call(options, OPERATIONS.getClassFigures, input, more) as ReturnType<Client['getClassFigures']>,
    getCompass: (input, more) => call(options, OPERATIONS.getCompass, input, more) as ReturnType<Client['getCompass']>,
    getControlCoverage: (input, more) =>
      call(options, OPERATIONS.getControlCoverage, input, more) as ReturnType<Client['getControlCoverage']>,
    getCorpusFigures: (input, more) =>
      call(options, OPERATIONS.getCorpusFigures, input, more) as ReturnType<Client['getCorpusFigures']>,
    getCostForecast: (input, more) =>
      call(options, OPERATIONS.getCostForecast, input, more) as ReturnType<Client['getCostForecast']>,
    getCoverage: (input, more) =>
      call(options, OPERATIONS.getCoverage, input, more) as ReturnType<Client['getCoverage']>,
    getDataGovernance: (input, more) =>
      call(options, OPERATIONS.getDataGovernance, input, more) as ReturnType<Client['getDataGovernance']>,
    getDataSheet: (input, more) =>
      call(options, OPERATIONS.getDataSheet, input, more) as ReturnType<Client['getDataSheet']>,
    getDataset: (input, more) => call(options, OPERATIONS.getDataset, input, more) as ReturnType<Client['getDataset']>,
    getDatasetPointer: (input, more) =>
      call(options, OPERATIONS.getDatasetPointer, input, more) as ReturnType<Client['getDatasetPointer']>,
    getDatasetRow: (input, more) =>
      call(options, OPERATIONS.getDatasetRow, input, more) as ReturnType<Client['getDatasetRow']>,
    getDebt: (input, more) => call(options, OPERATIONS.getDebt, input, more) as ReturnType<Client['getDebt']>,
    getDecisionSheet: (input, more) =>
      call(options, OPERATIONS.getDecisionSheet, input, more) as ReturnType<Client['getDecisionSheet']>,
    getDeletion: (input, more) =>
      call(options, OPERATIONS.getDeletion, input, more) as ReturnType<Client['getDeletion']>,
    getDeletionReceipt: (input, more) =>
      call(options, OPERATIONS.getDeletionReceipt, input, more) as ReturnType<Client['getDeletionReceipt']>,
    getDifferences: (input, more) =>
      call(options, OPERATIONS.getDifferences, input, more) as ReturnType<Client['getDifferences']>,
    getDisclosure: (input, more) =>
      call(options, OPERATIONS.getDisclosure, input, more) as ReturnType<Client['getDisclosure']>,
    getDocument: (input, more) =>
      call(options, OPERATIONS.getDocument, input, more) as ReturnType<Client['getDocument']>,
    getDocumentSchema: (input, more) =>
      call(options, OPERATIONS.getDocumentSchema, input, more) as ReturnType<Client['getDocumentSchema']>,
    getEvidence: (input, more) =>
      call(options, OPERATIONS.getEvidence, input, more) as ReturnType<Client['getEvidence']>,
    getExample: (input, more) => call(options, OPERATIONS.getExample, input, more) as ReturnType<Client['getExample']>,
    getExperiment: (input, more) =>
      call(options, OPERATIONS.getExperiment, input, more) as ReturnType<Client['getExperiment']>,
    getExperimentReport: (input, more) =>
      call(options, OPERATIONS.getExperimentReport, input, more) as ReturnType<Client['getExperimentReport']>,
    getFlow: (input, more) => call(options, OPERATIONS.getFlow, input, more) as ReturnType<Client['getFlow']>,
    getGate: (input, more) => call(options, OPERATIONS.getGate, input, more) as ReturnType<Client['getGate']>,
    getGateDecision: (input, more) =>
      call(options, OPERATIONS.getGateDecision, input, more) as ReturnType<Client['getGateDecision']>,
    getGateVerdict: (input, more) =>
      call(options, OPERATIONS.getGateVerdict, input, more) as ReturnType<Client['getGateVerdict']>,
    getGeneration: (input, more) =>
      call(options, OPERATIONS.getGeneration, input, more) as ReturnType<Client['getGeneration']>,
    getGuide: (input, more) => call(options, OPERATIONS.getGuide, input, more) as ReturnType<Client['getGuide']>,
    getHealth: (input, more) => call(options, OPERATIONS.getHealth, input, more) as ReturnType<Client['getHealth']>,
    getHeldAnswer: (input, more) =>
      call(options, OPERATIONS.getHeldAnswer, input, more) as ReturnType<Client['getHeldAnswer']>,
    getHeldCall: (input, more) =>
      call(options, OPERATIONS.getHeldCall, input, more) as ReturnType<Client['getHeldCall']>,
    getHeldCallOutcome: (input, more) =>
      call(options, OPERATIONS.getHeldCallOutcome, input, more) as ReturnType<Client['getHeldCallOutcome']>,
    getHeldOutcome: (input, more) =>
      call(options, OPERATIONS.getHeldOutcome, input, more) as ReturnType<Client['getHeldOutcome']>,
    getIdea: (input, more) => call(options, OPERATIONS.getIdea, input, more) as ReturnType<Client['getIdea']>,
    getIdeaLineage: (input, more) =>
      call(options, OPERATIONS.getIdeaLineage, input, more) as ReturnType<Client['getIdeaLineage']>,
    getImpact: (input, more) => call(options, OPERATIONS.getImpact, input, more) as ReturnType<Client['getImpact']>,
    getIncident: (input, more) =>
      call(options, OPERATIONS.getIncident, input, more) as ReturnType<Client['getIncident']>,
    getJob: (input, more) => call(options, OPERATIONS.getJob, input, more) as ReturnType<Client['getJob']>,
    getKeptPriceBook: (input, more) =>
      call(options, OPERATIONS.getKeptPriceBook, input, more) as ReturnType<Client['getKeptPriceBook']>,
    getKnowledgeQuality: (input, more) =>
      call(options, OPERATIONS.getKnowledgeQuality, input, more) as ReturnType<Client['getKnowledgeQuality']>,
    getLanguage: (input, more) =>
      call(options, OPERATIONS.getLanguage, input, more) as ReturnType<Client['getLanguage']>,
    getLaw: (input, more) => call(options, OPERATIONS.getLaw, input, more) as ReturnType<Client['getLaw']>,
    getLimits: (input, more) => call(options, OPERATIONS.getLimits, input, more) as ReturnType<Client['getLimits']>,
    getLive: (input, more) => call(options, OPERATIONS.getLive, input, more) as ReturnType<Client['getLive']>,
    getMe: (input, more) => call(options, OPERATIONS.getMe, input, more) as ReturnType<Client['getMe']>,
    getMeaningStanding: (input, more) =>
      call(options, OPERATIONS.getMeaningStanding, input, more) as ReturnType<Client['getMeaningStanding']>,
    getMetrics: (input, more) => call(options, OPERATIONS.getMetrics, input, more) as ReturnType<Client['getMetrics']>,
    getModelApproval: (input, more) =>
      call(options, OPERATIONS.getModelApproval, input, more) as ReturnType<Client['getModelApproval']>,
    getModelCard: (input, more) =>
      call(options, OPERATIONS.getModelCard, input, more) as ReturnType<Client['getModelCard']>,
    getModelGuardrails: (input, more) =>
      call(options, OPERATIONS.getModelGuardrails, input, more) as ReturnType<Client['getModelGuardrails']>,
    getModelLineage: (input, more) =>
      call(options, OPERATIONS.getModelLineage, input, more) as ReturnType<Client['getModelLineage']>,
    getModelRoute: (input, more) =>
      call(options, OPERATIONS.getModelRoute, input, more) as ReturnType<Client['getModelRoute']>,
    getModelSwap: (input, more) =>
      call(options, OPERATIONS.getModelSwap, input, more) as ReturnType<Client['getModelSwap']>,
    getModelWeights: (input, more) =>
      call(options, OPERATIONS.getModelWeights, input, more) as ReturnType<Client['getModelWeights']>,
    getNextSteps: (input, more) =>
      call(options, OPERATIONS.getNextSteps, input, more) as ReturnType<Client['getNextSteps']>,
    getOpenApi: (input, more) => call(options, OPERATIONS.getOpenApi, input, more) as ReturnType<Client['getOpenApi']>,
    getOutsideRun: (input, more) =>
      call(options, OPERATIONS.getOutsideRun, input, more) as ReturnType<Client['getOutsideRun']>,
    getOutsideRunReport: (input, more) =>
      call(options, OPERATIONS.getOutsideRunReport, input, more) as ReturnType<Client['getOutsideRunReport']>,
    getOversight: (input, more) =>
      call(options, OPERATIONS.getOversight, input, more) as ReturnType<Client['getOversight']>,
    getOverview: (input, more) =>
      call(options, OPERATIONS.getOverview, input, more) as ReturnType<Client['getOverview']>,
    getPassage: (input, more) => call(options, OPERATIONS.getPassage, input, more) as ReturnType<Client['getPassage']>,
    getPlan: (input, more) => call(options, OPERATIONS.getPlan, input, more) as ReturnType<Client['getPlan']>,
    getPortfolio: (input, more) =>
      call(options, OPERATIONS.getPortfolio, input, more) as ReturnType<Client['getPortfolio']>,
    getPosture: (input, more) => call(options, OPERATIONS.getPosture, input, more) as ReturnType<Client['getPosture']>,
    getPrice: (input, more) => call(options, OPERATIONS.getPrice, input, more) as ReturnType<Client['getPrice']>,
    getPriceBook: (input, more) =>
      call(options, OPERATIONS.getPriceBook, input, more) as ReturnType<Client['getPriceBook']>,
    getProvider: (input, more) =>
      call(options, OPERATIONS.getProvider, input, more) as ReturnType<Client['getProvider']>,
    getProviderLoad: (input, more) =>
      call(options, OPERATIONS.getProviderLoad, input, more) as ReturnType<Client['getProviderLoad']>,
    getReadiness: (input, more) =>
      call(options, OPERATIONS.getReadiness, input, more) as ReturnType<Client['getReadiness']>,
    getRelease: (input, more) => call(options, OPERATIONS.getRelease, input, more) as ReturnType<Client['getRelease']>,
    getReleaseCard: (input, more) =>
      call(options, OPERATIONS.getReleaseCard, input, more) as ReturnType<Client['getReleaseCard']>,
    getReleaseChanges: (input, more) =>
      call(options, OPERATIONS.getReleaseChanges, input, more) as ReturnType<Client['getReleaseChanges']>,
    getReleaseCompatibility: (input, more) =>
      call(options, OPERATIONS.getReleaseCompatibility, input, more) as ReturnType<Client['getReleaseCompatibility']>,
    getReleaseReadiness: (input, more) =>
      call(options, OPERATIONS.getReleaseReadiness, input, more) as ReturnType<Client['getReleaseReadiness']>,
    getResponseTimes: (input, more) =>
      call(options, OPERATIONS.getResponseTimes, input, more) as ReturnType<Client['getResponseTimes']>,
    getReviewSheet: (input, more) =>
      call(options, OPERATIONS.getReviewSheet, input, more) as ReturnType<Client['getReviewSheet']>,
    getRewording: (input, more) =>
      call(options, OPERATIONS.getRewording, input, more) as ReturnType<Client['getRewording']>,
    getRollout: (input, more) => call(options, OPERATIONS.getRollout, input, more) as ReturnType<Client['getRollout']>,
    getRolloutHistory: (input, more) =>
      call(options, OPERATIONS.getRolloutHistory, input, more) as ReturnType<Client['getRolloutHistory']>,
    getRolloutVerdict: (input, more) =>
      call(options, OPERATIONS.getRolloutVerdict, input, more) as ReturnType<Client['getRolloutVerdict']>,
    getScopeLimits: (input, more) =>
      call(options, OPERATIONS.getScopeLimits, input, more) as ReturnType<Client['getScopeLimits']>,
    getSecondFactor: (input, more) =>
      call(options, OPERATIONS.getSecondFactor, input, more) as ReturnType<Client['getSecondFactor']>,
    getSeries: (input, more) => call(options, OPERATIONS.getSeries, input, more) as ReturnType<Client['getSeries']>,
    getShortlist: (input, more) =>
      call(options, OPERATIONS.getShortlist, input, more) as ReturnType<Client['getShortlist']>,
    getShortlistDecision: (input, more) =>
      call(options, OPERATIONS.getShortlistDecision, input, more) as ReturnType<Client['getShortlistDecision']>,
    getStability: (input, more) =>
      call(options, OPERATIONS.getStability, input, more) as ReturnType<Client['getStability']>,
    getStandards: (input, more) =>
      call(options, OPERATIONS.getStandards, input, more) as ReturnType<Client['getStandards']>,
    getStandingChecks: (input, more) =>
      call(options, OPERATIONS.getStandingChecks, input, more) as ReturnType<Client['getStandingChecks']>,
    getStudy: (input, more) => call(options, OPERATIONS.getStudy, input, more) as ReturnType<Client['getStudy']>,
    getTelemetryStatus: (input, more) =>
      call(options, OPERATIONS.getTelemetryStatus, input, more) as ReturnType<Client['getTelemetryStatus']>,
    getThreatModel: (input, more) =>
      call(options, OPERATIONS.getThreatModel, input, more) as ReturnType<Client['getThreatModel']>,
    getTrace: (input, more) => call(options, OPERATIONS.getTrace, input, more) as ReturnType<Client['getTrace']>,
    getTraceCost: (input, more) =>
      call(options, OPERATIONS.getTraceCost, input, more) as ReturnType<Client['getTraceCost']>,
    getTrainingCompletion: (input, more) =>
      call(options, OPERATIONS.getTrainingCompletion, input, more) as ReturnType<Client['getTrainingCompletion']>,
    getTrainingPolicy: (input, more) =>
      call(options, OPERATIONS.getTrainingPolicy, input, more) as ReturnType<Client['getTrainingPolicy']>,
    getTrainingRun: (input, more) =>
      call(options, OPERATIONS.getTrainingRun, input, more) as ReturnType<Client['getTrainingRun']>,
    getTrial: (input, more) => call(options, OPERATIONS.getTrial, input, more) as ReturnType<Client['getTrial']>,
    getTuning: (input, more) => call(options, OPERATIONS.getTuning, input, more) as ReturnType<Client['getTuning']>,
    getUsage: (input, more) => call(options, OPERATIONS.getUsage, input, more) as ReturnType<Client['getUsage']>,
    getUsageBy: (input, more) => call(options, OPERATIONS.getUsageBy, input, more) as ReturnType<Client['getUsageBy']>,
    getUsageCsv: (input, more) =>
      call(options, OPERATIONS.getUsageCsv, input, more) as ReturnType<Client['getUsageCsv']>,
    getUsagePatterns: (input, more) =>
      call(options, OPERATIONS.getUsagePatterns, input, more) as ReturnType<Client['getUsagePatterns']>,
    getWebhookDelivery: (input, more) =>
      call(options, OPERATIONS.getWebhookDelivery, input, more) as ReturnType<Client['getWebhookDelivery']>,
    getWordingStability: (input, more) =>
      call(options, OPERATIONS.getWordingStability, input, more) as ReturnType<Client['getWordingStability']>,
    holdReview: (input, more) => call(options, OPERATIONS.holdReview, input, more) as ReturnType<Client['holdReview']>,
    importAdvisories: (input, more) =>
      call(options, OPERATIONS.importAdvisories, input, more) as ReturnType<Client['importAdvisories']>,
    importEvidence: (input, more) =>
      call(options, OPERATIONS.importEvidence, input, more) as ReturnType<Client['importEvidence']>,
    importFindingsReport: (input, more) =>
      call(options, OPERATIONS.importFindingsReport, input, more) as ReturnType<Client['importFindingsReport']>,
    importKpiValues: (input, more) =>
      call(options, OPERATIONS.importKpiValues, input, more) as ReturnType<Client['importKpiValues']>,
    importOutsideRuns: (input, more) =>
      call(options, OPERATIONS.importOutsideRuns, input, more) as ReturnType<Client['importOutsideRuns']>,
    importPaper: (input, more) =>
      call(options, OPERATIONS.importPaper, input, more) as ReturnType<Client['importPaper']>,
    importRows: (input, more) => call(options, OPERATIONS.importRows, input, more) as ReturnType<Client['importRows']>,
    importTrainingRecords: (input, more) =>
      call(options, OPERATIONS.importTrainingRecords, input, more) as ReturnType<Client['importTrainingRecords']>,
    keepAsApplication: (input, more) =>
      call(options, OPERATIONS.keepAsApplication, input, more) as ReturnType<Client['keepAsApplication']>,
    keepGateDecision: (input, more) =>
      call(options, OPERATIONS.keepGateDecision, input, more) as ReturnType<Client['keepGateDecision']>,
    labelAnnotation: (input, more) =>
      call(options, OPERATIONS.labelAnnotation, input, more) as ReturnType<Client['labelAnnotation']>,
    lintPrompts: (input, more) =>
      call(options, OPERATIONS.lintPrompts, input, more) as ReturnType<Client['lintPrompts']>,
    listActors: (input, more) => call(options, OPERATIONS.listActors, input, more) as ReturnType<Client['listActors']>,
    listAdvisories: (input, more) =>
      call(options, OPERATIONS.listAdvisories, input, more) as ReturnType<Client['listAdvisories']>,
    listAlerts: (input, more) => call(options, OPERATIONS.listAlerts, input, more) as ReturnType<Client['listAlerts']>,
    listAllDatasets: (input, more) =>
      call(options, OPERATIONS.listAllDatasets, input, more) as ReturnType<Client['listAllDatasets']>,
    listAnnotationItems: (input, more) =>
      call(options, OPERATIONS.listAnnotationItems, input, more) as ReturnType<Client['listAnnotationItems']>,
    listAnnotationQueues: (input, more) =>
      call(options, OPERATIONS.listAnnotationQueues, input, more) as ReturnType<Client['listAnnotationQueues']>,
    listApplicationNames: (input, more) =>
      call(options, OPERATIONS.listApplicationNames, input, more) as ReturnType<Client['listApplicationNames']>,
    listApplications: (input, more) =>
      call(options, OPERATIONS.listApplications, input, more) as ReturnType<Client['listApplications']>,
    listApprovals: (input, more) =>
      call(options, OPERATIONS.listApprovals, input, more) as ReturnType<Client['listApprovals']>,
    listApprovers: (input, more) =>
      call(options, OPERATIONS.listApprovers, input, more) as ReturnType<Client['listApprovers']>,
    listAttackRuns: (input, more) =>
      call(options, OPERATIONS.listAttackRuns, input, more) as ReturnType<Client['listAttackRuns']>,
    listAudit: (input, more) => call(options, OPERATIONS.listAudit, input, more) as ReturnType<Client['listAudit']>,
    listCalibrationCases: (input, more) =>
      call(options, OPERATIONS.listCalibrationCases, input, more) as ReturnType<Client['listCalibrationCases']>,
    listCalibrations: (input, more) =>
      call(options, OPERATIONS.listCalibrations, input, more) as ReturnType<Client['listCalibrations']>,
    listChallenges: (input, more) =>
      call(options, OPERATIONS.listChallenges, input, more) as ReturnType<Client['listChallenges']>,
    listCorrectedScores: (input, more) =>
      call(options, OPERATIONS.listCorrectedScores, input, more) as ReturnType<Client['listCorrectedScores']>,
    listDatasetRows: (input, more) =>
      call(options, OPERATIONS.listDatasetRows, input, more) as ReturnType<Client['listDatasetRows']>,
    listDatasetVersions: (input, more) =>
      call(options, OPERATIONS.listDatasetVersions, input, more) as ReturnType<Client['listDatasetVersions']>,
    listDatasets: (input, more) =>
      call(options, OPERATIONS.listDatasets, input, more) as ReturnType<Client['listDatasets']>,
    listDelegations: (input, more) =>
      call(options, OPERATIONS.listDelegations, input, more) as ReturnType<Client['listDelegations']>,
    listDeletions: (input, more) =>
      call(options, OPERATIONS.listDeletions, input, more) as ReturnType<Client['listDeletions']>,
    listDisputes: (input, more) =>
      call(options, OPERATIONS.listDisputes, input, more) as ReturnType<Client['listDisputes']>,
    listDocumentVersions: (input, more) =>
      call(options, OPERATIONS.listDocumentVersions, input, more) as ReturnType<Client['listDocumentVersions']>,
    listDocuments: (input, more) =>
      call(options, OPERATIONS.listDocuments, input, more) as ReturnType<Client['listDocuments']>,
    listDossierSections: (input, more) =>
      call(options, OPERATIONS.listDossierSections, input, more) as ReturnType<Client['listDossierSections']>,
    listEvaluators: (input, more) =>
      call(options, OPERATIONS.listEvaluators, input, more) as ReturnType<Client['listEvaluators']>,
    listEvidence: (input, more) =>
      call(options, OPERATIONS.listEvidence, input, more) as ReturnType<Client['listEvidence']>,
    listEvidenceKeys: (input, more) =>
      call(options, OPERATIONS.listEvidenceKeys, input, more) as ReturnType<Client['listEvidenceKeys']>,
    listExamples: (input, more) =>
      call(options, OPERATIONS.listExamples, input, more) as ReturnType<Client['listExamples']>,
    listExperimentRows: (input, more) =>
      call(options, OPERATIONS.listExperimentRows, input, more) as ReturnType<Client['listExperimentRows']>,
    listExperiments: (input, more) =>
      call(options, OPERATIONS.listExperiments, input, more) as ReturnType<Client['listExperiments']>,
    listFailureClusters: (input, more) =>
      call(options, OPERATIONS.listFailureClusters, input, more) as ReturnType<Client['listFailureClusters']>,
    listFaultDrills: (input, more) =>
      call(options, OPERATIONS.listFaultDrills, input, more) as ReturnType<Client['listFaultDrills']>,
    listFeedback: (input, more) =>
      call(options, OPERATIONS.listFeedback, input, more) as ReturnType<Client['listFeedback']>,
    listFigures: (input, more) =>
      call(options, OPERATIONS.listFigures, input, more) as ReturnType<Client['listFigures']>,
    listFindings: (input, more) =>
      call(options, OPERATIONS.listFindings, input, more) as ReturnType<Client['listFindings']>,
    listGateChecks: (input, more) =>
      call(options, OPERATIONS.listGateChecks, input, more) as ReturnType<Client['listGateChecks']>,
    listGateDecisions: (input, more) =>
      call(options, OPERATIONS.listGateDecisions, input, more) as ReturnType<Client['listGateDecisions']>,
    listGatewayReports: (input, more) =>
      call(options, OPERATIONS.listGatewayReports, input, more) as ReturnType<Client['listGatewayReports']>,
    listGenerations: (input, more) =>
      call(options, OPERATIONS.listGenerations, input, more) as ReturnType<Client['listGenerations']>,
    listHarmAnswers: (input, more) =>
      call(options, OPERATIONS.listHarmAnswers, input, more) as ReturnType<Client['listHarmAnswers']>,
    listHarmRuns: (input, more) =>
      call(options, OPERATIONS.listHarmRuns, input, more) as ReturnType<Client['listHarmRuns']>,
    listHeldAnswers: (input, more) =>
      call(options, OPERATIONS.listHeldAnswers, input, more) as ReturnType<Client['listHeldAnswers']>,
    listHeldCalls: (input, more) =>
      call(options, OPERATIONS.listHeldCalls, input, more) as ReturnType<Client['listHeldCalls']>,
    listHoldoutReads: (input, more) =>
      call(options, OPERATIONS.listHoldoutReads, input, more) as ReturnType<Client['listHoldoutReads']>,
    listIdeaSuggestions: (input, more) =>
      call(options, OPERATIONS.listIdeaSuggestions, input, more) as ReturnType<Client['listIdeaSuggestions']>,
    listIdeas: (input, more) => call(options, OPERATIONS.listIdeas, input, more) as ReturnType<Client['listIdeas']>,
    listImportedFiles: (input, more) =>
      call(options, OPERATIONS.listImportedFiles, input, more) as ReturnType<Client['listImportedFiles']>,
    listIncidents: (input, more) =>
      call(options, OPERATIONS.listIncidents, input, more) as ReturnType<Client['listIncidents']>,
    listIntegrations: (input, more) =>
      call(options, OPERATIONS.listIntegrations, input, more) as ReturnType<Client['listIntegrations']>,
    listJudges: (input, more) => call(options, OPERATIONS.listJudges, input, more) as ReturnType<Client['listJudges']>,
    listKeys: (input, more) => call(options, OPERATIONS.listKeys, input, more) as ReturnType<Client['listKeys']>,
    listKpiPresets: (input, more) =>
      call(options, OPERATIONS.listKpiPresets, input, more) as ReturnType<Client['listKpiPresets']>,
    listLabelSample: (input, more) =>
      call(options, OPERATIONS.listLabelSample, input, more) as ReturnType<Client['listLabelSample']>,
    listLaws: (input, more) => call(options, OPERATIONS.listLaws, input, more) as ReturnType<Client['listLaws']>,
    listLimits: (input, more) => call(options, OPERATIONS.listLimits, input, more) as ReturnType<Client['listLimits']>,
    listLoadRuns: (input, more) =>
      call(options, OPERATIONS.listLoadRuns, input, more) as ReturnType<Client['listLoadRuns']>,
    listMails: (input, more) => call(options, OPERATIONS.listMails, input, more) as ReturnType<Client['listMails']>,
    listMaturity: (input, more) =>
      call(options, OPERATIONS.listMaturity, input, more) as ReturnType<Client['listMaturity']>,
    listMitigations: (input, more) =>
      call(options, OPERATIONS.listMitigations, input, more) as ReturnType<Client['listMitigations']>,
    listModelApprovals: (input, more) =>
      call(options, OPERATIONS.listModelApprovals, input, more) as ReturnType<Client['listModelApprovals']>,
    listModelCards: (input, more) =>
      call(options, OPERATIONS.listModelCards, input, more) as ReturnType<Client['listModelCards']>,
    listModelListReadings: (input, more) =>
      call(options, OPERATIONS.listModelListReadings, input, more) as ReturnType<Client['listModelListReadings']>,
    listModelProbes: (input, more) =>
      call(options, OPERATIONS.listModelProbes, input, more) as ReturnType<Client['listModelProbes']>,
    listModelRounds: (input, more) =>
      call(options, OPERATIONS.listModelRounds, input, more) as ReturnType<Client['listModelRounds']>,
    listModelRoutes: (input, more) =>
      call(options, OPERATIONS.listModelRoutes, input, more) as ReturnType<Client['listModelRoutes']>,
    listModelRules: (input, more) =>
      call(options, OPERATIONS.listModelRules, input, more) as ReturnType<Client['listModelRules']>,
    listModelTasks: (input, more) =>
      call(options, OPERATIONS.listModelTasks, input, more) as ReturnType<Client['listModelTasks']>,
    listModelTimings: (input, more) =>
      call(options, OPERATIONS.listModelTimings, input, more) as ReturnType<Client['listModelTimings']>,
    listModelWeights: (input, more) =>
      call(options, OPERATIONS.listModelWeights, input, more) as ReturnType<Client['listModelWeights']>,
    listModels: (input, more) => call(options, OPERATIONS.listModels, input, more) as ReturnType<Client['listModels']>,
    listObjects: (input, more) =>
      call(options, OPERATIONS.listObjects, input, more) as ReturnType<Client['listObjects']>,
    listOutsideRuns: (input, more) =>
      call(options, OPERATIONS.listOutsideRuns, input, more) as ReturnType<Client['listOutsideRuns']>,
    listOversight: (input, more) =>
      call(options, OPERATIONS.listOversight, input, more) as ReturnType<Client['listOversight']>,
    listOwnPrices: (input, more) =>
      call(options, OPERATIONS.listOwnPrices, input, more) as ReturnType<Client['listOwnPrices']>,
    listPlatforms: (input, more) =>
      call(options, OPERATIONS.listPlatforms, input, more) as ReturnType<Client['listPlatforms']>,
    listPolicies: (input, more) =>
      call(options, OPERATIONS.listPolicies, input, more) as ReturnType<Client['listPolicies']>,
    listPolicyVersions: (input, more) =>
      call(options, OPERATIONS.listPolicyVersions, input, more) as ReturnType<Client['listPolicyVersions']>,
    listPricePolicies: (input, more) =>
      call(options, OPERATIONS.listPricePolicies, input, more) as ReturnType<Client['listPricePolicies']>,
    listPromotions: (input, more) =>
      call(options, OPERATIONS.listPromotions, input, more) as ReturnType<Client['listPromotions']>,
    listPromptPatterns: (input, more) =>
      call(options, OPERATIONS.listPromptPatterns, input, more) as ReturnType<Client['listPromptPatterns']>,
    listPromptUses: (input, more) =>
      call(options, OPERATIONS.listPromptUses, input, more) as ReturnType<Client['listPromptUses']>,
    listPromptVersions: (input, more) =>
      call(options, OPERATIONS.listPromptVersions, input, more) as ReturnType<Client['listPromptVersions']>,
    listPrompts: (input, more) =>
      call(options, OPERATIONS.listPrompts, input, more) as ReturnType<Client['listPrompts']>,
    listProviders: (input, more) =>
      call(options, OPERATIONS.listProviders, input, more) as ReturnType<Client['listProviders']>,
    listQualityRuns: (input, more) =>
      call(options, OPERATIONS.listQualityRuns, input, more) as ReturnType<Client['listQualityRuns']>,
    listQuarantine: (input, more) =>
      call(options, OPERATIONS.listQuarantine, input, more) as ReturnType<Client['listQuarantine']>,
    listQuotas: (input, more) => call(options, OPERATIONS.listQuotas, input, more) as ReturnType<Client['listQuotas']>,
    listReleases: (input, more) =>
      call(options, OPERATIONS.listReleases, input, more) as ReturnType<Client['listReleases']>,
    listRemarks: (input, more) =>
      call(options, OPERATIONS.listRemarks, input, more) as ReturnType<Client['listRemarks']>,
    listRetention: (input, more) =>
      call(options, OPERATIONS.listRetention, input, more) as ReturnType<Client['listRetention']>,
    listReviews: (input, more) =>
      call(options, OPERATIONS.listReviews, input, more) as ReturnType<Client['listReviews']>,
    listRewordings: (input, more) =>
      call(options, OPERATIONS.listRewordings, input, more) as ReturnType<Client['listRewordings']>,
    listRollouts: (input, more) =>
      call(options, OPERATIONS.listRollouts, input, more) as ReturnType<Client['listRollouts']>,
    listSessions: (input, more) =>
      call(options, OPERATIONS.listSessions, input, more) as ReturnType<Client['listSessions']>,
    listShortlists: (input, more) =>
      call(options, OPERATIONS.listShortlists, input, more) as ReturnType<Client['listShortlists']>,
    listSignInMethods: (input, more) =>
      call(options, OPERATIONS.listSignInMethods, input, more) as ReturnType<Client['listSignInMethods']>,
    listStandIns: (input, more) =>
      call(options, OPERATIONS.listStandIns, input, more) as ReturnType<Client['listStandIns']>,
    listStudies: (input, more) =>
      call(options, OPERATIONS.listStudies, input, more) as ReturnType<Client['listStudies']>,
    listSuites: (input, more) => call(options, OPERATIONS.listSuites, input, more) as ReturnType<Client['listSuites']>,
    listSwitches: (input, more) =>
      call(options, OPERATIONS.listSwitches, input, more) as ReturnType<Client['listSwitches']>,
    listTemplates: (input, more) =>
      call(options, OPERATIONS.listTemplates, input, more) as ReturnType<Client['listTemplates']>,
    listTestPages: (input, more) =>
      call(options, OPERATIONS.listTestPages, input, more) as ReturnType<Client['listTestPages']>,
    listTraces: (input, more) => call(options, OPERATIONS.listTraces, input, more) as ReturnType<Client['listTraces']>,
    listTrainingModules: (input, more) =>
      call(options, OPERATIONS.listTrainingModules, input, more) as ReturnType<Client['listTrainingModules']>,
    listTrainingRecords: (input, more) =>
      call(options, OPERATIONS.listTrainingRecords, input, more) as ReturnType<Client['listTrainingRecords']>,
    listTrainingRuns: (input, more) =>
      call(options, OPERATIONS.listTrainingRuns, input, more) as ReturnType<Client['listTrainingRuns']>,
    listTrials: (input, more) => call(options, OPERATIONS.listTrials, input, more) as ReturnType<Client['listTrials']>,
    listTunings: (input, more) =>
      call(options, OPERATIONS.listTunings, input, more) as ReturnType<Client['listTunings']>,
    listUpkeep: (input, more) => call(options, OPERATIONS.listUpkeep, input, more) as ReturnType<Client['listUpkeep']>,
    listWaivers: (input, more) =>
      call(options, OPERATIONS.listWaivers, input, more) as ReturnType<Client['listWaivers']>,
    listWebhookDeliveries: (input, more) =>
      call(options, OPERATIONS.listWebhookDeliveries, input, more) as ReturnType<Client['listWebhookDeliveries']>,
    listWebhooks: (input, more) =>
      call(options, OPERATIONS.listWebhooks, input, more) as ReturnType<Client['listWebhooks']>,
    listWorkspaces: (input, more) =>
      call(options, OPERATIONS.listWorkspaces, input, more) as ReturnType<Client['listWorkspaces']>,
    lookForAlerts: (input, more) =>
      call(options, OPERATIONS.lookForAlerts, input, more) as ReturnType<Client['lookForAlerts']>,
    makeWordings: (input, more) =>
      call(options, OPERATIONS.makeWordings, input, more) as ReturnType<Client['makeWordings']>,
    measureBaseline: (input, more) =>
      call(options, OPERATIONS.measureBaseline, input, more) as ReturnType<Client['measureBaseline']>,
    measureMeaning: (input, more) =>
      call(options, OPERATIONS.measureMeaning, input, more) as ReturnType<Client['measureMeaning']>,
    moveFinding: (input, more) =>
      call(options, OPERATIONS.moveFinding, input, more) as ReturnType<Client['moveFinding']>,
    moveIncident: (input, more) =>
      call(options, OPERATIONS.moveIncident, input, more) as ReturnType<Client['moveIncident']>,
    movePromptLabel: (input, more) =>
      call(options, OPERATIONS.movePromptLabel, input, more) as ReturnType<Client['movePromptLabel']>,
    nextAnnotation: (input, more) =>
      call(options, OPERATIONS.nextAnnotation, input, more) as ReturnType<Client['nextAnnotation']>,
    noteIncident: (input, more) =>
      call(options, OPERATIONS.noteIncident, input, more) as ReturnType<Client['noteIncident']>,
    openIncident: (input, more) =>
      call(options, OPERATIONS.openIncident, input, more) as ReturnType<Client['openIncident']>,
    openModelRound: (input, more) =>
      call(options, OPERATIONS.openModelRound, input, more) as ReturnType<Client['openModelRound']>,
    openWorkspace: (input, more) =>
      call(options, OPERATIONS.openWorkspace, input, more) as ReturnType<Client['openWorkspace']>,
    overruleAnswer: (input, more) =>
      call(options, OPERATIONS.overruleAnswer, input, more) as ReturnType<Client['overruleAnswer']>,
    pauseRollout: (input, more) =>
      call(options, OPERATIONS.pauseRollout, input, more) as ReturnType<Client['pauseRollout']>,
    planMitigation: (input, more) =>
      call(options, OPERATIONS.planMitigation, input, more) as ReturnType<Client['planMitigation']>,
    previewProfile: (input, more) =>
      call(options, OPERATIONS.previewProfile, input, more) as ReturnType<Client['previewProfile']>,
    printDecisionSheet: (input, more) =>
      call(options, OPERATIONS.printDecisionSheet, input, more) as ReturnType<Client['printDecisionSheet']>,
    probeCap: (input, more) => call(options, OPERATIONS.probeCap, input, more) as ReturnType<Client['probeCap']>,
    promoteRelease: (input, more) =>
      call(options, OPERATIONS.promoteRelease, input, more) as ReturnType<Client['promoteRelease']>,
    proposeDeletion: (input, more) =>
      call(options, OPERATIONS.proposeDeletion, input, more) as ReturnType<Client['proposeDeletion']>,
    publishPolicy: (input, more) =>
      call(options, OPERATIONS.publishPolicy, input, more) as ReturnType<Client['publishPolicy']>,
    putBlueprint: (input, more) =>
      call(options, OPERATIONS.putBlueprint, input, more) as ReturnType<Client['putBlueprint']>,
    putBlueprintFile: (input, more) =>
      call(options, OPERATIONS.putBlueprintFile, input, more) as ReturnType<Client['putBlueprintFile']>,
    putDocument: (input, more) =>
      call(options, OPERATIONS.putDocument, input, more) as ReturnType<Client['putDocument']>,
    putLearners: (input, more) =>
      call(options, OPERATIONS.putLearners, input, more) as ReturnType<Client['putLearners']>,
    putModelGuardrails: (input, more) =>
      call(options, OPERATIONS.putModelGuardrails, input, more) as ReturnType<Client['putModelGuardrails']>,
    putModelRoute: (input, more) =>
      call(options, OPERATIONS.putModelRoute, input, more) as ReturnType<Client['putModelRoute']>,
    putModelRule: (input, more) =>
      call(options, OPERATIONS.putModelRule, input, more) as ReturnType<Client['putModelRule']>,
    putModelSource: (input, more) =>
      call(options, OPERATIONS.putModelSource, input, more) as ReturnType<Client['putModelSource']>,
    putOwnPrice: (input, more) =>
      call(options, OPERATIONS.putOwnPrice, input, more) as ReturnType<Client['putOwnPrice']>,
    putProvider: (input, more) =>
      call(options, OPERATIONS.putProvider, input, more) as ReturnType<Client['putProvider']>,
    putStandards: (input, more) =>
      call(options, OPERATIONS.putStandards, input, more) as ReturnType<Client['putStandards']>,
    putTrainingPolicy: (input, more) =>
      call(options, OPERATIONS.putTrainingPolicy, input, more) as ReturnType<Client['putTrainingPolicy']>,
    rateTestAnswer: (input, more) =>
      call(options, OPERATIONS.rateTestAnswer, input, more) as ReturnType<Client['rateTestAnswer']>,
    readFeedbackForm: (input, more) =>
      call(options, OPERATIONS.readFeedbackForm, input, more) as ReturnType<Client['readFeedbackForm']>,
    readInvitation: (input, more) =>
      call(options, OPERATIONS.readInvitation, input, more) as ReturnType<Client['readInvitation']>,
    readModelLists: (input, more) =>
      call(options, OPERATIONS.readModelLists, input, more) as ReturnType<Client['readModelLists']>,
    readTestPage: (input, more) =>
      call(options, OPERATIONS.readTestPage, input, more) as ReturnType<Client['readTestPage']>,
    reapplyDeletions: (input, more) =>
      call(options, OPERATIONS.reapplyDeletions, input, more) as ReturnType<Client['reapplyDeletions']>,
    reckonEffort: (input, more) =>
      call(options, OPERATIONS.reckonEffort, input, more) as ReturnType<Client['reckonEffort']>,
    recomputeCosts: (input, more) =>
      call(options, OPERATIONS.recomputeCosts, input, more) as ReturnType<Client['recomputeCosts']>,
    reconcileUsage: (input, more) =>
      call(options, OPERATIONS.reconcileUsage, input, more) as ReturnType<Client['reconcileUsage']>,
    recordFeedback: (input, more) =>
      call(options, OPERATIONS.recordFeedback, input, more) as ReturnType<Client['recordFeedback']>,
    recordInterview: (input, more) =>
      call(options, OPERATIONS.recordInterview, input, more) as ReturnType<Client['recordInterview']>,
    recordKpiValues: (input, more) =>
      call(options, OPERATIONS.recordKpiValues, input, more) as ReturnType<Client['recordKpiValues']>,
    recordTrainingRun: (input, more) =>
      call(options, OPERATIONS.recordTrainingRun, input, more) as ReturnType<Client['recordTrainingRun']>,
    redeliverWebhook: (input, more) =>
      call(options, OPERATIONS.redeliverWebhook, input, more) as ReturnType<Client['redeliverWebhook']>,
    registerModelWeights: (input, more) =>
      call(options, OPERATIONS.registerModelWeights, input, more) as ReturnType<Client['registerModelWeights']>,
    removeSecondFactor: (input, more) =>
      call(options, OPERATIONS.removeSecondFactor, input, more) as ReturnType<Client['removeSecondFactor']>,
    renderPrompt: (input, more) =>
      call(options, OPERATIONS.renderPrompt, input, more) as ReturnType<Client['renderPrompt']>,
    replayGateDecision: (input, more) =>
      call(options, OPERATIONS.replayGateDecision, input, more) as ReturnType<Client['replayGateDecision']>,
    replayRollout: (input, more) =>
      call(options, OPERATIONS.replayRollout, input, more) as ReturnType<Client['replayRollout']>,
    reportIncident: (input, more) =>
      call(options, OPERATIONS.reportIncident, input, more) as ReturnType<Client['reportIncident']>,
    requestDataset: (input, more) =>
      call(options, OPERATIONS.requestDataset, input, more) as ReturnType<Client['requestDataset']>,
    requestModelApproval: (input, more) =>
      call(options, OPERATIONS.requestModelApproval, input, more) as ReturnType<Client['requestModelApproval']>,
    requestWaiver: (input, more) =>
      call(options, OPERATIONS.requestWaiver, input, more) as ReturnType<Client['requestWaiver']>,
    resetExample: (input, more) =>
      call(options, OPERATIONS.resetExample, input, more) as ReturnType<Client['resetExample']>,
    resetSecondFactor: (input, more) =>
      call(options, OPERATIONS.resetSecondFactor, input, more) as ReturnType<Client['resetSecondFactor']>,
    resumeExperiment: (input, more) =>
      call(options, OPERATIONS.resumeExperiment, input, more) as ReturnType<Client['resumeExperiment']>,
    resumeRollout: (input, more) =>
      call(options, OPERATIONS.resumeRollout, input, more) as ReturnType<Client['resumeRollout']>,
    revokeEvidenceKey: (input, more) =>
      call(options, OPERATIONS.revokeEvidenceKey, input, more) as ReturnType<Client['revokeEvidenceKey']>,
    revokeKey: (input, more) => call(options, OPERATIONS.revokeKey, input, more) as ReturnType<Client['revokeKey']>,
    revokeTestPage: (input, more) =>
      call(options, OPERATIONS.revokeTestPage, input, more) as ReturnType<Client['revokeTestPage']>,
    revokeTrialLink: (input, more) =>
      call(options, OPERATIONS.revokeTrialLink, input, more) as ReturnType<Client['revokeTrialLink']>,
    rollUpKpiEvents: (input, more) =>
      call(options, OPERATIONS.rollUpKpiEvents, input, more) as ReturnType<Client['rollUpKpiEvents']>,
    rotateEvidenceKey: (input, more) =>
      call(options, OPERATIONS.rotateEvidenceKey, input, more) as ReturnType<Client['rotateEvidenceKey']>,
    rotateKey: (input, more) => call(options, OPERATIONS.rotateKey, input, more) as ReturnType<Client['rotateKey']>,
    rotateWebhookSecret: (input, more) =>
      call(options, OPERATIONS.rotateWebhookSecret, input, more) as ReturnType<Client['rotateWebhookSecret']>,
    runCalibration: (input, more) =>
      call(options, OPERATIONS.runCalibration, input, more) as ReturnType<Client['runCalibration']>,
    runDataQuality: (input, more) =>
      call(options, OPERATIONS.runDataQuality, input, more) as ReturnType<Client['runDataQuality']>,
    runGate: (input, more) => call(options, OPERATIONS.runGate, input, more) as ReturnType<Client['runGate']>,
    runModelSwapProbes: (input, more) =>
      call(options, OPERATIONS.runModelSwapProbes, input, more) as ReturnType<Client['runModelSwapProbes']>,
    searchModels: (input, more) =>
      call(options, OPERATIONS.searchModels, input, more) as ReturnType<Client['searchModels']>,
    searchPassages: (input, more) =>
      call(options, OPERATIONS.searchPassages, input, more) as ReturnType<Client['searchPassages']>,
    sendKpiEvents: (input, more) =>
      call(options, OPERATIONS.sendKpiEvents, input, more) as ReturnType<Client['sendKpiEvents']>,
    sendMails: (input, more) => call(options, OPERATIONS.sendMails, input, more) as ReturnType<Client['sendMails']>,
    setLanguage: (input, more) =>
      call(options, OPERATIONS.setLanguage, input, more) as ReturnType<Client['setLanguage']>,
    setLimits: (input, more) => call(options, OPERATIONS.setLimits, input, more) as ReturnType<Client['setLimits']>,
    setPassword: (input, more) =>
      call(options, OPERATIONS.setPassword, input, more) as ReturnType<Client['setPassword']>,
    setPricePolicy: (input, more) =>
      call(options, OPERATIONS.setPricePolicy, input, more) as ReturnType<Client['setPricePolicy']>,
    setScopeLimits: (input, more) =>
      call(options, OPERATIONS.setScopeLimits, input, more) as ReturnType<Client['setScopeLimits']>,
    signApproval: (input, more) =>
      call(options, OPERATIONS.signApproval, input, more) as ReturnType<Client['signApproval']>,
    signIn: (input, more) => call(options, OPERATIONS.signIn, input, more) as ReturnType<Client['signIn']>,
    signInWithPassword: (input, more) =>
      call(options, OPERATIONS.signInWithPassword, input, more) as ReturnType<Client['signInWithPassword']>,
    signOut: (input, more) => call(options, OPERATIONS.signOut, input, more) as ReturnType<Client['signOut']>,
    startAttackRun: (input, more) =>
      call(options, OPERATIONS.startAttackRun, input, more) as ReturnType<Client['startAttackRun']>,
    startFaultDrill: (input, more) =>
      call(options, OPERATIONS.startFaultDrill, input, more) as ReturnType<Client['startFaultDrill']>,
    startGeneration: (input, more) =>
      call(options, OPERATIONS.startGeneration, input, more) as ReturnType<Client['startGeneration']>,
    startHarmRun: (input, more) =>
      call(options, OPERATIONS.startHarmRun, input, more) as ReturnType<Client['startHarmRun']>,
    startLoadRun: (input, more) =>
      call(options, OPERATIONS.startLoadRun, input, more) as ReturnType<Client['startLoadRun']>,
    startModelTiming: (input, more) =>
      call(options, OPERATIONS.startModelTiming, input, more) as ReturnType<Client['startModelTiming']>,
    startRewording: (input, more) =>
      call(options, OPERATIONS.startRewording, input, more) as ReturnType<Client['startRewording']>,
    startRollout: (input, more) =>
      call(options, OPERATIONS.startRollout, input, more) as ReturnType<Client['startRollout']>,
    startTuning: (input, more) =>
      call(options, OPERATIONS.startTuning, input, more) as ReturnType<Client['startTuning']>,
    stopApplication: (input, more) =>
      call(options, OPERATIONS.stopApplication, input, more) as ReturnType<Client['stopApplication']>,
    switchOff: (input, more) => call(options, OPERATIONS.switchOff, input, more) as ReturnType<Client['switchOff']>,
    switchOn: (input, more) => call(options, OPERATIONS.switchOn, input, more) as ReturnType<Client['switchOn']>,
    takeIdeaSuggestion: (input, more) =>
      call(options, OPERATIONS.takeIdeaSuggestion, input, more) as ReturnType<Client['takeIdeaSuggestion']>,
    takeImpact: (input, more) => call(options, OPERATIONS.takeImpact, input, more) as ReturnType<Client['takeImpact']>,
    takeQuiz: (input, more) => call(options, OPERATIONS.takeQuiz, input, more) as ReturnType<Client['takeQuiz']>,
    testMail: (input, more) => call(options, OPERATIONS.testMail, input, more) as ReturnType<Client['testMail']>,
    testProvider: (input, more) =>
      call(options, OPERATIONS.testProvider, input, more) as ReturnType<Client['testProvider']>,
    testStop: (input, more) => call(options, OPERATIONS.testStop, input, more) as ReturnType<Client['testStop']>,
    testWebhook: (input, more) =>
      call(options, OPERATIONS.testWebhook, input, more) as ReturnType<Client['testWebhook']>,
    triageFailureCluster: (input, more) =>
      call(options, OPERATIONS.triageFailureCluster, input, more) as ReturnType<Client['triageFailureCluster']>,
    tryAdvice: (input, more) => call(options, OPERATIONS.tryAdvice, input, more) as ReturnType<Client['tryAdvice']>,
    updateActor: (input, more) =>
      call(options, OPERATIONS.updateActor, input, more) as ReturnType<Client['updateActor']>,
    updateIdea: (input, more) => call(options, OPERATIONS.updateIdea, input, more) as ReturnType<Client['updateIdea']>,
    verifyAudit: (input, more) =>
      call(options, OPERATIONS.verifyAudit, input, more) as ReturnType<Client['verifyAudit']>,
    watchEvents: (input, more) =>
      call(options, OPERATIONS.watchEvents, input, more) as ReturnType<Client['watchEvents']>,
    watchModels: (input, more) =>
      call(options, OPERATIONS.watchModels, input, more) as ReturnType<Client['watchModels']>,
    weighModels: (input, more) =>
      call(options, OPERATIONS.weighModels, input, more) as ReturnType<Client['weighModels']>,
    withdrawApproval: (input, more) =>
      call(options, OPERATIONS.withdrawApproval, input, more) as ReturnType<Client['withdrawApproval']>,
    withdrawDeletion: (input, more) =>
      call(options, OPERATIONS.withdrawDeletion, input, more) as ReturnType<Client['withdrawDeletion']>,
    withdrawFeedback: (input, more) =>
      call(options, OPERATIONS.withdrawFeedback, input, more) as ReturnType<Client['withdrawFeedback']>,
    withdrawModelApproval: (input, more) =>
      call(options, OPERATIONS.withdrawModelApproval, input, more) as ReturnType<Client['withdrawModelApproval']>,
    writeBiasSuite: (input, more) =>
      call(options, OPERATIONS.writeBiasSuite, input, more) as ReturnType<Client['writeBiasSuite']>,
    writePromptfooProject: (input, more) =>
      call(options, OPERATIONS.writePromptfooProject, input, more) as ReturnType<Client['writePromptfooProject']>,
    writeStabilitySuite: (input, more) =>
      call(options, OPERATIONS.writeStabilitySuite, input, more) as ReturnType<Client['writeStabilitySuite']>,
    writeTaskSuites: (input, more) =>
      call(options, OPERATIONS.writeTaskSuites, input, more) as ReturnType<Client['writeTaskSuites']>,
  }
}
