/** Back-up of a running installation, and restoring it into a new one on either engine. */
export { backupHttp } from './http.ts'
export { demandRestorable, type Restored, restoreBackup } from './restore.ts'
