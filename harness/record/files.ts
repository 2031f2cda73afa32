// The files of a record: their names are written here and nowhere else.

/** The file of a stream: one JSON value a line. */
export function streamFile(name: string): `${string}.jsonl` {
  return `${name}.jsonl`
}

export const recordFiles = {
  header: 'run.json',
  timeline: streamFile('timeline'),
  captures: streamFile('captures'),
  observations: streamFile('observations'),
  /** Written by the ledger, which answers an activity only after its effect is on disk. */
  effects: streamFile('effects'),
} as const
