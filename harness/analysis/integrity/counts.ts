// What a record counted as it was written, against what is there.

/** @param what many of them, as in "12 entries" */
export function miscounted(
  what: string,
  kinds: readonly string[],
  counted: Readonly<Record<string, number>>,
): string[] {
  return [...new Set([...kinds, ...Object.keys(counted)])].flatMap((kind) => {
    const [now, then] = [kinds.filter((one) => one === kind).length, counted[kind] ?? 0]
    return now === then ? [] : [`there are ${now} ${what} of the kind "${kind}", and ${then} were made`]
  })
}
