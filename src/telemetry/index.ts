/** The public surface of telemetry. */
export {
  Feedback,
  FeedbackDraft,
  FeedbackId,
  FeedbackValue,
  Meaning,
  RecorderStatus,
  Span,
  SpanKind,
  Trace,
  TraceFilter,
  TraceSummary,
  telemetryRoutes,
  UsageRow,
} from './contract.ts'
export { telemetryHttp } from './http.ts'
export { telemetryMigrations } from './migrations.ts'
export { outcomesOf, outcomesOfFeedback } from './outcomes.ts'
export { createRecorder, type Recorder, type RecorderDeps, type RecorderOptions } from './recorder.ts'
export { Citation, Settled, SettledStatus, SpanId, StepRecord, SubjectSource, TraceId, Usage } from './settled.ts'
export { own as telemetryTables } from './store.ts'
export { createTelemetry, type FeedbackListener, type Telemetry, type TelemetryDeps } from './telemetry.ts'
export type { TraceReference } from './trace-row.ts'
