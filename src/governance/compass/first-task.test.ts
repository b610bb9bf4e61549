/** What somebody does first, by who they are and what it is for; in words that nine years of school read. */
import { expect, test } from 'vitest'
import { Persona } from '../../core/next-steps.ts'
import { gradeOf } from '../advisor/readability.example.ts'
import { firstTask, Workload } from './first-task.ts'

test.for([
  ['builder', 'marketing', /marketing-writer/, '/applications'],
  ['builder', 'existing', /Bring in what you have/, '/bring-your-own'],
  ['builder', undefined, /Begin from a template/, '/applications'],
  ['business', 'operations', /how many cases go wrong/, '/ideas'],
  ['security', 'marketing', /threat model/, '/applications'],
] as const)('%s with %s', ([persona, workload, task, href]) => {
  const found = firstTask(persona, workload)
  expect(found.task).toMatch(task)
  expect(found.href).toBe(href)
})

test('every first task is plain', () => {
  for (const persona of Persona.options)
    for (const workload of [undefined, ...Workload.options]) {
      const { task, why } = firstTask(persona, workload)
      expect(gradeOf(`${task} ${why}`), task).toBeLessThanOrEqual(9)
    }
})
