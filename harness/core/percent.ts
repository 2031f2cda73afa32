/** A share from 0 to 1 in whole percent: "62 %". */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
