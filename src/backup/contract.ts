/** Routes of back-ups. Restoring is a command: there is no server yet that could be asked. */
import { route } from '../wire/route.ts'

export const downloadBackup = route({
  name: 'downloadBackup',
  method: 'GET',
  path: '/api/v1/backup',
  summary: 'Everything but the secrets, as one file for `airworthy restore`',
  permission: 'administer',
  raw: 'bytes',
  returns: { 200: null },
})
