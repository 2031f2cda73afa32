// How a full disk shows in what programs say, and what to do about it.

export const diskFullHint = 'Make room, or set TMPDIR to a folder on a disk that has some hundred MB free.'

export function saysDiskFull(text: string): boolean {
  return /No space left on device|no space left on device|ENOSPC/.test(text)
}
