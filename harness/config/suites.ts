// Suites: the scenarios that a campaign runs if the user names none, and how often it runs each of them. Each
// scenario lists the suites that it belongs to.

/** The suites that a scenario may list; a soak draws from those of `full`. */
export const memberships = ['smoke', 'gate', 'full'] as const
export type Membership = (typeof memberships)[number]

interface Suite {
  readonly members: Membership
  /** Runs of each scenario if the user gives no number; null for a soak, which is limited by time. */
  readonly runs: number | null
  /** The description in the README's table. */
  readonly meaning: string
}

export const suites = {
  smoke: { members: 'smoke', runs: 1, meaning: 'Every scenario of `full` once: does it work at all?' },
  gate: { members: 'gate', runs: 10, meaning: 'The scenarios that decide whether a change may be merged.' },
  full: { members: 'full', runs: 10, meaning: 'Every scenario except those that run only by name.' },
  soak: {
    members: 'full',
    runs: null,
    meaning:
      'Scenarios of `full`, drawn at random for as long as `--for` says, or until the first broken promise.',
  },
} as const satisfies Record<string, Suite>

export type SuiteName = keyof typeof suites

export const suiteNames = Object.keys(suites) as [SuiteName, ...SuiteName[]]

/** How long a soak begins runs if the user does not say. */
export const soakForMs = 10 * 60_000
