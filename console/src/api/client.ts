import createClient from 'openapi-fetch'
import type { paths } from './schema'
import { absolute, transport } from './transport'

/** The typed client of hand-made pages: `api.GET('/api/v1/trial-balance', …)`. Refusals are thrown as ApiError. */
export const api = createClient<paths>({ baseUrl: absolute('/'), fetch: transport })
