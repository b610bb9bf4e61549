/**
 * A gate decides whether a release may enter a stage.
 *
 * Gates measure nothing: others record evidence, and `judge` compares. Evidence counts for a release
 * when every digest that it depends on is among the release's parts; so changing a prompt makes stale
 * exactly what depended on that prompt. Silence is no pass: a missing or stale answer holds the gate.
 *
 * Invariant: `judge` is pure and total; the same snapshot gives the same decision.
 */
import { digestOf } from '../kernel/digest.ts'
import { age, DAY, type Instant } from '../kernel/time.ts'
import type { Check, Gate, Requirement } from './check.ts'
import { type Evidence, type Fact, isTrustedAtLeast } from './evidence.ts'
import type { Part } from './manifest.ts'
import { type Finding, type GateDecision, opens, type Verdict, type Waiver } from './verdict.ts'

/** Rules that hold for this release, from `Check.notApplicableWhen`. */
export type Rules = Readonly<Record<NonNullable<Check['notApplicableWhen']>, boolean>>

export type Snapshot = {
  readonly gate: Gate
  /** Parts of the release and documents of the application, as they stand. */
  readonly parts: readonly Part[]
  /** All evidence of the application, in any order. */
  readonly evidence: readonly Evidence[]
  readonly waivers: readonly Waiver[]
  readonly rules: Rules
}

export function judge(snapshot: Snapshot, now: Instant): GateDecision {
  const findings = snapshot.gate.checks.map((check) => withWaiver(answer(check, snapshot, now), snapshot.waivers, now))
  return {
    decision: findings.every(({ verdict }) => opens(verdict)) ? 'open' : 'held',
    into: snapshot.gate.into,
    findings,
    catalogue: { ...snapshot.gate.catalogue },
    snapshotDigest: digestOf({
      gate: snapshot.gate,
      parts: snapshot.parts,
      evidence: snapshot.evidence.map(({ id }) => id).sort(),
      waivers: snapshot.waivers.map(({ id, state, until }) => ({ id, state, until })),
      rules: snapshot.rules,
    }),
    at: now,
  }
}

/** Why evidence does not hold for these parts: the inputs that changed or vanished. Empty when it holds. */
export const changedInputs = (evidence: Pick<Evidence, 'inputs'>, parts: readonly Part[]): Part[] =>
  evidence.inputs.filter(
    (input) =>
      !parts.some((part) => part.kind === input.kind && part.name === input.name && part.digest === input.digest),
  )

type Answer = { verdict: Verdict; why: string[]; wouldPassIf: string[]; evidence: Evidence | undefined }

function answer(check: Check, snapshot: Snapshot, now: Instant): Finding {
  const found = weigh(check, snapshot, now)
  return {
    check: check.id,
    title: check.title,
    pillar: check.pillar,
    verdict: found.verdict,
    why: found.why,
    evidence: found.evidence?.id ?? null,
    trust: found.evidence?.trust ?? null,
    inputs: found.evidence?.inputs ?? [],
    wouldPassIf: found.wouldPassIf,
    waived: null,
    effort: check.effort,
  }
}

function weigh(check: Check, { parts, evidence, rules }: Snapshot, now: Instant): Answer {
  if (check.notApplicableWhen && rules[check.notApplicableWhen])
    return {
      verdict: 'NOT_APPLICABLE',
      why: [RULE_WORDS[check.notApplicableWhen]],
      wouldPassIf: [],
      evidence: undefined,
    }

  const all = evidence.filter((piece) => piece.check === check.id)
  const trusted = all.filter((piece) => isTrustedAtLeast(piece.trust, check.minimumTrust))
  const fitting = newest(trusted.filter((piece) => changedInputs(piece, parts).length === 0))
  if (fitting) return old(check, fitting, now) ?? compare(check, fitting)

  const stale = newest(trusted)
  if (stale)
    return {
      verdict: 'STALE',
      why: changedInputs(stale, parts).map((part) => changeInWords(part, parts)),
      wouldPassIf: [check.howto],
      evidence: stale,
    }
  const why =
    all.length > 0
      ? `There is only ${all[0]?.trust} evidence, and this check needs ${check.minimumTrust}.`
      : 'Nothing is recorded for this check.'
  return { verdict: 'MISSING', why: [why], wouldPassIf: [check.howto], evidence: undefined }
}

