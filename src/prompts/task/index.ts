/** The task contract; the only file of it that others import. */
export { taskHttp } from './http.ts'
export { TaskContract } from './task.ts'
