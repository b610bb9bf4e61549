/** HTTP of the plan. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { readKpiValues } from '../charter/read-kpi-values.ts'
import {
  exportPlan,
  getPlan,
  importKpiValues,
  importPaper,
  listKpiPresets,
  measureBaseline,
  recordKpiValues,
} from './contract.ts'
import { paperResponse } from './paper-response.ts'
import type { Plan } from './plan.ts'

export const planHttp = (plan: Plan): Mounted[] => [
  handle(getPlan, async ({ params: { name }, query, caller }) => {
    demandApplication(caller, name)
    return reply(200, await plan.get(name, query))
  }),
  handle(exportPlan, async ({ params: { name, paper }, query: { format }, caller }) => {
    demandApplication(caller, name)
    return paperResponse(await plan.export({ name, paper, format }), { format, name: `${name}-${paper}` })
  }),
  handle(listKpiPresets, async () => reply(200, plan.kpiPack)),
  handle(measureBaseline, async ({ params: { preset }, body: { csv } }) => reply(200, plan.baseline({ preset, csv }))),
  handle(recordKpiValues, async ({ params: { name }, body: { values }, caller }) => {
    demandApplication(caller, name)
    return reply(201, { items: await plan.recordKpiValues({ name, values, by: caller }) })
  }),
  handle(importKpiValues, async ({ params: { name }, body: { csv }, caller }) => {
    demandApplication(caller, name)
    return reply(201, { items: await plan.recordKpiValues({ name, values: readKpiValues(csv), by: caller }) })
  }),
  handle(importPaper, async ({ params: { name, table }, body: { text }, caller }) => {
    demandApplication(caller, name)
    return reply(200, await plan.importTable({ name, table, text, by: caller }))
  }),
]
