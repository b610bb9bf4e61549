import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { Failure } from './kernel/failure.ts'

test('everything has a default, on the loopback address', () => {
  expect(readConfig({})).toMatchObject({ port: 4400, host: '127.0.0.1', example: true, databaseUrl: undefined })
})

test.for([
  [{ AIRWORTHY_PROT: '1' }, 'there is no setting AIRWORTHY_PROT'],
  [{ AIRWORTHY_PORT: '99999' }, 'AIRWORTHY_PORT: use a port from 0 to 65535, found "99999"'],
  [{ AIRWORTHY_EXAMPLE: 'yes' }, 'AIRWORTHY_EXAMPLE: use 1 or 0, found "yes"'],
  [{ AIRWORTHY_CREDENTIALS: 'MY_KEY,DATABASE URL' }, 'AIRWORTHY_CREDENTIALS: write names of variables with commas'],
  [{ AIRWORTHY_CREDENTIALS: 'AIRWORTHY_TOKEN' }, 'AIRWORTHY_CREDENTIALS: a setting of this server is never sent out'],
  [{ AIRWORTHY_ROLES: 'api,cook' }, 'AIRWORTHY_ROLES: use one or several of api, gateway, worker, with commas'],
  [
    { AIRWORTHY_ROLES: 'gateway', AIRWORTHY_MASTER_KEY: 'one key for all of them' },
    'AIRWORTHY_ROLES is gateway, and the embedded database belongs to one process. Set AIRWORTHY_DATABASE_URL, or leave AIRWORTHY_ROLES out.',
  ],
  [
    { AIRWORTHY_ROLES: 'api', AIRWORTHY_DATABASE_URL: 'postgres://localhost/a' },
    'Set AIRWORTHY_MASTER_KEY to the same text for all processes.',
  ],
  [{ AIRWORTHY_MASTER_KEY: 'hunter2' }, 'AIRWORTHY_MASTER_KEY: use at least 16 characters'],
] as const)('%j stops the start with one line', ([environment, line]) => {
  const failure = (() => {
    try {
      readConfig(environment)
    } catch (thrown) {
      return thrown
    }
    return undefined
  })()
  expect(failure).toBeInstanceOf(Failure)
  expect(String((failure as Failure).message)).toContain(line)
  expect(String((failure as Failure).message)).not.toContain('hunter2')
})