const RULE_WORDS: Record<NonNullable<Check['notApplicableWhen']>, string> = {
  'release-is-baseline': 'This release is the named baseline itself, so it cannot fail to beat it.',
  'no-release-before': 'There is no earlier release in this stage to compare with.',
  'no-datasets': 'The application has neither datasets nor documents.',
}

const newest = (pieces: readonly Evidence[]): Evidence | undefined =>
  pieces.reduce<Evidence | undefined>(
    (best, piece) => (best && (best.at > piece.at || (best.at === piece.at && best.id > piece.id)) ? best : piece),
    undefined,
  )

function old(check: Check, evidence: Evidence, now: Instant): Answer | undefined {
  if (check.maxAgeDays === null || age(evidence.at, now) <= check.maxAgeDays * DAY) return undefined
  const days = Math.floor(age(evidence.at, now) / DAY)
  return {
    verdict: 'STALE',
    why: [`The evidence is ${days} days old; this check accepts ${check.maxAgeDays}.`],
    wouldPassIf: [check.howto],
    evidence,
  }
}

function changeInWords(input: Part, parts: readonly Part[]): string {
  const there = parts.some((part) => part.kind === input.kind && part.name === input.name)
  return there
    ? `The ${input.kind} ${input.name} has changed since.`
    : `The ${input.kind} ${input.name} is no longer there.`
}

function compare(check: Check, evidence: Evidence): Answer {
  const failed = check.requires.filter((requirement) => !holds(requirement, evidence.facts[requirement.fact]))
  if (failed.length === 0) return { verdict: 'PASS', why: [evidence.summary], wouldPassIf: [], evidence }
  // What was measured without being able to decide outweighs what it seems to say.
  const verdict = failed.some(({ fact, otherwise }) => otherwise === 'INCONCLUSIVE' || isMissing(evidence.facts[fact]))
    ? 'INCONCLUSIVE'
    : 'FAIL'
  return {
    verdict,
    why: [
      evidence.summary,
      ...failed.map(
        (requirement) =>
          `${sentence(requirement.label)}: ${shown(requirement, evidence.facts[requirement.fact])}, needed ${wanted(requirement)}.`,
      ),
    ],
    wouldPassIf: failed.map((requirement) => `${requirement.label}: ${wanted(requirement)}`),
    evidence,
  }
}

const isMissing = (fact: Fact | undefined): boolean => fact === undefined || fact.value === null

function holds(requirement: Requirement, fact: Fact | undefined): boolean {
  if (!fact || fact.value === null) return false
  if (requirement.equals !== undefined) return fact.value === requirement.equals
  const value = compared(requirement, fact)
  if (typeof value !== 'number' || Number.isNaN(value)) return false
  if (requirement.atLeast !== undefined && value < requirement.atLeast) return false
  if (requirement.atMost !== undefined && value > requirement.atMost) return false
  return requirement.above === undefined || value > requirement.above
}

const compared = ({ bound }: Requirement, fact: Fact): unknown =>
  bound === 'value' ? fact.value : fact.interval?.[bound]

function shown(requirement: Requirement, fact: Fact | undefined): string {
  if (!fact || fact.value === null) return 'not known'
  const value = compared(requirement, fact)
  const text = typeof value === 'number' ? String(Math.round(value * 10_000) / 10_000) : inWords(value)
  return fact.n === undefined ? text : `${text} (n ${fact.n})`
}

const inWords = (value: unknown): string => (value === true ? 'yes' : value === false ? 'no' : String(value))

function wanted({ atLeast, atMost, above, equals }: Requirement): string {
  if (equals !== undefined) return inWords(equals)
  if (above !== undefined) return `above ${above}`
  if (atLeast !== undefined && atMost !== undefined) return `from ${atLeast} to ${atMost}`
  return atLeast !== undefined ? `at least ${atLeast}` : `at most ${atMost}`
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function withWaiver(finding: Finding, waivers: readonly Waiver[], now: Instant): Finding {
  if (opens(finding.verdict)) return finding
  const waiver = waivers.find(
    ({ check, state, until }) => check === finding.check && state === 'granted' && until > now,
  )
  if (!waiver) return finding
  return {
    ...finding,
    verdict: 'WAIVED',
    waived: { waiver: waiver.id, instead: finding.verdict, until: waiver.until },
    why: [
      `Waived until ${waiver.until} by ${waiver.decidedBy}: ${waiver.reason} It would be ${finding.verdict}: ${finding.why.join(' ')}`,
    ],
  }
}
