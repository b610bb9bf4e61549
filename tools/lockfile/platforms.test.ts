import { expect, test } from 'vitest'
import { absentPlatforms, completeLockfile } from './platforms.ts'

const lockfile = {
  lockfileVersion: 3,
  packages: {
    '': {},
    'node_modules/parser': {
      version: '2.0.0',
      dev: true,
      optionalDependencies: { 'parser-linux-x64': '2.0.0', 'parser-linux-arm64-musl': '2.0.0' },
    },
    'node_modules/parser-linux-x64': { version: '2.0.0' },
    'node_modules/old': { version: '1.0.0' },
    'node_modules/old/node_modules/parser': { version: '1.0.0', optionalDependencies: { 'parser-linux-x64': '1.0.0' } },
  },
}

test('gives each optional package of another platform an entry where npm looks for it', () => {
  const complete = completeLockfile(lockfile)
  expect(absentPlatforms(complete)).toEqual([])
  expect(complete.packages['node_modules/parser-linux-arm64-musl']).toEqual({
    version: '2.0.0',
    os: ['linux'],
    cpu: ['arm64'],
    libc: ['musl'],
    dev: true,
    optional: true,
  })
  expect(complete.packages['node_modules/old/node_modules/parser-linux-x64']).toMatchObject({
    version: '1.0.0',
    optional: true,
  })
})

test('leaves a complete lockfile, ranges and other fields as they are', () => {
  const complete = { lockfileVersion: 3, packages: { '': { optionalDependencies: { fsevents: '~2.3.3' }, name: 'x' } } }
  expect(completeLockfile(complete)).toEqual(complete)
})

test('adds again what had to move aside for another version of itself', () => {
  const hoisted = {
    packages: {
      'node_modules/parser': { version: '2.0.0', optionalDependencies: { 'parser-musl': '2.0.0' } },
      'node_modules/parser-musl': { version: '1.0.0' },
      'node_modules/tool/node_modules/parser': { version: '1.0.0', optionalDependencies: { 'parser-musl': '1.0.0' } },
    },
  }
  const { packages } = completeLockfile(hoisted)
  expect(packages['node_modules/parser-musl']?.version).toBe('2.0.0')
  expect(packages['node_modules/tool/node_modules/parser-musl']?.version).toBe('1.0.0')
})
