export { createDossiers, type DossierDeps } from './dossier.ts'
export { dossierHttp } from './http.ts'
