/** Forty answer sheets with the rules that must fire on them, and those that must not. */
import type { Answers } from '../assessment/questions.ts'

export type Sheet = {
  readonly name: string
  readonly answers: Answers
  readonly fires: string
  readonly not?: string
}

const helpDesk: Answers = {
  task: 'converse',
  knowledgeNeed: 'private',
  knowledgeChange: 'weekly',
  knowledgeTokens: 400_000,
  explanations: 'sources',
  audience: 'customers',
  personalData: 'none',
  riskClass: 'limited',
}
const trained: Answers = { tuning: 'form', formNeed: 'style', labelledExamples: 800, promptTried: 'plateau' }

export const SHEETS: readonly Sheet[] = [
  { name: 'nothing answered', answers: {}, fires: 'D11', not: 'R5 R9 R25 R26 R35' },
  { name: 'a prohibited practice', answers: { riskClass: 'prohibited' }, fires: 'R1 D14', not: 'R3' },
  { name: 'a rule would do', answers: { ruleBased: 'yes', task: 'classify' }, fires: 'R2 R14' },
  { name: 'a rule would do in part', answers: { ruleBased: 'partly' }, fires: 'R2' },
  { name: 'no rule would do', answers: { ruleBased: 'no' }, fires: '', not: 'R2' },
  {
    name: 'writing without own knowledge',
    answers: { task: 'generate', knowledgeNeed: 'none', riskClass: 'minimal' },
    fires: 'R3 R17',
    not: 'R5 R4',
  },
  { name: 'a help desk with pages that change', answers: helpDesk, fires: 'R5 R17 D12 D15', not: 'R3 R4 R9' },
  {
    name: 'a small handbook for all',
    answers: {
      knowledgeNeed: 'private',
      knowledgeTokens: 60_000,
      knowledgeChange: 'yearly',
      knowledgeAccess: 'same-for-all',
      explanations: 'none',
    },
    fires: 'R4',
    not: 'R5',
  },
  {
    name: 'a small handbook that needs sources',
    answers: {
      knowledgeNeed: 'private',
      knowledgeTokens: 60_000,
      knowledgeChange: 'yearly',
      knowledgeAccess: 'same-for-all',
      explanations: 'sources',
    },
    fires: 'R4 R5 D12',
  },
  {
    name: 'a handbook that not everybody may read',
    answers: { knowledgeNeed: 'private', knowledgeTokens: 60_000, knowledgeAccess: 'by-person' },
    fires: 'R5',
    not: 'R4',
  },
  {
    name: 'much traffic on a middling corpus',
    answers: {
      knowledgeNeed: 'shared',
      knowledgeTokens: 150_000,
      requestsPerDay: 4000,
      knowledgeChange: 'monthly',
      knowledgeAccess: 'same-for-all',
    },
    fires: 'R4 R5 R6',
  },
  { name: 'questions over the whole', answers: { ...helpDesk, questionScope: 'global' }, fires: 'R5 R7' },
  { name: 'questions over several places', answers: { ...helpDesk, questionScope: 'multi-hop' }, fires: 'R5 R7' },
  { name: 'questions in one place', answers: { ...helpDesk, questionScope: 'local' }, fires: 'R5', not: 'R7' },
  { name: 'training for facts', answers: { tuning: 'facts', labelledExamples: 5000 }, fires: 'R8 R10', not: 'R9 D9' },
  { name: 'training for style after a plateau', answers: trained, fires: 'R9 R10', not: 'R8 R11 D9' },
  {
    name: 'training while other tasks share the model',
    answers: { ...trained, otherTasks: 'yes' },
    fires: 'R9 R10 R11',
  },
  { name: 'training before a plateau', answers: { ...trained, promptTried: 'no' }, fires: 'R10 R32', not: 'R9' },
  { name: 'training on twenty rows', answers: { ...trained, labelledExamples: 20 }, fires: 'D9 R10 D16', not: 'R9' },
  {
    name: 'training on what changes each month',
    answers: { ...trained, knowledgeNeed: 'private', knowledgeChange: 'monthly' },
    fires: 'D10 R5 R9 R10',
  },
  {
    name: 'proven quality and much traffic',
    answers: { promptTried: 'good', requestsPerDay: 30_000 },
    fires: 'R12',
    not: 'R34 R32',
  },
  { name: 'sums', answers: { reasoning: 'maths', modelReasons: 'no' }, fires: 'R13', not: 'R14 R15' },
  { name: 'sums on a model that reasons', answers: { reasoning: 'maths', modelReasons: 'yes' }, fires: 'R13 R15' },
  {
    name: 'pulling facts out of text',
    answers: { task: 'extract', reasoning: 'pattern' },
    fires: 'R14',
    not: 'R13 R17',
  },
  {
    name: 'sorting that costs much when wrong',
    answers: { task: 'classify', checkable: 'votable', errorCost: 'high', latency: 'minute', judgeSensitivity: 0.95 },
    fires: 'R14 R16',
    not: 'R17 R35',
  },
  {
    name: 'free text that costs much when wrong',
    answers: { task: 'generate', checkable: 'no', errorCost: 'high', judgeSensitivity: 0.7 },
    fires: 'R17 R35',
    not: 'R16',
  },
  {
    name: 'costly errors and nobody knows how good the test is',
    answers: { errorCost: 'high', judgeSensitivity: 'unknown' },
    fires: 'R35',
  },
  {
    name: 'a puzzle with checkable steps',
    answers: { reasoning: 'symbolic', checkable: 'testable', requestsPerDay: 50 },
    fires: 'R13 R18 R34',
  },
  { name: 'wanting a tree of thoughts', answers: { wanted: 'tree-of-thought' }, fires: 'R19', not: 'R20' },
  { name: 'wanting the model to check itself', answers: { wanted: 'self-check' }, fires: 'R19 R20' },
  {
    name: 'strict fields after much thinking',
    answers: { formNeed: 'strict-format', reasoning: 'multi-step' },
    fires: 'R21',
  },
  {
    name: 'a fixed order of many steps on a small model',
    answers: { steps: 'many', stepOrder: 'in-order', modelClass: 'small' },
    fires: 'R22 D4 D18',
    not: 'R23 D5',
  },
  {
    name: 'steps that nobody knows before',
    answers: { steps: 'not-known', checkable: 'testable', reversible: 'yes' },
    fires: 'R23',
    not: 'R22 R26',
  },
  { name: 'one step', answers: { steps: 'one', modelClass: 'strong' }, fires: 'D5', not: 'R22 D4' },
  {
    name: 'many at once after one agent failed',
    answers: { parallelTasks: 'yes', promptTried: 'plateau' },
    fires: '',
    not: 'R24',
  },
  { name: 'many at once, untried', answers: { parallelTasks: 'yes', promptTried: 'no' }, fires: 'R24 R32' },
  {
    name: 'an agent with private data, foreign mail and a way out',
    answers: {
      autonomy: 'acts',
      tools: 'write',
      reversible: 'no',
      knowledgeNeed: 'private',
      untrustedContent: 'yes',
      outbound: 'yes',
    },
    fires: 'R25 R26 R27',
  },
  {
    name: 'the same, not knowing whether data can leave',
    answers: { personalData: 'contact', untrustedContent: 'yes', outbound: 'unknown' },
    fires: 'R25 D13',
  },
  {
    name: 'a small firm with a provider',
    answers: { deployment: 'api', residency: 'none', requestsPerDay: 100, teamOps: 'none', audience: 'internal' },
    fires: 'R28 R34 D6',
    not: 'R29 D7 D8 D15',
  },
  {
    name: 'a bank that may not send data out',
    answers: {
      deployment: 'self-hosted',
      residency: 'air-gap',
      personalData: 'sensitive',
      riskClass: 'high',
      errorCost: 'high',
      domainDepth: 'expert',
      expertHours: 0,
    },
    fires: 'R29 R35 D1 D2 D7 D13 D14',
    not: 'R28',
  },
  { name: 'a cloud in the region', answers: { deployment: 'cloud', residency: 'region' }, fires: 'R29 D8' },
  {
    name: 'what can wait, mixed and repeating',
    answers: { batchShare: 'most', difficulty: 'mixed', requestsPerDay: 20_000, repetition: 'yes' },
    fires: 'R30 R31 R33',
  },
  { name: 'experts with time', answers: { domainDepth: 'deep', expertHours: 6 }, fires: 'D2', not: 'D1' },
  {
    name: 'no two cases alike, in scans, from a partner',
    answers: { variability: 'high', dataFormat: 'documents', dataSource: 'external', labelledExamples: 10 },
    fires: 'D3 D16 D17',
  },
]
