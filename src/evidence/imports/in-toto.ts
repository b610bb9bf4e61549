/**
 * Any in-toto Statement, bare or in a DSSE envelope: a test result, or a predicate that gives facts by the names of a
 * check. A signature is kept by its key and not verified here, because nobody said whose key it is.
 */
import { z } from 'zod'
import { Fact } from '../../core/evidence.ts'
import { count, parseJson, type ReportReader, unreadable } from './report.ts'

const Envelope = z.looseObject({
  payload: z.string(),
  payloadType: z.string(),
  signatures: z.array(z.looseObject({ keyid: z.string().default('') })),
})
const Statement = z.looseObject({
  _type: z.string().regex(/^https:\/\/in-toto\.io\/Statement\//),
  subject: z.array(z.looseObject({ name: z.string().optional() })).min(1),
  predicateType: z.string(),
  predicate: z.looseObject({}).nullish(),
})
const Tests = z.looseObject({
  result: z.enum(['PASSED', 'WARNED', 'FAILED']),
  passedTests: z.array(z.unknown()).default([]),
  warnedTests: z.array(z.unknown()).default([]),
  failedTests: z.array(z.unknown()).default([]),
})
const Facts = z.looseObject({
  check: z.string().optional(),
  facts: z.record(z.string(), z.union([Fact, z.number(), z.boolean(), z.string()])),
})

export const inToto: ReportReader = {
  tool: 'in-toto',
  read(content) {
    const given = parseJson('in-toto', content)
    const envelope = Envelope.safeParse(given)
    const inner = envelope.success
      ? parseJson('in-toto', Buffer.from(envelope.data.payload, 'base64').toString('utf8'))
      : given
    const statement = Statement.safeParse(inner)
    if (!statement.success) throw unreadable('in-toto', 'it is no Statement with `subject` and `predicateType`.')
    const { predicateType, predicate, subject } = statement.data
    const keys = envelope.success ? envelope.data.signatures.map(({ keyid }) => keyid || 'unnamed') : []
    const signed = keys.length === 0 ? 'not signed' : `signed by ${keys.join(', ')}, not verified here`
    const about = `${predicateType} about ${subject.length} subjects, ${signed}`
    const common = { version: predicateType }
    const facts = Facts.safeParse(predicate)
    if (facts.success) {
      const named = Object.entries(facts.data.facts).map(([name, value]): [string, Fact] => [
        name,
        typeof value === 'object' ? value : { value },
      ])
      const check = facts.data.check ?? null
      return { ...common, reports: [{ check, summary: `${about}.`, facts: Object.fromEntries(named) }] }
    }
    const tests = Tests.safeParse(predicate)
    if (!tests.success) return { ...common, reports: [{ check: null, summary: `${about}.`, facts: {} }] }
    const { result, passedTests, warnedTests, failedTests } = tests.data
    return {
      ...common,
      reports: [
        {
          check: null,
          summary: `${about}: ${result}, ${failedTests.length} tests failed.`,
          facts: {
            result: { value: result },
            passed: count(passedTests.length),
            warned: count(warnedTests.length),
            failed: count(failedTests.length),
          },
        },
      ],
    }
  },
}
