/** Training is made before what it asks, which it asks at requests alone. */
import type { Delivery } from '../delivery/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import { createTraining, type EvidenceDoor, type TrainingDeps } from '../governance/index.ts'
import { evidenceDoor } from './evidence-door.ts'

type Late = () => { readonly delivery: Delivery; readonly evidence: EvidenceLog }

export const wireTraining = ({
  late,
  ...deps
}: Omit<TrainingDeps, keyof EvidenceDoor | 'documentsOf' | 'applications'> & { late: Late }) =>
  createTraining({
    ...deps,
    ...evidenceDoor(late),
    documentsOf: async (name) => (await late().delivery.getApplication(name)).documents,
    applications: () => late().delivery.applications.all(),
  })
