/** Cards and approvals of models, and what delivery and the gateway ask of them. */
import type { Access } from '../access/index.ts'
import type { Application } from '../core/application.ts'
import type { Manifest } from '../core/manifest.ts'
import type { Stage } from '../core/stage.ts'
import { Failure } from '../kernel/failure.ts'
import type { NewId } from '../kernel/ids.ts'
import {
  type Approvals,
  approvalProducer,
  approvalsHttp,
  type Cards,
  cardsHttp,
  createApprovals,
  createCards,
  type Models,
  modelsHttp,
  termsPart,
  wantedBy,
} from '../models/index.ts'
import type { Caller } from '../wire/caller.ts'
import { whyUnpricedOf } from './unpriced.ts'

type Common = Omit<Parameters<typeof createCards>[0], 'models' | 'approvalOf'>

export async function wireModelRegistry(
  deps: Common & { newId: NewId; access: Pick<Access, 'limits'>; models: Models; modelRules: unknown },
) {
  const { models } = deps
  // Each asks the other, at requests and not while they are made.
  const late: { approvals?: Approvals; cards?: Cards } = {}
  const approvals = await createApprovals({
    ...deps,
    pack: deps.modelRules,
    fieldsOf: (model) => late.cards?.fieldsOf(model) ?? [],
  })
  const cards = await createCards({ ...deps, models, approvalOf: approvals.standingOf })
  late.cards = cards
  return {
    http: [...modelsHttp(models), ...cardsHttp(cards), ...approvalsHttp(approvals)],
    producer: approvalProducer(approvals),
    forGateway: {
      /** A key beyond the sandbox reaches approved models alone. */
      whyUnapproved: (model: string, { stage = 'sandbox' }: Pick<Caller, 'stage'>) => approvals.whyNot(model, stage),
      /** Where money is capped, what nobody knows the price of is refused. */
      whyUnpriced: whyUnpricedOf(deps),
    },
    forDelivery: {
      partsBeside: (manifest: Manifest) => termsPart(approvals, manifest),
      /** Throws `models.not-approved` for a release whose models may not be used in the stage. */
      demandApproved(manifest: Manifest, { documents }: Pick<Application, 'documents'>, into: Stage): void {
        const barred = approvals.barred(manifest, wantedBy(documents.profile?.value, into))
        if (barred.length === 0) return
        throw new Failure(
          'conflict',
          'models.not-approved',
          `${barred.map(({ why }) => why).join(' ')} Ask for an approval: \`airworthy models request\`, or choose an approved model and freeze again.`,
          { problems: barred.map(({ model, why }) => ({ field: `models.${model}`, message: why })) },
        )
      },
    },
    /** Reads again what another process wrote. */
    async reload(): Promise<void> {
      await cards.reload()
      await approvals.reload()
    },
  }
}
