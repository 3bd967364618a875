// What the experiments of one broker came to.

export const BAD_INPUT = 'bad input'

/** How many agreed and how many did not; or that the question was none, which has been said. */
export type Told = { readonly passed: number; readonly failed: number } | typeof BAD_INPUT
