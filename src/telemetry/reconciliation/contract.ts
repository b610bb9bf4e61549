/** Our records beside a provider's own export of usage or costs. */
import { z } from 'zod'
import { MicroUsd } from '../../kernel/money.ts'
import { route } from '../../wire/route.ts'

export const ExportFormat = z.enum([
  'openai-usage-json',
  'openai-usage-csv',
  'openai-costs-json',
  'openai-costs-csv',
  'anthropic-usage-json',
  'anthropic-usage-csv',
  'anthropic-costs-json',
  'anthropic-costs-csv',
])
export type ExportFormat = z.infer<typeof ExportFormat>

/** What one side knows of a day and a model; null where it does not say. */
export const Reckoned = z.object({
  requests: z.number().int().nullable(),
  inputTokens: z.number().int().nullable(),
  outputTokens: z.number().int().nullable(),
  costMicroUsd: MicroUsd.nullable(),
})
export type Reckoned = z.infer<typeof Reckoned>

/**
 * agrees · differs: beyond the tolerance · missing-here: the provider knows what we do not · missing-there: we know what
 * the provider does not · not-by-model: the export does not say which model, so that nothing can be set beside it.
 */
export const ReconciliationFinding = z.enum(['agrees', 'differs', 'missing-here', 'missing-there', 'not-by-model'])
export type ReconciliationFinding = z.infer<typeof ReconciliationFinding>

export const ReconciledRow = z.object({
  /** Of UTC. */
  day: z.string(),
  /** Without the date of a snapshot, as one side may leave it out; null for all models together. */
  model: z.string().nullable(),
  ours: Reckoned.nullable(),
  theirs: Reckoned.nullable(),
  finding: ReconciliationFinding,
  /** What is beyond the tolerance. */
  differs: z.array(z.enum(['inputTokens', 'outputTokens', 'costMicroUsd'])),
  /** Of our requests: counted by ourselves, as the provider did not say (answers that broke off). */
  estimated: z.number().int(),
  /** Of our requests: without a known price, in no sum of ours. */
  unpriced: z.number().int(),
})
export type ReconciledRow = z.infer<typeof ReconciledRow>

export const Reconciliation = z.object({
  /** True when every row agrees. */
  agrees: z.boolean(),
  format: ExportFormat,
  /** Whose requests of ours were counted. */
  provider: z.string(),
  since: z.string(),
  /** The last day of the export. */
  until: z.string(),
  /** Which column or field each figure was taken from. */
  taken: z.array(z.object({ figure: z.string(), from: z.string() })),
  tolerance: z.object({ tokens: z.number(), money: z.number() }),
  total: z.object({ ours: Reckoned, theirs: Reckoned }),
  items: z.array(ReconciledRow),
  /** What a reader should know before believing a difference. */
  notes: z.array(z.string()),
})
export type Reconciliation = z.infer<typeof Reconciliation>

const MOST_BYTES = 32 * 1024 * 1024
const share = z.number().min(0).max(1)

export const reconcileUsage = route({
  name: 'reconcileUsage',
  method: 'POST',
  path: '/api/v1/usage/reconciliations',
  summary: "Compare our records with a provider's export of usage or costs, by day and model; nothing is kept",
  permission: 'view',
  maxBodyBytes: MOST_BYTES,
  example: {
    content:
      'usage_date_utc,model_version,usage_input_tokens_no_cache,usage_output_tokens\n2026-11-20,claude-haiku-4-5-20251001,1200,300\n',
  },
  body: z.strictObject({
    /** The file as it is: JSON of the usage or costs API of OpenAI or Anthropic, or CSV of their consoles. */
    content: z.string().min(1).max(MOST_BYTES),
    /** Whose requests of ours are meant, when the provider has another name here than its own. */
    provider: z
      .string()
      .regex(/^[a-z0-9-]{1,63}$/)
      .optional(),
    /** Shares up to which figures agree: 0.001 for tokens and 0.01 for money when not said. */
    tolerance: z.strictObject({ tokens: share.default(0.001), money: share.default(0.01) }).optional(),
  }),
  returns: { 200: Reconciliation },
})
