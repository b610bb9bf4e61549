/** The tables of all slices, in the order in which they are made. */
import { accessMigrations } from '../access/index.ts'
import { apiMigrations } from '../api/index.ts'
import { dataQualityMigrations, findingsMigrations, harmMigrations } from '../assurance/index.ts'
import { approvalMigrations as deliveryApprovalMigrations, deliveryMigrations } from '../delivery/index.ts'
import {
  annotationMigrations,
  answersMigrations,
  datasetsMigrations,
  evalsMigrations,
  inBatchesMigrations,
  judgesMigrations,
  outsideMigrations,
  studiesMigrations,
  triageMigrations,
} from '../evals/index.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import {
  advisorMigrations,
  alertMigrations,
  dataMigrations,
  documentMigrations,
  ideaMigrations,
  incidentMigrations,
  kpiEventMigrations,
  maturityMigrations,
  mitigationMigrations,
  planMigrations,
  policyMigrations,
  remarkMigrations,
  testPageMigrations,
  trainingMigrations,
  trialMigrations,
  upkeepMigrations,
  workspaceMigrations,
} from '../governance/index.ts'
import { guardrailsMigrations } from '../guardrails/index.ts'
import { mailMigrations } from '../mail/index.ts'
import {
  advisoryMigrations,
  approvalMigrations,
  cardMigrations,
  modelsMigrations,
  roundMigrations,
  shortlistMigrations,
  trainingRunMigrations,
  watchMigrations,
  weightsMigrations,
} from '../models/index.ts'
import { oversightMigrations } from '../oversight/index.ts'
import { privacyMigrations } from '../privacy/index.ts'
import { promptsMigrations } from '../prompts/index.ts'
import { telemetryMigrations } from '../telemetry/index.ts'
import { webhooksMigrations } from '../webhooks/index.ts'

export const migrations = [
  accessMigrations,
  evidenceMigrations,
  modelsMigrations,
  guardrailsMigrations,
  cardMigrations,
  approvalMigrations,
  weightsMigrations,
  trainingRunMigrations,
  advisoryMigrations,
  shortlistMigrations,
  roundMigrations,
  watchMigrations,
  promptsMigrations,
  telemetryMigrations,
  evalsMigrations,
  datasetsMigrations,
  dataQualityMigrations,
  answersMigrations,
  inBatchesMigrations,
  triageMigrations,
  annotationMigrations,
  judgesMigrations,
  studiesMigrations,
  outsideMigrations,
  trainingMigrations,
  deliveryMigrations,
  deliveryApprovalMigrations,
  findingsMigrations,
  harmMigrations,
  apiMigrations,
  webhooksMigrations,
  privacyMigrations,
  documentMigrations,
  advisorMigrations,
  planMigrations,
  ideaMigrations,
  oversightMigrations,
  dataMigrations,
  policyMigrations,
  mailMigrations,
  incidentMigrations,
  trialMigrations,
  upkeepMigrations,
  mitigationMigrations,
  alertMigrations,
  maturityMigrations,
  remarkMigrations,
  kpiEventMigrations,
  testPageMigrations,
  workspaceMigrations,
]
