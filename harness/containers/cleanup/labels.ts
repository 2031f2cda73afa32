// How what a session makes in an engine is known again: by labels, and networks by their names too.

export const sessionLabel = 'io.temporal-chaos.session'
export const ownerLabel = 'io.temporal-chaos.owner'

export function isSessionId(text: string): boolean {
  return /^[0-9a-f]{16}$/.test(text)
}

export function networkName(sessionId: string, part: string): string {
  return `temporal-chaos-${sessionId}-${part}`
}

/** The session that a network is of; undefined where it is none's. */
export function sessionOfNetwork(name: string): string | undefined {
  return /^temporal-chaos-([0-9a-f]{16})-/.exec(name)?.[1]
}
