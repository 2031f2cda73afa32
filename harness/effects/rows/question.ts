// What is asked of a database, whichever it is, and what it answers.

/** What a database returned; null if there is no such table, or no database file, yet. */
export type Returned = readonly Readonly<Record<string, unknown>>[] | null

export interface Question {
  readonly query: string
  /** One more than may be returned. */
  readonly limit: number
  readonly withinMs: number
  readonly signal: AbortSignal
}
