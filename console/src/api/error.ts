export interface FieldError {
  field: string
  code: string
  message: string
}

interface ErrorBody {
  code?: string
  message?: string
  field?: string | null
  params?: Record<string, unknown>
  errors?: FieldError[]
}

/** A refusal of the server in the reader's language, or a request that never arrived (status 0). */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  readonly field: string | null
  readonly params: Record<string, unknown>
  readonly errors: FieldError[]

  constructor(status: number, body: ErrorBody) {
    super(body.message ?? body.code ?? `HTTP ${status}`)
    this.name = 'ApiError'
    this.status = status
    this.code = body.code ?? (status === 0 ? 'unreachable' : 'internal_error')
    this.field = body.field ?? null
    this.params = body.params ?? {}
    this.errors = body.errors ?? []
  }

  /** Every broken field, whether the server named one or many. */
  get fieldErrors(): FieldError[] {
    if (this.errors.length) return this.errors
    return this.field ? [{ field: this.field, code: this.code, message: this.message }] : []
  }
}

export async function errorOf(response: Response): Promise<ApiError> {
  const body = await response.json().catch(() => ({})) as ErrorBody
  return new ApiError(response.status, body)
}
