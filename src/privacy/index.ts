/** Privacy: copies of what is kept about people, its deletion, and how long data is kept. */
export type { Rewrite } from './contents.ts'
export { contentsPlace } from './contents.ts'
export { copyBeforeMigrationPlace } from './copy-place.ts'
export type { PrivacyDeps } from './deps.ts'
export { privacyHttp } from './http.ts'
export { privacyMigrations } from './migrations.ts'
export { createPrivacy } from './privacy.ts'
export { own as privacyTables } from './store.ts'
