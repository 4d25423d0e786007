declare module 'virtual:catalogue/*' {
  const catalogue: Record<string, Record<string, string>>
  export default catalogue
}

declare module 'virtual:api-schemas' {
  const schemas: import('../build/apiSchemas').ApiSchemas
  export default schemas
}
