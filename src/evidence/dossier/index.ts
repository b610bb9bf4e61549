export { createDossiers, type DossierDeps, type Dossiers } from './dossier.ts'
export { dossierHttp } from './http.ts'
