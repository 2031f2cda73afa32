// Text for one cell of a table: a table that is asked to break thousands of lines takes minutes.

const mostCharacters = 300
const mostLines = 12

/** The text, cut to what a cell can show. */
export function cell(text: string): string {
  const lines = text.split('\n', mostLines + 1)
  const short = lines.slice(0, mostLines).join('\n').slice(0, mostCharacters)
  return short.length === text.length ? text : `${short}…`
}
