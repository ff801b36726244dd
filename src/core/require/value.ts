/** Three values of logic (Kleene): a requirement does not apply, could apply, applies. */
export const no = 0
export const unknown = 1
export const yes = 2
export type Value = 0 | 1 | 2

/** The lesser of two values: both must hold. */
export function atMost(one: Value, other: Value): Value {
  return one < other ? one : other
}

/** What holds where the other does not. */
export function opposite(value: Value): Value {
  return (2 - value) as Value
}
