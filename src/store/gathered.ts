/**
 * Gathers what is given in one turn of the event loop, and hands it over at the end of the turn: a message to another thread costs
 * about as much for one thing as for many.
 */
export function gathered<T>(handOver: (things: readonly T[]) => void): (thing: T) => void {
  let held: T[] = []
  return (thing) => {
    if (held.push(thing) > 1) return
    setImmediate(() => {
      const all = held
      held = []
      handOver(all)
    })
  }
}
