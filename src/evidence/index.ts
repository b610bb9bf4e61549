export type { Subject } from './attestation.ts'
export { newSigningKey, type Verification, verifySigned } from './envelope.ts'
export {
  createEvidence,
  type EvidenceDeps,
  type EvidenceLog,
  type Importer,
  type RecordAudit,
} from './evidence.ts'
export { evidenceHttp } from './http.ts'
export { evidenceMigrations } from './migrations.ts'
export { own as evidenceTables } from './store.ts'
