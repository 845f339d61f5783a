/** What becomes of a record when two people changed it at the same time: nobody's words go. */

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

const namesOf = <V extends object>(values: V) => Object.keys(values) as (keyof V & string)[]

/** Field by field: theirs where nothing was changed here, else what was written here. */
export function mergeValues<V extends object>(before: V, mine: V, theirs: V): V {
  const fields = namesOf(before).map((name) => [name, isSame(mine[name], before[name]) ? theirs[name] : mine[name]])
  return Object.fromEntries(fields) as V
}

/** The fields that both have changed, and not to the same, as they stand now. */
export function bothChanged<V extends object>(before: V, mine: V, theirs: V): Partial<V> {
  const isClash = (name: keyof V) => ![before[name], theirs[name]].some((other) => isSame(mine[name], other)) && !isSame(theirs[name], before[name])
  return Object.fromEntries(
    namesOf(before)
      .filter(isClash)
      .map((name) => [name, theirs[name]]),
  ) as Partial<V>
}
