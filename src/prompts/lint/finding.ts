/** What lint says: a stable code, how much it matters, where it stands and what to do. */
import { z } from 'zod'

export const LINT_CODES = [
  'key-unknown',
  'model-unused',
  'schema-unusable',
  'template-unusable',
  'role-missing',
  'format-missing',
  'examples-missing',
  'placeholder-unused',
  'placeholder-undeclared',
  'placeholder-unfilled',
  'passages-unnumbered',
  'role-bare',
  'input-injectable',
  'over-context',
  'overlong',
  'repeated',
  'contradictory',
  'schema-contradiction',
] as const
export const LintCode = z.enum(LINT_CODES)
export type LintCode = z.infer<typeof LintCode>

/** error: it will go wrong when it runs · warning: it is likely to · advice: it often helps. */
export const Severity = z.enum(['error', 'warning', 'advice'])
export type Severity = z.infer<typeof Severity>

export const LintFinding = z.object({
  code: LintCode,
  severity: Severity,
  prompt: z.string(),
  /** Path in the blueprint. */
  file: z.string(),
  /** 1-based; absent for what is not there. */
  line: z.number().int().optional(),
  field: z.string(),
  message: z.string(),
  remedy: z.string(),
})
export type LintFinding = z.infer<typeof LintFinding>

/** As a rule gives it; `at` is the text that it is about, for its line. */
export type Found = Pick<LintFinding, 'code' | 'severity' | 'field' | 'message' | 'remedy'> & { readonly at?: string }
