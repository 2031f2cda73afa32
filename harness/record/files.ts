// The files of a record. No other module writes their names.

/** The file of a stream, with one JSON value a line. */
export function streamFile(name: string): `${string}.jsonl` {
  return `${name}.jsonl`
}

export const recordFiles = {
  header: 'run.json',
  timeline: streamFile('timeline'),
  captures: streamFile('captures'),
  observations: streamFile('observations'),
  /** Written by the ledger. The ledger answers an activity only after its effect is on disk. */
  effects: streamFile('effects'),
} as const

/** Written last, once nothing is added to the record any more. Records of schema 1 and 2 have none. */
export const sealFile = 'seal.json'
