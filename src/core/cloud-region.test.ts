/** What an address tells of where it is, and what it does not. */
import { expect, test } from 'vitest'
import { isWithin, partOfWorld, regionOfHost, regionOfModel } from './cloud-region.ts'

test.for([
  ['bedrock-runtime.eu-west-1.amazonaws.com', 'eu-west-1'],
  ['bedrock-runtime.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
  ['db.abc123.eu-central-1.rds.amazonaws.com', 'eu-central-1'],
  ['europe-west4-aiplatform.googleapis.com', 'europe-west4'],
  ['aiplatform.eu.rep.googleapis.com', 'eu'],
  ['aiplatform.googleapis.com', null],
  ['scores.westeurope.inference.ml.azure.com', 'westeurope'],
  ['eastus2.api.cognitive.microsoft.com', 'eastus2'],
  ['my-company.openai.azure.com', null],
  ['eu.api.openai.com', 'eu'],
  ['api.openai.com', null],
  ['api.anthropic.com', null],
  ['localhost', null],
] as const)('%s is in %s', ([host, region]) => {
  expect(regionOfHost(host)).toBe(region)
})

test.for([
  ['eu.anthropic.claude-sonnet-4-20250514-v1:0', 'eu'],
  ['global.anthropic.claude-sonnet-4-20250514-v1:0', 'global'],
  ['anthropic.claude-3-haiku-20240307-v1:0', null],
  ['gpt-4o', null],
] as const)('the model %s is answered in %s', ([model, region]) => {
  expect(regionOfModel(model)).toBe(region)
})

test.for([
  ['eu-west-1', 'EU', true],
  ['eu-west-1', 'eu-west-1', true],
  ['eu-west-1', 'eu-west', true],
  ['eu-west-2', 'eu', false],
  ['eu-west-2', 'uk', true],
  ['europe-west4', 'eu', true],
  ['europe-west6', 'eu', false],
  ['westeurope', 'eu', true],
  ['norwayeast', 'eu', false],
  ['eastus', 'us', true],
  ['us-east-1', 'eu', false],
  ['global', 'eu', false],
  ['ap-southeast-2', 'ap', true],
] as const)('%s within %s: %s', ([region, said, within]) => {
  expect(isWithin(region, said)).toBe(within)
})

test('a region that is not known here has no part of the world', () => {
  expect(['global', 'mars-north-1'].map(partOfWorld)).toEqual([null, null])
})
