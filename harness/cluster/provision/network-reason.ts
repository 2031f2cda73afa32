// What a failed connection means, in words, with the system's own code behind them.

const networkReasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host does not resolve',
  EAI_AGAIN: 'the host does not resolve for now',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut off',
  ENETUNREACH: 'there is no way to the network',
  EHOSTUNREACH: 'there is no way to the host',
  // Node's own message names the proxy with its password.
  ERR_PROXY_TUNNEL: 'the proxy makes no way to the host',
  ETIMEDOUT: 'the connection timed out',
}

export function networkReason(thrown: unknown): string {
  const error: unknown = thrown instanceof AggregateError ? thrown.errors.at(-1) : thrown
  if (!(error instanceof Error)) return String(error)
  const code = (error as NodeJS.ErrnoException).code
  const known = code === undefined ? undefined : networkReasons[code]
  return known === undefined ? error.message : `${known} (${code})`
}
