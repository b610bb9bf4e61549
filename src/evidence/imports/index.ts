/** Readers of reports, one a tool. */

import { cyclonedx } from './cyclonedx.ts'
import { garak } from './garak.ts'
import { inToto } from './in-toto.ts'
import { junit } from './junit.ts'
import { k6 } from './k6.ts'
import { mlflow } from './mlflow.ts'
import { promptfoo } from './promptfoo.ts'
import type { ReportReader } from './report.ts'
import { sarif } from './sarif.ts'

export type { Figures, ReadReport, ReportReader } from './report.ts'

export const REPORT_READERS: readonly ReportReader[] = [promptfoo, garak, k6, junit, sarif, cyclonedx, mlflow, inToto]
