/** Routes of `model`. */
export {
  deleteModelRoute,
  getModelRoute,
  listModelRoutes,
  ModelRoute,
  putModelRoute,
  type RouteTarget,
  type RouteTimeouts,
} from './contract.ts'
export { createRoutes, type Routes } from './routes.ts'
export { routeTables } from './store.ts'
