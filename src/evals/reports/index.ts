/** Reports: one experiment as other tools read it. */
export { type ReportsDeps, reportsHttp } from './http.ts'
