/** Approvals of a release for its dossier, with every signature and every view against it. */
import type { DossierSection } from '../../core/dossier.ts'
import type { Approvals } from './approvals.ts'

export const approvalSection = (approvals: Pick<Approvals, 'ofRelease'>): DossierSection => ({
  name: 'approvals',
  title: 'Approvals, with signatures and what spoke against them',
  async read({ id }) {
    const items = await approvals.ofRelease(id)
    return items.toReversed().map(({ yours: _, ...approval }) => ({
      name: approval.id,
      title: `Into ${approval.into}: ${approval.state}`,
      body: approval,
    }))
  },
})
