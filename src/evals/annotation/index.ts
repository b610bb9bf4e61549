/** The public surface of annotation. */
export type { QueueId } from './annotation.ts'
export { annotationHttp } from './http.ts'
export { annotationMigrations } from './migrations.ts'
export { annotationPlace } from './personal.ts'
export { type Annotation, type AnnotationDeps, createAnnotation } from './queues.ts'
export { own as annotationTables } from './store.ts'
