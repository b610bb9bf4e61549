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
import { type Applicability, ruleFor } from './applicability.ts'
import type { Challenge } from './challenge.ts'
import { type Check, type Gate, PILLARS, type Pillar } from './check.ts'
import { enforcementOf } from './enforcement.ts'
import { type Evidence, isTrustedAtLeast } from './evidence.ts'
import { holdFor, inOrder, presentParts, type Reading, readingOf } from './gate-reading.ts'
import type { Part } from './manifest.ts'
import { snapshotDigest } from './snapshot-digest.ts'
import { type Finding, type GateDecision, holdsBack, opens, type Verdict, type Waiver } from './verdict.ts'
import { compare, requiredIn, weighed } from './weighing.ts'

export type Snapshot = {
  readonly gate: Gate
  /** Parts of the release and documents of the application, as they stand. */
  readonly parts: readonly Part[]
  /** All evidence of the application, in any order. */
  readonly evidence: readonly Evidence[]
  readonly waivers: readonly Waiver[]
  readonly challenges: readonly Challenge[]
  readonly applicability: Applicability
  /** When the application first had a release in the stage; null when it never had. */
  readonly inStageSince: Instant | null
}

export function judge(snapshot: Snapshot, now: Instant): GateDecision {
  const { gate, applicability } = snapshot
  const reading = readingOf({ ...snapshot, checks: gate.checks })
  const { part, ...found } = findingsOf(snapshot, reading, now)
  return {
    ...found,
    into: gate.into,
    tier: applicability.tier,
    verdictsDigest: part.digest,
    catalogue: { ...gate.catalogue },
    snapshotDigest: snapshotDigest(
      { gate, evidence: inOrder(reading.read) },
      {
        parts: snapshot.parts,
        waivers: snapshot.waivers.map(({ id, state, until }) => ({ id, state, until })),
        challenges: snapshot.challenges.map(({ id, state }) => ({ id, state })),
        applicability,
        inStageSince: snapshot.inStageSince,
      },
    ),
    at: now,
  }
}

export type GateLook = Pick<GateDecision, 'into' | 'decision' | 'findings'>

/** What `judge` says, without the digest that a decision is kept under: for whoever only shows how a gate stands. */
export function lookAt(snapshot: Snapshot, now: Instant): GateLook {
  const { decision, findings } = findingsOf(snapshot, readingOf({ ...snapshot, checks: snapshot.gate.checks }), now)
  return { into: snapshot.gate.into, decision, findings }
}

function findingsOf(snapshot: Snapshot, reading: Reading, now: Instant) {
  const { gate } = snapshot
  const judged = (checks: readonly Check[], parts: readonly Part[]) =>
    checks.map((check) => withWaiver(finding(check, { ...snapshot, parts }, reading, now), snapshot.waivers, now))
  const first = judged(
    gate.checks.filter((check) => !isBoundToGate(check)),
    snapshot.parts,
  )
  const part = gatePart(gate.into, first)
  const last = judged(gate.checks.filter(isBoundToGate), [...snapshot.parts, part])
  const byCheck = new Map([...first, ...last].map((one) => [one.check, one]))
  const findings = gate.checks.flatMap(({ id }) => byCheck.get(id) ?? [])
  const neverVisited = gate.into === 'production' ? unvisited(findings) : []
  const decision: GateDecision['decision'] = findings.some(holdsBack) || neverVisited.length > 0 ? 'held' : 'open'
  return { decision, findings, neverVisited, part }
}

/** What an approval is bound to beside the release: every other verdict, so that any change asks for it again. */
export const gatePart = (into: string, findings: readonly Pick<Finding, 'check' | 'verdict'>[]): Part => ({
  kind: 'gate',
  name: into,
  digest: digestOf(findings.map(({ check, verdict }) => [check, verdict])),
})

/** Why evidence does not hold for these parts: the inputs that changed or vanished. Empty when it holds. */
export const changedInputs = (evidence: Pick<Evidence, 'inputs'>, parts: readonly Part[]): Part[] =>
  evidence.inputs.filter(
    (input) =>
      !parts.some((part) => part.kind === input.kind && part.name === input.name && part.digest === input.digest),
  )

/** Pillars in which nothing was ever recorded that counts, though something is asked. */
const unvisited = (findings: readonly Finding[]): Pillar[] =>
  PILLARS.filter((pillar) => !findings.some((one) => one.pillar === pillar && one.evidence !== null))

type Answer = { verdict: Verdict; why: string[]; wouldPassIf: string[]; evidence: Evidence | undefined; runs?: number }

