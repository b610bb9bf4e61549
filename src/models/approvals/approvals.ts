/**
 * Approvals of models: asked for, reviewed by somebody else, in force until a day.
 *
 * Invariant: a model that is not approved for a use runs in the sandbox only; a rule that says FAIL cannot be approved
 * away, only the card or the rule itself can change.
 */
import type { ActorId } from '../../core/actor.ts'
import type { Manifest } from '../../core/manifest.ts'
import type { Stage } from '../../core/stage.ts'
import { type Digest, digestOf } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import { DAY, later } from '../../kernel/time.ts'
import { inTransaction } from '../../store/database.ts'
import { readOnly } from '../../store/remember.ts'
import type { CardField } from '../cards/index.ts'
import {
  type ApprovalScope,
  isInForce,
  isOfInstallation,
  type ModelApproval,
  type ModelApprovalId,
  standingOf,
  type Wanted,
  whyNotApproved,
} from './approval.ts'
import type { ApprovalRequest, ShownApproval } from './contract.ts'
import type { ApprovalsDeps } from './deps.ts'
import { fieldsOfDemand, judgeRules, type PolicyRule, type RuleFinding, type UseContext } from './rule.ts'
import { createRules } from './rules.ts'
import { addApproval, listApprovalRows, saveDecision, saveWithdrawal } from './store.ts'

/** A model of a release that may not go on, and why. */
export type Barred = { readonly model: string; readonly why: string }

export type Approvals = Awaited<ReturnType<typeof createApprovals>>

