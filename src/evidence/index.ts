export { Attestation, SigningKey } from './contract.ts'
export { newSigningKey, type Verification, verifySigned } from './envelope.ts'
export {
  createEvidence,
  type EvidenceDeps,
  type EvidenceLog,
  type Importer,
  type RecordAudit,
  type Subject,
} from './evidence.ts'
export { evidenceHttp } from './http.ts'
export { evidenceMigrations } from './migrations.ts'
