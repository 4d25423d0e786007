import { useQuery } from '@tanstack/react-query'
import type { ApiSchemas } from '../../build/apiSchemas'

export type { ApiSchemas }

export interface JsonSchema {
  $ref?: string
  type?: string
  format?: string
  enum?: (string | number)[]
  const?: string | number
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  additionalProperties?: boolean | JsonSchema
  default?: unknown
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  minItems?: number
  maxItems?: number
  pattern?: string
  /** Name of the enumeration whose members may be chosen, where the server takes any text. */
  'x-choices'?: string
  /** API path of a file to fill in. */
  'x-template'?: string
  /** The key of the field that names the report whose questions are answered here. */
  'x-answers-of'?: string
}

/** The schemas that the console was built with; one lazy chunk. */
export function useApiSchemas(): ApiSchemas | undefined {
  const { data } = useQuery({
    queryKey: ['api-schemas'],
    queryFn: async () => (await import('virtual:api-schemas')).default,
    staleTime: Infinity,
    gcTime: Infinity,
  })
  return data
}
