/** The story of two people as a test, on a clock that the test moves; and the acts that are refused on the way. */
import { expect, test } from 'vitest'
import { walkToProduction } from '../../examples/index.ts'
import { verifyDossier } from '../../sdk/dossier.ts'
import { DAY, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication, TRAINING } from '../testing/echo-application.ts'

const NAME = 'parcels'
const DUTIES = {
  'business-owner': 'Grace Owner',
  'technical-lead': 'Grace Owner',
  privacy: 'Grace Owner',
  training: 'Grace Owner',
  risk: 'Ada Builder',
  security: 'Ada Builder',
  operations: 'Ada Builder',
  'data-steward': 'Ada Builder',
}

test('two people bring an application from files to production, and the evidence shows the clock', async () => {
  const clock = stoppedClock('2026-12-01T08:00:00.000Z')
  await using airworthy = await testAirworthy({ clock })
  const { client: owner, options } = airworthy
  const ada = await airworthy.person('Ada Builder', 'builder')
  const grace = await airworthy.person('Grace Owner', 'approver')
  const files = echoApplication('first')
  const settings = JSON.parse(files['airworthy.yaml'] ?? '{}')
  const own = { duties: DUTIES, profile: { audience: 'internal', personalData: 'none' } }
  const privacy = { retention: { tracesDays: 90 } }
  const told: string[] = []

  const { release, answers } = await walkToProduction({
    ...{ owner, ada, grace, users: options, name: NAME, training: TRAINING },
    files: { ...files, 'airworthy.yaml': JSON.stringify({ ...settings, ...own, privacy }) },
    advance: (days) => clock.advance(days * DAY),
    tell: (line) => told.push(line),
  })
  console.log(told.join('\n'))

  expect((await ada.getLive()).applications[NAME]?.stages.production?.release).toBe(release)
  expect(told.filter((line) => /delivery\.approval-own-release/.test(line))).toHaveLength(2)
  expect(told.join('\n')).toContain('delivery.approval-no-dissent')
  const how = (check: string) => answers.find((one) => one.check === check)?.how
  expect([how('pilot.soak'), how('appr.pilot'), how('appr.prod'), how('eval.smoke')]).toEqual(Array(4).fill('measured'))
  expect([how('train.builders'), how('pilot.kpi')]).toEqual(['imported', 'attested'])
  const [soak] = (await ada.listEvidence({ query: { release, check: 'pilot.soak' } })).items
  expect(soak).toMatchObject({
    at: expect.stringMatching(/^2026-12-1[56]/),
    facts: { days: { value: 15 }, sessions: { value: 540 }, fullCycle: { value: true }, unloggedChanges: { value: 0 } },
  })
  const [traces] = (await ada.listEvidence({ query: { release, check: 'obs.traces' } })).items
  expect(traces?.facts).toMatchObject({
    ...{ probes: { value: 10 }, tracedShare: { value: 1 }, withRelease: { value: 1 }, withCost: { value: 1 } },
    ...{ retentionSet: { value: true }, personalDataTested: { value: true } },
    ...{ layerComponents: { value: true }, layerTraces: { value: true } },
    ...{ layerFeedback: { value: true }, layerGoals: { value: true } },
  })

  // What holds on to the end: a dossier of it all, and an audit log that is whole.
  const dossier = await owner.exportDossier({ params: { id: release } })
  const verdict = verifyDossier(new Uint8Array(await dossier.arrayBuffer()))
  expect(verdict).toMatchObject({ kind: 'valid', sections: { promotions: 3, approvals: 2 } })
  expect(await owner.verifyAudit()).toMatchObject({ kind: 'intact' })

  // Refused, each with its code: to skip a stage, and to go on with what went stale.
  const path = 'prompts/answer.prompt'
  await ada.putBlueprintFile({ params: { name: NAME, path }, body: echoApplication('second')[path] ?? '' })
  const { body: next } = await ada.freezeRelease({ params: { name: NAME }, body: {} })
  await expect(ada.promoteRelease({ params: { id: next.id }, body: { into: 'production' } })).rejects.toMatchObject({
    code: 'delivery.stage-skipped',
  })
  expect((await ada.promoteRelease({ params: { id: next.id }, body: { into: 'poc' } })).status).toBe(409)
}, 300_000)
