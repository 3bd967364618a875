/** One line of the bench's table. */
export interface Row {
  readonly what: string
  readonly figure: string
  readonly target: string
}

export const whole = (n: number): string => Math.round(n).toLocaleString('en')