export async function createApprovals(deps: ApprovalsDeps) {
  const { db, clock, newId, organisation, record, publish, fieldsOf, remember = readOnly } = deps
  const rules = await createRules(deps)
  let approvals: ModelApproval[] = []
  await readApprovals()

  async function readApprovals(): Promise<void> {
    approvals = await remember('model-approvals', () => listApprovalRows(db, organisation))
  }
  async function reload(): Promise<void> {
    await rules.reload()
    await readApprovals()
  }

  const judgeFields = (fields: readonly CardField[], context: UseContext): RuleFinding[] =>
    judgeRules(rules.inForce(), fields, context, clock())
  const judge = (model: string, context: UseContext): RuleFinding[] => judgeFields(fieldsOf(model), context)
  const announce = ({ id }: ModelApproval) => {
    publish({ topic: 'model-approval', id, application: null })
    publish({ topic: 'model-card', id, application: null })
    publish({ topic: 'gate', id, application: null })
  }
  const find = (id: ModelApprovalId): ModelApproval => {
    const found = approvals.find((one) => one.id === id)
    if (found) return found
    throw new Failure('unknown', 'models.approval-unknown', `There is no approval ${id}.`)
  }

  /** The worst that each rule says of any combination that is asked for. */
  function judgeScope(
    model: string,
    { stages, uses, dataClasses, residency, aliasAccepted }: ApprovalScope,
  ): RuleFinding[] {
    const contexts = stages.flatMap((stage) =>
      uses.flatMap((use) => dataClasses.map((dataClass) => ({ stage, use, dataClass, residency, aliasAccepted }))),
    )
    const worst = new Map<string, RuleFinding>()
    for (const finding of contexts.flatMap((context) => judge(model, context))) {
      const before = worst.get(finding.rule)
      if (!before || BADNESS[finding.verdict] > BADNESS[before.verdict]) worst.set(finding.rule, finding)
    }
    return [...worst.values()]
  }

  /** The models of a release that may not be used so, by approval and by the rules of today. */
  function barred(manifest: Manifest, wanted: Wanted & Pick<UseContext, 'residency'>): Barred[] {
    const now = clock()
    return remoteModels(manifest).flatMap((model): Barred[] => {
      const why = whyNotApproved(model, wanted, approvals, now)
      if (why !== undefined) return [{ model, why }]
      const aliasAccepted = approvals.some((one) => one.model === model && one.aliasAccepted && isInForce(one, now))
      const failed = judge(model, { ...wanted, aliasAccepted }).filter(({ verdict }) => verdict === 'FAIL')
      return failed.map(({ title, reason }) => ({ model, why: `${model}: ${title}. ${reason}` }))
    })
  }

  return {
    reload,
    rules,
    judge,
    /** The same of fields that are at hand, for many models at once. */
    judgeFields,
    barred,
    get: find,
    /** Beside what was asked and decided. */
    shown: (approval: ModelApproval): ShownApproval => ({
      ...approval,
      obligations: deps.obligationsOf(approval.model),
      lineage: deps.lineageOf(approval.model),
    }),
    standingOf: (model: string) => standingOf(model, approvals, clock()),
    /** For every request: why a model may not be asked from a stage; undefined when it may. From memory. */
    whyNot: (model: string, stage: Stage): string | undefined => whyNotApproved(model, { stage }, approvals, clock()),

    /** The models of a release that were trained here, with what is missing in their lineage. */
    lineagesOf: (manifest: Manifest): { model: string; missing: readonly string[] }[] =>
      remoteModels(manifest).flatMap((model) => {
        const lineage = deps.lineageOf(model)
        return lineage ? [{ model, missing: lineage.missing }] : []
      }),

    /** Stands for the terms under which the models of a release may be used; undefined when none needs an approval. */
    termsOf(manifest: Manifest): Digest | undefined {
      const now = clock()
      const models = remoteModels(manifest)
      if (models.length === 0) return undefined
      return digestOf({
        rules: rules.inForce(),
        models: models.map((model) => ({
          model,
          // Of other models nothing changes, nor of what was recorded before there were training runs.
          ...(deps.lineageOf(model) && { lineage: deps.lineageOf(model)?.missing }),
          approvals: approvals.filter((one) => one.model === model && isInForce(one, now)).map(({ id }) => id),
          facts: factsRead(fieldsOf(model), rules.inForce()),
        })),
      })
    },

    list(
      { model, state }: { model?: string | undefined; state?: ModelApproval['state'] | undefined },
      { cursor, limit }: { cursor?: string | undefined; limit: number },
    ): ModelApproval[] {
      return approvals
        .filter((one) => (model === undefined || one.model === model) && (state === undefined || one.state === state))
        .filter(({ id }) => cursor === undefined || id < cursor)
        .slice(0, limit)
    },

    async request({ days, ...ask }: ApprovalRequest, by: ActorId): Promise<ModelApproval> {
      if (isOfInstallation(ask.model))
        throw new Failure(
          'conflict',
          'models.approval-needless',
          `${ask.model} is part of this program and needs no approval.`,
        )
      const open = approvals.find(({ model, state }) => model === ask.model && state === 'requested')
      if (open)
        throw new Failure(
          'conflict',
          'models.approval-open',
          `An approval of ${ask.model} is asked for already (${open.id}). Have it decided, or withdraw it.`,
        )
      const now = clock()
      const approval: ModelApproval = {
        ...ask,
        id: newId('map'),
        organisation,
        state: 'requested',
        requestedBy: by,
        requestedAt: now,
        until: later(now, days * DAY),
        findings: judgeScope(ask.model, ask),
        decidedBy: null,
        decidedAt: null,
        decisionReason: null,
        withdrawnBy: null,
        withdrawnAt: null,
        withdrawalReason: null,
      }
      await inTransaction(db, async (tx) => {
        await addApproval(tx, approval)
        const { stages, dataClasses, uses, reason, until } = approval
        const detail = { approval: approval.id, stages, dataClasses, uses, reason, until }
        await record(tx, { actor: by, action: 'models.approval-request', subject: ask.model, detail })
      })
      await readApprovals()
      announce(approval)
      return approval
    },

    async decide(
      id: ModelApprovalId,
      { decision, reason }: { decision: 'approve' | 'refuse'; reason: string },
      by: ActorId,
    ): Promise<ModelApproval> {
      const asked = find(id)
      if (asked.requestedBy === by)
        throw new Failure(
          'forbidden',
          'models.approval-own-request',
          'Who asks for a model does not approve it. Ask another person who may waive.',
        )
      const findings = judgeScope(asked.model, asked)
      if (decision === 'approve') demandPassed(asked.model, findings)
      const decided = await inTransaction(db, async (tx) => {
        const state = decision === 'approve' ? ('approved' as const) : ('refused' as const)
        const row = await saveDecision(tx, id, {
          state,
          decidedBy: by,
          decidedAt: clock(),
          decisionReason: reason,
          findings,
        })
        if (!row)
          throw new Failure('conflict', 'models.approval-decided', 'This was decided or withdrawn already; ask anew.')
        const detail = { approval: id, state, reason, until: row.until }
        await record(tx, { actor: by, action: 'models.approval-decide', subject: row.model, detail })
        return row
      })
      await readApprovals()
      announce(decided)
      return decided
    },

    async withdraw(id: ModelApprovalId, reason: string, by: ActorId): Promise<ModelApproval> {
      find(id)
      const withdrawn = await inTransaction(db, async (tx) => {
        const row = await saveWithdrawal(tx, id, { withdrawnBy: by, withdrawnAt: clock(), withdrawalReason: reason })
        if (!row)
          throw new Failure('conflict', 'models.approval-ended', 'This approval was refused or withdrawn already.')
        await record(tx, {
          actor: by,
          action: 'models.approval-withdraw',
          subject: row.model,
          detail: { approval: id, reason },
        })
        return row
      })
      await readApprovals()
      announce(withdrawn)
      return withdrawn
    },
  }
}

const BADNESS = { NOT_APPLICABLE: 0, PASS: 1, WARN: 2, FAIL: 3 } as const

function demandPassed(model: string, findings: readonly RuleFinding[]): void {
  const failed = findings.filter(({ verdict }) => verdict === 'FAIL')
  if (failed.length === 0) return
  throw new Failure(
    'conflict',
    'models.rules-forbid',
    `${model} cannot be approved for this: ${failed.map(({ title, reason }) => `${title}: ${reason}`).join(' ')}`,
    {
      problems: failed.map(({ rule, title, reason, remedy }) => ({
        field: rule,
        message: `${title}: ${reason}`,
        ...(remedy !== null && { remedy }),
      })),
    },
  )
}

/** Each model of a manifest that does not live in this program, once. */
export const remoteModels = ({ models }: Pick<Manifest, 'models'>): string[] =>
  [...new Set(models.map(({ model }) => model))].filter((model) => !isOfInstallation(model)).sort()

/** Values of what the rules look at, without sources and dates: reading the same again changes nothing. */
function factsRead(fields: readonly CardField[], rules: readonly PolicyRule[]): Record<string, unknown> {
  const names = new Set(rules.filter(({ enabled }) => enabled).flatMap(({ demands }) => fieldsOfDemand(demands)))
  return Object.fromEntries(fields.flatMap(({ name, value }) => (names.has(name) ? [[name, value]] : [])))
}
