// Why a mutant survives the tests, where that is right: by the mutant's name.
export const reasons: Readonly<Record<string, string>> = {}
