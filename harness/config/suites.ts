// Suites: which scenarios a campaign is made of where none is named, and how often it runs each. A scenario says itself
// which of them it belongs to.

/** What a scenario may belong to; a soak draws from those of `full`. */
export const memberships = ['smoke', 'gate', 'full'] as const
export type Membership = (typeof memberships)[number]

interface Suite {
  readonly members: Membership
  /** Runs of each scenario where the user gives no number; null: as many as its time has room for. */
  readonly runs: number | null
  /** As the README shows it. */
  readonly meaning: string
}

export const suites = {
  smoke: { members: 'smoke', runs: 1, meaning: 'Every scenario of `full` once: does it work at all?' },
  gate: { members: 'gate', runs: 10, meaning: 'The scenarios that decide whether a change may be merged.' },
  full: { members: 'full', runs: 10, meaning: 'Every scenario but those that run by name only.' },
  soak: {
    members: 'full',
    runs: null,
    meaning:
      'Scenarios of `full`, drawn at random for as long as `--for` says, up to the first broken promise.',
  },
} as const satisfies Record<string, Suite>

export type SuiteName = keyof typeof suites

export const suiteNames = Object.keys(suites) as [SuiteName, ...SuiteName[]]

/** How long a soak begins runs where the user does not say. */
export const soakForMs = 10 * 60_000
