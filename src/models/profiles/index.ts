/** Models measured in each way of asking them. */
export { profilesHttp } from './http.ts'
export { createProfiles, type ProfilesDeps } from './profiles.ts'
