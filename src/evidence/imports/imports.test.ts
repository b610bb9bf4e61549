/** Reports as the tools write them, read into facts; each small file is in our own words. */
import { expect, test } from 'vitest'
import { REPORT_READERS } from './index.ts'

const read = (tool: string, content: unknown, figures = {}) => {
  const reader = REPORT_READERS.find((one) => one.tool === tool)
  if (!reader) throw new Error(`no reader of ${tool}`)
  return reader.read(typeof content === 'string' ? content : JSON.stringify(content), figures)
}
const lines = (...entries: unknown[]) => entries.map((entry) => JSON.stringify(entry)).join('\n')
const evalOf = (probe: string, passed: number, total_evaluated: number) => ({
  entry_type: 'eval',
  probe,
  detector: 'some.Detector',
  passed,
  total_evaluated,
})

test('a report of garak becomes one piece a kind of attack, and every hit counts as grave', () => {
  const { version, reports } = read(
    'garak',
    lines(
      { entry_type: 'init', garak_version: '0.14.0' },
      evalOf('promptinject.Hijack', 300, 300),
      evalOf('latentinjection.Report', 310, 320),
      evalOf('leakreplay.Book', 50, 50),
      evalOf('dan.Dan_11_0', 95, 100),
    ),
  )
  expect(version).toBe('0.14.0')
  expect(reports.map(({ check }) => check)).toEqual(['red.injection', 'red.leak', 'red.harm'])
  expect(reports[0]?.facts).toMatchObject({
    attempts: { value: 300 },
    critical: { value: 10 },
    untriedCategories: { value: null },
    successRate: { n: 620, interval: { sides: 1, level: 0.95 } },
  })
  expect(reports[2]?.facts).toMatchObject({ severeRate: { value: 0.05, n: 100 }, overRefusal: { value: null } })
})

test('no failure in 300 attempts has an upper limit of one percent', () => {
  const { reports } = read(
    'garak',
    lines({ entry_type: 'init', garak_version: '0.14.0' }, evalOf('promptinject.Hijack', 300, 300)),
  )
  expect(reports[0]?.facts.successRate?.interval?.high).toBeCloseTo(0.00994, 4)
})

test('promptfoo: cases for quality, plugins for attacks', () => {
  const rows = Array.from({ length: 200 }, (_, at) => ({ success: at < 190 }))
  const plain = read('promptfoo', { results: { version: 3, results: rows } }, { target: 0.8 })
  expect(plain.reports[0]).toMatchObject({ check: 'eval.quality', facts: { cases: { value: 200 } } })
  const margin = plain.reports[0]?.facts.marginToTarget?.value
  expect(margin).toBeGreaterThan(0.1)
  expect(margin).toBeLessThan(0.15)
  const attacks = [
    { success: true, metadata: { pluginId: 'indirect-prompt-injection' } },
    { success: false, metadata: { pluginId: 'pii:direct' } },
  ]
  const red = read('promptfoo', {
    results: { version: 3, results: attacks },
    metadata: { promptfooVersion: '0.120.0' },
  })
  expect(red).toMatchObject({
    version: '0.120.0',
    reports: [{ check: 'red.injection' }, { check: 'red.leak', facts: { leaks: { value: 1 } } }],
  })
})

test.for([
  [
    'handleSummary',
    {
      http_req_duration: { values: { 'p(95)': 900 } },
      http_req_failed: { values: { rate: 0.004 } },
      http_reqs: { values: { count: 6000, rate: 100 } },
    },
  ],
  [
    '--summary-export',
    { http_req_duration: { 'p(95)': 900 }, http_req_failed: { value: 0.004 }, http_reqs: { count: 6000, rate: 100 } },
  ],
] as const)('k6 as %s gives the load against what was expected', ([, metrics]) => {
  const [report] = read('k6', { metrics }, { expectedPeakPerSecond: 40, p95ObjectiveMs: 1000 }).reports
  expect(report).toMatchObject({
    check: 'perf.load',
    facts: {
      errorRate: { value: 0.004, n: 6000 },
      peakFactor: { value: 2.5 },
      p95OfTarget: { value: 0.9 },
      ttftOfTarget: { value: null },
    },
  })
})

