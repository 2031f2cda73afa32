// How what a session makes in an engine is known again: by a label, and networks, which get none, by their names.

export const sessionLabel = 'io.temporal-chaos.session'

export function networkName(sessionId: string, part: string): string {
  return `temporal-chaos-${sessionId}-${part}`
}

/** Of whatever session. */
export function isSessionNetwork(name: string): boolean {
  return /^temporal-chaos-[0-9a-f]{16}-/.test(name)
}
