/** The public surface of telemetry. */

export type { Asked } from './asked.ts'
export { Feedback } from './contract.ts'
export type { OtlpExportSettings } from './exporters/otlp-export.ts'
export { telemetryHttp } from './http.ts'
export { telemetryMigrations } from './migrations.ts'
/** For benches, which make spans as exporters send them. */
export { encodeTraces } from './otlp-protobuf.ts'
export { HELD_STEP, outcomeOf, outcomesOf, outcomesOfFeedback } from './outcomes.ts'
export { createRecorder, type Recorder, type RecorderDeps, type RecorderOptions, type ToSettle } from './recorder.ts'
export type { StoredResponses } from './responses/responses.ts'
export { own as responseTables } from './responses/store.ts'
export type { StoredResponse, Whose } from './responses/stored-response.ts'
export { createRollUp, type RollUp, rollUpTables } from './roll-up/index.ts'
export { Settled, SpanId, SubjectSource, TraceId } from './settled.ts'
export { own as telemetryTables } from './store.ts'
export { createTelemetry, type FeedbackListener, type Telemetry, type TelemetryDeps } from './telemetry.ts'
export type { TraceReference } from './trace-row.ts'
