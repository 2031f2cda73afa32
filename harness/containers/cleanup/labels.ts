// Labels, and names of networks, by which the objects of a session are found again in an engine.

export const sessionLabel = 'io.temporal-chaos.session'
export const ownerLabel = 'io.temporal-chaos.owner'

export function isSessionId(text: string): boolean {
  return /^[0-9a-f]{16}$/.test(text)
}

export function networkName(sessionId: string, part: string): string {
  return `temporal-chaos-${sessionId}-${part}`
}

/** The session that a network belongs to; undefined if it belongs to none. */
export function sessionOfNetwork(name: string): string | undefined {
  return /^temporal-chaos-([0-9a-f]{16})-/.exec(name)?.[1]
}
