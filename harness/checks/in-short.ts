const longest = 120

/** A value as JSON for a finding's message, cut if it is long. */
export function inShort(value: unknown): string {
  const text = JSON.stringify(value ?? null)
  return text.length <= longest ? text : `${text.slice(0, longest)}…`
}
