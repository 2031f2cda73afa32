// What an engine answers with where it cannot do as asked.

/** Its HTTP status; undefined for any other failure. */
export function engineStatus(thrown: unknown): number | undefined {
  const status = (thrown as { statusCode?: unknown } | undefined)?.statusCode
  return typeof status === 'number' ? status : undefined
}
