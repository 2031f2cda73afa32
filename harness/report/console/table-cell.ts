// Text for one cell of a table: a table that is asked to break thousands of lines takes minutes.

const mostCharacters = 300
const mostLines = 12

/** The text, cut to what a cell can show. */
export function cell(text: string): string {
  const lines = text.split('\n', mostLines + 1)
  const short = lines.slice(0, mostLines).join('\n').slice(0, mostCharacters)
  return short.length === text.length ? text : `${short}…`
}

/** A scenario's name on lines of at most so many characters, broken at its parts. Cut names look alike. */
export function nameCell(name: string, width: number): string {
  const parts = name
    .split(/(?<=\/)|(?=@)/)
    .flatMap((part) => part.match(new RegExp(`.{1,${width}}`, 'g')) ?? [])
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + part.length <= width) lines[lines.length - 1] = `${last}${part}`
    else lines.push(part)
  }
  return lines.join('\n')
}
