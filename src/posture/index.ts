/** How safely the installation is set up; the only file that others import. */
export type { PlaceMode, PostureFacts } from './facts.ts'
export { postureHttp } from './http.ts'