test('JUnit counts what ran, and nothing that only looks like a tag', () => {
  const xml = `<testsuites><testsuite name="a"><testcase name="1"/><testcase name="2"><failure>x</failure></testcase>
    <!-- <testcase name="3"><error/></testcase> --><testcase name="4"><system-out><![CDATA[<failure>]]></system-out></testcase></testsuite></testsuites>`
  expect(read('junit', xml).reports[0]?.facts).toMatchObject({
    tests: { value: 3 },
    failures: { value: 1 },
    errors: { value: 0 },
  })
})

test('SARIF: what is suppressed is not open, and a severity outweighs a level', () => {
  const results = [
    { ruleId: 'a', level: 'error' },
    { ruleId: 'b', level: 'error', suppressions: [{ kind: 'inSource' }] },
    { ruleId: 'c', level: 'note', properties: { 'security-severity': '9.1' } },
    { ruleId: 'd', level: 'error', properties: { 'security-severity': '3.0' } },
  ]
  const log = { version: '2.1.0', runs: [{ tool: { driver: { name: 'scan', version: '2' } }, results }] }
  expect(read('sarif', log).reports[0]?.facts).toMatchObject({
    openFindings: { value: 3 },
    openHighFindings: { value: 2 },
  })
})

test('CycloneDX: what was analysed away is not open', () => {
  const bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    components: [{ name: 'a', hashes: [{}] }, { name: 'b' }],
    vulnerabilities: [
      { id: '1', ratings: [{ severity: 'critical' }], analysis: { state: 'not_affected' } },
      { id: '2', ratings: [{ severity: 'critical' }] },
      { id: '3' },
    ],
  }
  expect(read('cyclonedx', bom).reports[0]?.facts).toMatchObject({
    components: { value: 2 },
    unhashedComponents: { value: 1 },
    criticalAdvisories: { value: 1 },
    unratedAdvisories: { value: 1 },
  })
})

test('MLflow: a finished run gives its metrics', () => {
  const run = { info: { run_id: 'r1', status: 'FINISHED' }, data: { metrics: [{ key: 'f1', value: 0.8 }] } }
  expect(read('mlflow', { run }).reports[0]?.facts).toEqual({ f1: { value: 0.8 } })
})

test('in-toto: a test result, and facts by the names of a check, bare or in an envelope', () => {
  const statement = (predicateType: string, predicate: unknown) => ({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'shop', digest: { sha256: 'ab' } }],
    predicateType,
    predicate,
  })
  const tests = statement('https://in-toto.io/attestation/test-result/v0.1', { result: 'FAILED', failedTests: ['one'] })
  expect(read('in-toto', tests).reports[0]).toMatchObject({
    check: null,
    facts: { result: { value: 'FAILED' }, failed: { value: 1 } },
  })
  const facts = statement('https://example.org/campaign', {
    check: 'red.full',
    facts: { independent: true, openCritical: 0 },
  })
  const envelope = {
    payloadType: 'application/vnd.in-toto+json',
    payload: Buffer.from(JSON.stringify(facts)).toString('base64'),
    signatures: [{ keyid: 'k1', sig: 'x' }],
  }
  expect(read('in-toto', envelope).reports[0]).toMatchObject({
    check: 'red.full',
    summary: expect.stringContaining('signed by k1, not verified here'),
    facts: { independent: { value: true }, openCritical: { value: 0 } },
  })
})

test.for([
  ['garak', '{"entry_type":"eval"}', /names its version/],
  ['garak', 'not json', /line 1/],
  ['promptfoo', { results: [] }, /results.results/],
  ['k6', { metrics: { vus: {} } }, /neither/],
  ['junit', '<html/>', /testsuite/],
  ['junit', '<testsuite tests="0"></testsuite>', /nothing was tested/],
  ['sarif', { version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } } }] }, /did not finish/],
  ['cyclonedx', { bomFormat: 'SPDX' }, /bomFormat/],
  ['mlflow', { run: { info: { run_id: 'r', status: 'RUNNING' }, data: {} } }, /RUNNING/],
  ['in-toto', { _type: 'x' }, /no Statement/],
] as const)('a report of %s that says nothing is refused', ([tool, content, why]) => {
  expect(() => read(tool, content)).toThrow(why)
})
