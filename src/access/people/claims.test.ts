import { expect, test } from 'vitest'
import { readClaims } from './claims.ts'

test.for([
  ['a list', { groups: ['x', 'team'] }, 'groups', 'builder'],
  ['a text', { role: 'team' }, 'role', 'builder'],
  ['inside another', { realm_access: { roles: ['team'] } }, 'realm_access.roles', 'builder'],
  ['named by an address', { 'https://example.org/roles': ['team'] }, 'https://example.org/roles', 'builder'],
  ['of another form', { groups: { team: true } }, 'groups', undefined],
  ['not there', {}, 'groups', undefined],
  ['of a prototype', {}, '__proto__.constructor', undefined],
] as const)('a claim that is %s gives the role that it should', ([, claims, roleClaim, role]) => {
  const read = readClaims(
    { sub: 'ada', ...claims },
    { roleClaim, roles: [['team', 'builder']], defaultRole: undefined },
  )
  expect(read.role).toBe(role)
})
