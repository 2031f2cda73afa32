// One thing that a campaign needs of the machine, and how it stands.

export interface Check {
  readonly name: string
  /** Only `missing` keeps a campaign from running. */
  readonly status: 'ok' | 'warning' | 'missing'
  /** What there is, with its figures. */
  readonly found: string
  /** What to do, where there is something to do. */
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
