// The exit codes of a campaign, most important first. If several apply, the first one is used.

export const exitCodes = {
  interrupted: {
    code: 130,
    meaning:
      'Interrupted by Ctrl-C or a signal. All faults were healed, and reports cover the runs until then.',
  },
  usage: { code: 2, meaning: 'Wrong usage or configuration: nothing was run.' },
  broken: { code: 1, meaning: 'A promise was broken: at least one run failed.' },
  unproven: {
    code: 3,
    meaning:
      'The harness or the machine failed, a run was inconclusive, or fewer runs were executed than required.',
  },
  passed: { code: 0, meaning: 'Every required run was executed and passed.' },
} as const
