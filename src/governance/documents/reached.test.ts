/** Declared regions and encryption beside what addresses and the database tell. */
import { expect, test } from 'vitest'
import { DataStore } from './inventory.ts'
import { holdAgainst, type Reached } from './reached.ts'

const HERE: Reached['database'] = { kind: 'embedded', version: '17.4', isEncrypted: null, host: null }
const endpoint = (provider: string, model: string, url: string) => ({ provider, model, url })
const bedrock = endpoint('bedrock', 'anthropic.claude', 'https://bedrock-runtime.eu-west-1.amazonaws.com')
const store = (given: object) =>
  DataStore.parse({ name: 'their logs', retentionDays: 30, encryption: 'at-rest', ...given })
const EU = { profile: { residency: ['eu'], personalData: 'contact' } }

test.for<[string, Partial<Reached>, DataStore[], Record<string, unknown>, string[]]>([
  ['an address in the region', { endpoints: [bedrock] }, [], EU, ['agrees bedrock/anthropic.claude']],
  [
    'an address elsewhere',
    { endpoints: [endpoint('azure', 'gpt', 'https://eastus2.api.cognitive.microsoft.com')] },
    [],
    EU,
    ['differs azure/gpt'],
  ],
  [
    'what its store says, and the profile does not',
    { endpoints: [bedrock] },
    [store({ provider: 'bedrock', region: 'us' })],
    {},
    ['differs bedrock/anthropic.claude'],
  ],
  ['the store of another provider', { endpoints: [bedrock] }, [store({ provider: 'openai', region: 'us' })], {}, []],
  [
    'a model that may be answered anywhere',
    { endpoints: [{ ...bedrock, model: 'global.anthropic.claude' }] },
    [],
    EU,
    ['differs bedrock/global.anthropic.claude'],
  ],
  [
    'an address that names no region',
    { endpoints: [endpoint('openai', 'gpt', 'https://api.openai.com/v1')] },
    [],
    EU,
    ['not-reachable openai/gpt'],
  ],
  [
    'personal data over http',
    { endpoints: [endpoint('own', 'm', 'http://models.example.com')] },
    [],
    EU,
    ['not-reachable own/m', 'differs own/m'],
  ],
  [
    'a database in the clear',
    { database: { kind: 'postgres', version: '17', isEncrypted: false, host: 'db.eu-central-1.rds.amazonaws.com' } },
    [store({ keptBy: 'airworthy', region: 'eu' })],
    EU,
    ['agrees PostgreSQL', 'agrees PostgreSQL', 'differs PostgreSQL'],
  ],
  [
    'a database elsewhere',
    { database: { kind: 'postgres', version: '17', isEncrypted: true, host: 'db.us-east-1.rds.amazonaws.com' } },
    [store({ keptBy: 'airworthy', region: 'eu' })],
    {},
    ['differs PostgreSQL', 'agrees PostgreSQL'],
  ],
  [
    'a database on this machine',
    { database: { kind: 'postgres', version: '17', isEncrypted: false, host: null } },
    [],
    EU,
    [],
  ],
])('%s', ([, reached, stores, documents, expected]) => {
  const found = holdAgainst({ database: HERE, endpoints: [], ...reached }, { stores, documents })
  const disk = found.pop()
  expect(found.map(({ of, state }) => `${state} ${of}`)).toEqual(expected)
  expect(disk).toMatchObject({ state: 'not-reachable', says: expect.stringContaining('encrypted on disk') })
})
