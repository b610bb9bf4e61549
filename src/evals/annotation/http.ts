/** The routes of annotation, bound to their verbs; what a queue shows is held to the class of its data. */
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import type { ItemId, Queue, QueueId } from './annotation.ts'
import {
  adjudicateAnnotation,
  closeAnnotationQueue,
  createAnnotationQueue,
  exportAnnotations,
  getAnnotationQueue,
  getAnnotationTask,
  getAnnotationWork,
  labelAnnotation,
  listAnnotationItems,
  listAnnotationQueues,
  listDisputes,
  nextAnnotation,
} from './contract.ts'
import type { Annotation } from './queues.ts'

export type AnnotationDoors = {
  /** Throws where the class that the inventory of its application gives the data keeps the caller out. */
  readonly demandData: (caller: Pick<Caller, 'actor' | 'role'>, held: HeldData) => Promise<void>
}
export type HeldData = {
  readonly application: string
  readonly datasets: readonly string[]
  readonly documents: boolean
}

export function annotationHttp(annotation: Annotation, { demandData }: AnnotationDoors): Mounted[] {
  const allowed = async (caller: Caller, id: QueueId) =>
    demandApplication(caller, (await annotation.get(id)).application)
  const seen = async (caller: Caller, { application, data, datasets, holdsDocuments }: Queue) => {
    demandApplication(caller, application)
    await demandData(caller, { application, datasets: [data, ...datasets], documents: holdsDocuments })
  }
  const seenQueue = async (caller: Caller, id: QueueId) => seen(caller, await annotation.get(id))
  const seenItem = async (caller: Caller, id: ItemId) => seen(caller, await annotation.queueOf(id))
  return [
    handle(createAnnotationQueue, async ({ body, caller }) => {
      demandApplication(caller, body.application)
      return reply(201, await annotation.create({ ...body, by: caller.actor }))
    }),
    handle(listAnnotationQueues, async ({ query, caller }) => {
      const application = query.application ?? caller.application ?? undefined
      if (application !== undefined) demandApplication(caller, application)
      return reply(200, await annotation.list({ ...query, application }))
    }),
    handle(getAnnotationQueue, async ({ params, caller }) => {
      await allowed(caller, params.id)
      return reply(200, await annotation.view(params.id))
    }),
    handle(closeAnnotationQueue, async ({ params, caller }) => {
      await allowed(caller, params.id)
      return reply(200, await annotation.close({ id: params.id, by: caller.actor }))
    }),
    handle(nextAnnotation, async ({ params, query, caller }) => {
      await seenQueue(caller, params.id)
      const except = (query.except ?? '').split(',').filter(Boolean)
      return reply(200, { task: await annotation.next({ id: params.id, by: caller.actor, except }) })
    }),
    handle(getAnnotationTask, async ({ params, caller }) => {
      await seenItem(caller, params.id)
      return reply(200, await annotation.task({ id: params.id, by: caller.actor }))
    }),
    handle(listAnnotationItems, async ({ params, query, caller }) => {
      await seenQueue(caller, params.id)
      return reply(200, await annotation.items({ ...query, id: params.id, by: caller.actor }))
    }),
    handle(getAnnotationWork, async ({ params, caller }) => {
      await allowed(caller, params.id)
      return reply(200, await annotation.work({ id: params.id, by: caller.actor }))
    }),
    handle(labelAnnotation, async ({ params, body, caller }) => {
      await seenItem(caller, params.id)
      return reply(200, await annotation.label({ ...body, id: params.id, by: caller.actor }))
    }),
    handle(listDisputes, async ({ params, query, caller }) => {
      await seenQueue(caller, params.id)
      return reply(200, await annotation.disputes({ ...query, id: params.id, by: caller.actor }))
    }),
    handle(adjudicateAnnotation, async ({ params, body, caller }) => {
      await seenItem(caller, params.id)
      return reply(200, await annotation.adjudicate({ ...body, id: params.id, by: caller.actor }))
    }),
    handle(exportAnnotations, async ({ params, caller }) => {
      await seenQueue(caller, params.id)
      return reply(200, await annotation.examples(params.id))
    }),
  ]
}
