// One requirement of a campaign, and whether the machine meets it.

export interface Check {
  readonly name: string
  /** Only `missing` prevents a campaign. */
  readonly status: 'ok' | 'warning' | 'missing'
  /** What the machine has, with figures. */
  readonly found: string
  /** What to do, if anything. */
  readonly hint?: string
}

export function ok(name: string, found: string): Check {
  return { name, status: 'ok', found }
}

export function warning(name: string, found: string, hint: string): Check {
  return { name, status: 'warning', found, hint }
}

export function missing(name: string, found: string, hint: string): Check {
  return { name, status: 'missing', found, hint }
}