function finding(check: Check, snapshot: Snapshot, reading: Reading, now: Instant): Finding {
  const { applicability, gate, inStageSince } = snapshot
  const rule = ruleFor(check, applicability)
  const found: Answer =
    rule?.effect === 'removes'
      ? { verdict: 'NOT_APPLICABLE', why: [rule.words], wouldPassIf: [], evidence: undefined }
      : weigh(check, snapshot, reading, now)
  return {
    check: check.id,
    title: check.title,
    pillar: check.pillar,
    verdict: found.verdict,
    why: found.why,
    evidence: found.evidence?.id ?? null,
    trust: found.evidence?.trust ?? null,
    inputs: found.evidence?.inputs ?? [],
    runs: found.runs ?? 0,
    wouldPassIf: found.wouldPassIf,
    waived: null,
    rule,
    enforcement: enforcementOf(check, { now, inStageSince, graceDays: gate.graceDays }),
    effort: check.effort,
  }
}

function weigh(check: Check, { parts, applicability }: Snapshot, reading: Reading, now: Instant): Answer {
  const all = reading.byCheck.get(check.id) ?? []
  const present = isBoundToGate(check) ? presentParts(parts) : reading.present
  const fitting: Evidence[] = []
  let [newest, stale]: (Evidence | undefined)[] = []
  for (const piece of all) {
    if (!isTrustedAtLeast(piece.trust, check.minimumTrust)) continue
    if (holdFor(piece.inputs, present)) {
      fitting.push(piece)
      newest = newer(piece, newest)
    } else stale = newer(piece, stale)
  }
  if (newest) {
    const answer = old(check, newest, now) ??
      doubted(newest, reading) ??
      unconfirmed(check, { newest, fitting, applicability }) ?? {
        ...compare(requiredIn(check, applicability), newest),
        evidence: newest,
      }
    return { ...answer, runs: fitting.length }
  }

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

const newer = (a: Evidence, b: Evidence | undefined): Evidence =>
  !b || a.at > b.at || (a.at === b.at && a.id > b.id) ? a : b

const isBoundToGate = ({ boundTo }: Check): boolean => boundTo.includes('gate')

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

function doubted(evidence: Evidence, { doubted: open }: Reading): Answer | undefined {
  const challenge = open.get(evidence.id)
  return (
    challenge && {
      verdict: 'INCONCLUSIVE',
      why: [`Its evidence is in doubt: ${challenge.reason}`, evidence.summary],
      wouldPassIf: [`the challenge ${challenge.id} is answered, or other evidence is recorded`],
      evidence,
    }
  )
}

/**
 * A repetition after a FAIL on the same inputs counts only when it is the enlargement that the check declares. Else
 * whoever asks often enough would get the answer that they like.
 */
function unconfirmed(
  check: Check,
  { newest, fitting, applicability }: { newest: Evidence; fitting: readonly Evidence[]; applicability: Applicability },
): Answer | undefined {
  const { confirmedBy } = check
  if (!confirmedBy) return undefined
  const requires = requiredIn(check, applicability)
  let failed: Evidence | undefined
  for (const piece of fitting)
    if (piece !== newest && weighed(requires, piece) === 'FAIL' && sameInputs(piece, newest))
      failed = newer(piece, failed)
  if (!failed) return undefined
  const [before, after] = [failed, newest].map((piece) => piece.facts[confirmedBy.fact]?.value)
  if (typeof before === 'number' && typeof after === 'number' && after >= before * confirmedBy.factor) return undefined
  const { why } = compare(requires, failed)
  return {
    verdict: 'FAIL',
    why: [
      `It failed on the same inputs, and a repetition counts only with at least ${confirmedBy.factor} times the ${confirmedBy.fact} (${before}, then ${after}).`,
      ...why,
    ],
    wouldPassIf: [
      `the release is changed, or it is measured with at least ${Number(before) * confirmedBy.factor} ${confirmedBy.fact}`,
    ],
    evidence: failed,
  }
}

const sameInputs = (a: Evidence, b: Evidence): boolean =>
  a.inputs.length === b.inputs.length && changedInputs(a, b.inputs).length === 0

/** Why an input does not hold any more. */
export function changeInWords(input: Part, parts: readonly Part[]): string {
  if (input.kind === 'gate') return `Another verdict of the gate into ${input.name} has changed since.`
  const there = parts.some((part) => part.kind === input.kind && part.name === input.name)
  return there
    ? `The ${input.kind} ${input.name} has changed since.`
    : `The ${input.kind} ${input.name} is no longer there.`
}

function withWaiver(finding: Finding, waivers: readonly Waiver[], now: Instant): Finding {
  if (opens(finding.verdict)) return finding
  // One that was renewed early has a follower: the one that lasts longest is shown.
  const waiver = waivers
    .filter(({ check, state, until }) => check === finding.check && state === 'granted' && until > now)
    .reduce<Waiver | undefined>((last, one) => (last && last.until >= one.until ? last : one), undefined)
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
