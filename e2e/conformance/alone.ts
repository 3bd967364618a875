// What the model and a broker disputed while others ran beside it is asked once more, with nothing beside it: a
// busy machine may not have kept an experiment's waits. A wrong model is wrong then too. What is asked again is said.

/** So many disputes are no accident of the machine's. */
const MOST = 10

/** What is to be asked again of `outcomes`, which is printed; none when there is too much of it. */
export function disputed<O>(
  outcomes: readonly O[],
  isDisputed: (outcome: O) => boolean,
  nameOf: (outcome: O) => string,
): readonly O[] {
  const found = outcomes.filter(isDisputed)
  if (outcomes.length === 1 || found.length === 0 || found.length > MOST) return []
  console.log(`again, one at a time: ${found.map(nameOf).join(', ')}`)
  return found
}
