// What a failed connection means, in words, with the system's own code behind them.

const networkReasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host does not resolve',
  EAI_AGAIN: 'the host does not resolve for now',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut off',
  ERR_HTTP_CONTENT_LENGTH_MISMATCH: 'the connection was cut off',
  ENETUNREACH: 'the network cannot be reached',
  EHOSTUNREACH: 'the host cannot be reached',
  // Node's own message names the proxy with its password.
  ERR_PROXY_TUNNEL: 'the proxy does not connect to the host',
  ETIMEDOUT: 'the connection timed out',
}

/** The last address tried counts: the first is often an IPv6 address on a machine without IPv6. */
function decisive(thrown: unknown): unknown {
  const error = thrown instanceof Error && thrown.cause instanceof AggregateError ? thrown.cause : thrown
  return error instanceof AggregateError ? error.errors.at(-1) : error
}

export function networkReason(thrown: unknown): string {
  const error = decisive(thrown)
  if (!(error instanceof Error)) return String(error)
  const code = (error as NodeJS.ErrnoException).code
  const known = code === undefined ? undefined : networkReasons[code]
  return known === undefined ? error.message : `${known} (${code})`
}
